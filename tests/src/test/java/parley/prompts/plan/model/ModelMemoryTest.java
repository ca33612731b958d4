package parley.prompts.plan.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Conversation.Past;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.tools.Language;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a model still knows of a long conversation and of many readings: what was forbidden word
/// for word, the rest in short, and nothing twice.
@Timeout(120)
class ModelMemoryTest {
    private static final String RESTART =
            """
            {"steps":[{"tool":"service-restart","arguments":{"unit":"nginx"},"hosts":["%s"]}]}\
            """;

    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private static Conversation conversation(
            String words, List<Past> earlier, List<Past> past, List<Conversation.Seen> seen) {
        return new Conversation(
                new Request("r1", "ann", Language.of(words), words),
                Talk.hosts(),
                earlier,
                past,
                seen);
    }

    private static List<Past> small(int count) {
        List<Past> small = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            small.add(
                    new Past(
                            "how full is web-1, time " + number,
                            Optional.of(
                                    new Proposal(
                                            List.of(
                                                    Proposal.Item.of(
                                                            "disk.usage",
                                                            Talk.arguments("{}"),
                                                            List.of("web-1"))),
                                            List.of())),
                            "done"));
        }
        return small;
    }

    @Test
    void whatWasForbiddenLongAgoIsToldWordForWord() throws Exception {
        List<Past> earlier = new ArrayList<>();
        earlier.add(
                new Past(
                        "How is web-1? And, whatever you do, don't touch db-1 -- it's month end!",
                        Optional.empty(),
                        "done"));
        earlier.addAll(small(300));
        talk.answers(Sse.called("ask_user", "{\"question\":\"which?\",\"about\":\"host\"}"));

        talk.next(conversation("restart nginx", earlier, small(5), List.of()));

        JsonNode messages = talk.request(0).path("messages");
        String first = messages.path(1).path("content").asText();
        assertTrue(
                first.contains("- “And, whatever you do, don't touch db-1 -- it's month end!”"),
                first);
        assertFalse(first.contains("“How is web-1?"), first);
        assertTrue(
                first.contains("- how full is web-1, time 300 → disk.usage {} [web-1] (done)"),
                first);
        assertFalse(first.contains("time 17 "), "the oldest are left out");
        assertTrue(first.matches("(?s).*\\(\\d+ requests before these\\).*"), first);
        assertTrue(first.length() < Compaction.MOST + 800, first.length() + " characters");
        assertEquals("(noted)", messages.path(2).path("content").asText());
        assertEquals(14, messages.size(), "system, memory, five requests, this one");
    }

    @Test
    void theSameConversationIsAlwaysCompactedTheSameWay() throws Exception {
        String question = Sse.called("ask_user", "{\"question\":\"which?\",\"about\":\"host\"}");
        talk.answers(question, question);
        Conversation long_ = conversation("重启 nginx", small(90), small(5), List.of());

        talk.next(long_);
        talk.next(long_);

        assertEquals(talk.request(0), talk.request(1));
        assertTrue(
                talk.request(0)
                        .path("messages")
                        .path(1)
                        .path("content")
                        .asText()
                        .startsWith("本次对话更早的部分"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "don't touch db-1",
                "Please do not change anything on db-1.",
                "leave db01 alone for now",
                "hands off db-1 today",
                "db-1 must not be restarted",
                "restart nginx everywhere except db-1",
                "Update web-1, but not db-1.",
                "never restart anything in the db group",
                "不要动 db-1",
                "db-1 今天别碰",
                "除了 db-1 以外都可以重启",
                "db 组禁止变更"
            })
    void aChangeOfAForbiddenHostIsRefusedHoweverTheModelRemembers(String forbidding)
            throws Exception {
        talk.answers(
                Sse.called("submit_plan", RESTART.formatted("db-1")),
                Sse.called("submit_plan", RESTART.formatted("db-1")));
        List<Past> earlier = new ArrayList<>(List.of(new Past(forbidding, Optional.empty())));
        earlier.addAll(small(8));

        PlannerFailed failed =
                talk.failure(conversation("nginx hangs, restart it", earlier, small(5), List.of()));

        assertTrue(
                failed.why().en().contains("db-1 must not be touched: the person said “"),
                failed.why().en());
        String correction = talk.request(1).path("messages").toString();
        assertTrue(correction.contains("must not be touched"), correction);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restart nginx on db-1 now",
                "why don't you restart nginx on db-1?",
                "don't forget to restart nginx on db-1",
                "the pages do not load from db-1, restart nginx",
                "nginx never comes up on db-1; restart it",
                "restart nginx on db-1 but don't touch web-1",
                "要不要重启 db-1 的 nginx？重启吧",
                "db-1 不能访问了，重启 nginx",
                "特别是 db-1 的 nginx，重启一下"
            })
    void whoNamesTheHostAnewTakesItBackAndACauseIsNoProhibition(String words) throws Exception {
        talk.answers(Sse.called("submit_plan", RESTART.formatted("db-1")));
        List<Past> earlier = List.of(new Past("don't touch db-1", Optional.empty()));

        Planned planned = talk.next(conversation(words, earlier, List.of(), List.of()));

        assertInstanceOf(Planned.Plan.class, planned, words);
    }

    @Test
    void lookingAtAForbiddenHostIsNotTouchingIt() throws Exception {
        talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"db-1\"]}"));

        Planned planned =
                talk.next(
                        conversation(
                                "how full are they?",
                                List.of(new Past("don't touch db-1", Optional.empty())),
                                List.of(),
                                List.of()));

        assertInstanceOf(Planned.Plan.class, planned);
    }

    @Test
    void whatCannotBeToldInFullIsNoMatterForAModel() throws Exception {
        List<Past> earlier = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            earlier.add(
                    new Past(
                            "don't touch the machine in rack " + number + " of room 7",
                            Optional.empty()));
        }

        PlannerFailed failed = talk.failure(conversation("disks?", earlier, List.of(), List.of()));

        assertTrue(failed.why().en().contains("longer than a model is told"), failed.why().en());
        assertEquals(0, talk.requests());
    }

    @Test
    void aRepeatedLookIsAnsweredFromWhatIsKnown() throws Exception {
        talk.answers(
                Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"), Sse.words("It is 3 [#1]."));
        List<Conversation.Seen> seen = List.of(Talk.seen("#1", "web-1", "{\"count\":3}"));

        Planned planned = talk.next(conversation("disks?", List.of(), List.of(), seen));

        assertEquals("It is 3 [#1].", assertInstanceOf(Planned.Answered.class, planned).words());
        JsonNode last = talk.request(1).path("messages").path(5);
        assertEquals("tool", last.path("role").asText(), talk.request(1).toString());
        assertTrue(
                last.path("content").asText().startsWith("read already: see #1 above"),
                last.toString());
        assertEquals(
                talk.request(1).path("messages").path(4).at("/tool_calls/0/id"),
                last.path("tool_call_id"));
    }

    @Test
    void whoAsksForTheSameForEverIsGivenUp() throws Exception {
        for (int time = 0; time < 6; time++) {
            talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"));
        }
        List<Conversation.Seen> seen = List.of(Talk.seen("#1", "web-1", "{\"count\":3}"));

        PlannerFailed failed = talk.failure(conversation("disks?", List.of(), List.of(), seen));

        assertTrue(failed.why().en().contains("read already (#1)"), failed.why().en());
        assertEquals(4, talk.requests(), "two answers from what is known, one correction");
    }

    @Test
    void onlyTheHostsThatWereNotReadAreRead() throws Exception {
        talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web\"]}"));
        List<Conversation.Seen> seen = List.of(Talk.seen("#1", "web-1", "{\"count\":3}"));

        Planned planned = talk.next(conversation("disks?", List.of(), List.of(), seen));

        assertEquals(
                List.of("web-2"),
                assertInstanceOf(Planned.Plan.class, planned)
                        .proposal()
                        .items()
                        .getFirst()
                        .hosts());
    }

    @Test
    void afterAChangeTheSameLookIsANewOne() throws Exception {
        talk.answers(Sse.called("disk-usage", "{\"hosts\":[\"web-1\"]}"));
        Conversation.Seen change =
                new Conversation.Seen(
                        "#2",
                        "service.restart",
                        Talk.arguments("{\"unit\":\"nginx\"}"),
                        "web-1",
                        Optional.empty(),
                        Optional.empty());
        List<Conversation.Seen> seen = List.of(Talk.seen("#1", "web-1", "{\"count\":3}"), change);

        Planned planned = talk.next(conversation("disks?", List.of(), List.of(), seen));

        assertInstanceOf(Planned.Plan.class, planned);
    }

    @ParameterizedTest
    @CsvSource({
        "20000, 'shown 8000 of', 'narrow the call to see the rest'",
        "300000, 'too much to show: 400 of', 'conclude nothing from this'"
    })
    void aLongReadingKeepsItsEndsAndTellsItsTotals(int length, String told, String advice)
            throws Exception {
        talk.answers(Sse.words("Seen [#1]."));
        StringBuilder entries = new StringBuilder("[\"the very first\"");
        while (entries.length() < length) {
            entries.append(",\"something in between\"");
        }
        String reading = "{\"entries\":" + entries + ",\"the very last\"]}";

        talk.next(
                conversation(
                        "logs?", List.of(), List.of(), List.of(Talk.seen("#1", "web-1", reading))));

        String shown = talk.request(0).path("messages").path(3).path("content").asText();
        assertTrue(shown.contains("the very first") && shown.contains("the very last"), shown);
        assertTrue(shown.contains(told), shown);
        assertTrue(shown.contains(advice), shown);
        assertTrue(shown.matches("(?s).*lists in it: entries \\d{3,}.*"), shown);
    }
}
