package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.schema.Json;
import parley.tools.schema.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a model is told: seen from the endpoint.
class ModelPromptTest {
    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private JsonNode sent(Conversation conversation) throws Exception {
        int number = talk.requests();
        talk.answers(Sse.words("Seen [#1]."), Sse.words("Seen [#1]."));
        try {
            talk.next(conversation);
        } catch (PlannerFailed uncited) {
            // What was sent is looked at, not what was made of the reply.
        }
        return talk.request(number);
    }

    private static String message(JsonNode sent, int number) {
        return sent.path("messages").path(number).path("content").asText();
    }

    private static JsonNode function(JsonNode sent, String name) {
        return StreamSupport.stream(sent.path("tools").spliterator(), false)
                .map(tool -> tool.path("function"))
                .filter(function -> function.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLanguageOfThePromptIsThatOfTheRequest() throws Exception {
        JsonNode english = sent(Talk.asked("is web-1 full"));
        JsonNode chinese = sent(Talk.asked("web-1 磁盘满了吗"));
        assertTrue(message(english, 0).contains("Answer in English."));
        assertTrue(message(chinese, 0).contains("请用中文回答。"));
        assertFalse(message(english, 0).codePoints().anyMatch(Language::isHan));
        String what = function(chinese, "disk-usage").path("description").asText();
        assertEquals("文件系统使用情况（“磁盘快满了吗”）。读数：{count}", what);
        assertEquals(
                "仅此路径所在的文件系统",
                function(chinese, "disk-usage")
                        .at("/parameters/properties/path/description")
                        .asText());
    }

    @Test
    void theInventoryIsNamesAndGroupsOnly() throws Exception {
        String system = message(sent(Talk.asked("hello")), 0);
        assertTrue(system.contains("- db-1 (db01) [db]\n- web-1 [web]\n- web-2 [web]"), system);
        assertFalse(system.contains(".example"), system);
    }

    /// Four characters a token in English, one and a half in Chinese: a careful guess.
    @Test
    void theSystemPromptStaysWithinItsBudget() throws Exception {
        List<Host> many =
                IntStream.range(100, 400)
                        .mapToObj(number -> Talk.host("node-" + number, true, "batch", "gpu"))
                        .toList();
        for (String words : List.of("hello", "你好")) {
            String system = message(sent(Talk.asked(words, new Hosts(many), List.of())), 0);
            long han = system.codePoints().filter(Language::isHan).count();
            double tokens = han / 1.5 + (system.length() - han) / 4.0;
            assertTrue(tokens <= 1_500, tokens + " tokens");
            assertTrue(system.contains("260") || system.matches("(?s).*[0-9]+ (more|台).*"), system);
        }
    }

    @Test
    void functionsAreTheSchemasOfTheCatalogueWithHosts() throws Exception {
        JsonNode sent = sent(Talk.asked("hello"));
        JsonNode function = function(sent, "disk-usage");
        JsonNode expected = Schema.of(DiskTool.Wanted.class, Language.EN).path("properties");
        assertEquals(
                expected.path("path").toString(),
                function.at("/parameters/properties/path").toString());
        assertEquals(
                expected.path("top").toString(),
                function.at("/parameters/properties/top").toString());
        assertEquals(
                Talk.json("[\"db-1\",\"web-1\",\"web-2\",\"db\",\"web\"]"),
                function.at("/parameters/properties/hosts/items/enum"));
        assertEquals(Talk.json("[\"hosts\"]"), function.at("/parameters/required"));
    }

    @Test
    void aChangeIsOnlyAStepOfAPlan() throws Exception {
        JsonNode sent = sent(Talk.asked("hello"));
        List<String> names = new ArrayList<>();
        sent.path("tools").forEach(tool -> names.add(tool.at("/function/name").asText()));
        assertEquals(List.of("disk-usage", "submit_plan", "ask_user", "decline"), names);
        JsonNode kinds =
                function(sent, "submit_plan").at("/parameters/properties/steps/items/anyOf");
        assertEquals(Talk.json("[\"service-restart\"]"), kinds.at("/0/properties/tool/enum"));
        assertEquals(
                Schema.of(RestartTool.Wanted.class, Language.EN),
                kinds.at("/0/properties/arguments"));
        assertEquals(Talk.json("[\"disk-usage\"]"), kinds.at("/1/properties/tool/enum"));
    }

    @Test
    void nothingAsksForSamplingOrMoreThanTheTokenLimit() throws Exception {
        JsonNode sent = sent(Talk.asked("hello"));
        assertEquals(500, sent.path("max_tokens").asInt());
        assertTrue(sent.path("stream").asBoolean());
        assertEquals("tiny", sent.path("model").asText());
    }

    @Test
    void whatWasReadStandsBetweenFencesThatItCannotKnow() throws Exception {
        Conversation.Seen seen = Talk.seen("#1", "web-1", "{\"count\":2}");
        Conversation read = Talk.asked("disks", Talk.hosts(), List.of(seen));
        String first = message(sent(read), 3);
        Matcher fence =
                Pattern.compile(
                                "\\[#1] disk\\.usage on web-1\n<<data ([0-9a-f]{24})>>\n"
                                        + "\\{\"count\":2}\n<<end \\1>>")
                        .matcher(first);
        assertTrue(fence.matches(), first);
        assertNotEquals(first, message(sent(read), 3));
    }

    @Test
    void theSameConversationGivesTheSameMessages() throws Exception {
        Conversation read =
                Talk.asked(
                        "disks of web",
                        Talk.hosts(),
                        List.of(
                                Talk.seen("#1", "web-1", "{\"count\":2}"),
                                Talk.unread("#2", "web-2", "no permission"),
                                Talk.seen("#3", "db-1", "{\"count\":9}")));
        JsonNode once = sent(read);
        String fences = "[0-9a-f]{24}";
        assertEquals(
                once.toString().replaceAll(fences, ""),
                sent(read).toString().replaceAll(fences, ""));
        JsonNode call = once.at("/messages/2/tool_calls/0");
        assertEquals("disk-usage", call.at("/function/name").asText());
        assertEquals(
                Talk.json("{\"hosts\":[\"web-1\",\"web-2\",\"db-1\"]}"),
                Talk.json(call.at("/function/arguments").asText()));
        assertEquals(call.path("id"), once.at("/messages/3/tool_call_id"));
        assertTrue(message(once, 3).contains("[#2] disk.usage on web-2 could not be read:"));
        assertEquals(4, once.path("messages").size());
    }

    @Test
    void aLongReadingIsCutAndSaysSo() throws Exception {
        String long_ = "{\"text\":\"" + "磁".repeat(20_000) + "\"}";
        String shown =
                message(
                        sent(
                                Talk.asked(
                                        "disks",
                                        Talk.hosts(),
                                        List.of(Talk.seen("#1", "web-1", long_)))),
                        3);
        assertTrue(
                shown.contains("shown 8000 of 20011 characters, beginning and end"),
                shown.substring(8_000));
        assertTrue(shown.contains("\n…(12011)…\n"), shown);
        assertTrue(shown.length() < 8_300, shown.length() + " characters");
    }

    @Test
    void manyReadingsStayWithinOneBudgetAndTheNewestAreWhole() throws Exception {
        String long_ = "{\"text\":\"" + "x".repeat(7_000) + "\"}";
        List<Conversation.Seen> seen =
                IntStream.rangeClosed(1, 40)
                        .mapToObj(number -> Talk.seen("#" + number, "web-1", long_))
                        .toList();
        String sent = sent(Talk.asked("disks", Talk.hosts(), seen)).toString();
        assertTrue(sent.length() < 140_000, sent.length() + " characters");
        String last = sent.substring(sent.indexOf("[#40]"));
        assertTrue(last.contains("x".repeat(7_000)));
    }

    @Test
    void whatIsInvisibleOrObeyedByTerminalsIsTakenOut() throws Exception {
        ArrayNode lines = Json.mapper().createArrayNode();
        lines.add("\u001b[31mred\u001b[0m \u001b]0;title\u0007ok\u202egnp\u200b\u2066\u0085");
        lines.add("tag\udb40\udc41\udb40\udc42 \ufeffend\ud800");
        String shown =
                message(
                        sent(
                                Talk.asked(
                                        "disks",
                                        Talk.hosts(),
                                        List.of(Talk.seen("#1", "web-1", lines.toString())))),
                        3);
        assertTrue(shown.contains("[\"red okgnp\",\"tag end\ufffd\"]"), shown);
    }

    @Test
    void earlierRequestsAreToldWithWhatWasPlanned() throws Exception {
        Proposal planned =
                new Proposal(
                        List.of(
                                Proposal.Item.of(
                                        "disk.usage", Talk.arguments("{}"), List.of("web-1"))),
                        List.of());
        Request request = new Request("r1", "ann", Language.EN, "and web-2?");
        JsonNode sent =
                sent(
                        new Conversation(
                                request,
                                Talk.hosts(),
                                List.of(
                                        new Conversation.Past(
                                                "is web-1 full", Optional.of(planned)),
                                        new Conversation.Past("thanks", Optional.empty())),
                                List.of()));
        assertEquals(
                List.of(
                        "is web-1 full",
                        "(planned: disk.usage {} [web-1])",
                        "thanks",
                        "(nothing was planned)",
                        "and web-2?"),
                Stream.of(1, 2, 3, 4, 5).map(number -> message(sent, number)).toList());
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        for (String key :
                List.of("hosts", "submit_plan", "ask_user", "decline", "condition", "last-turn")) {
            assertFalse(Words.in(Language.EN).get(key).isBlank());
            assertTrue(Words.in(Language.ZH).get(key).codePoints().anyMatch(Language::isHan), key);
        }
        assertEquals(Words.in(Language.EN).keys(), Words.in(Language.ZH).keys());
    }

    @Test
    void aTextIsNeverSentWithAPlaceLeftOpen() {
        Words words = Words.in(Language.EN);
        assertThrows(NullPointerException.class, () -> words.get("past"));
        assertThrows(IllegalArgumentException.class, () -> words.get("empty", Map.of("why", "x")));
        assertEquals("(planned: {{calls}} $1)", words.get("past", Map.of("calls", "{{calls}} $1")));
    }
}
