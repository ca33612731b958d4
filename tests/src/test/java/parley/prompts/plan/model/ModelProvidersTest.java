package parley.prompts.plan.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Proposal;
import parley.tools.value.BadValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The wire traffic of Anthropic's API and of Ollama, as their documentation shows it.
@Timeout(120)
class ModelProvidersTest {
    private static final String ANTHROPIC_CALL =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"tiny","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":472,"output_tokens":2}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"disk-usage","input":{}}}

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"hosts\\":"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":" [\\"web-1\\"]}"}}

            """;
    private static final String ANTHROPIC_END =
            """
            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}

            event: message_stop
            data: {"type":"message_stop"}

            """;
    private static final String ANTHROPIC_WORDS =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant","content":[],"model":"tiny","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"One file system [#1]."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}

            event: message_stop
            data: {"type":"message_stop"}

            """;
    private static final String OLLAMA_CALL =
            """
            {"model":"tiny","created_at":"2026-11-21T10:00:00Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"disk-usage","arguments":{"hosts":["web-1"]}}}]},"done":false}
            """;
    private static final String OLLAMA_END =
            """
            {"model":"tiny","created_at":"2026-11-21T10:00:01Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":1,"load_duration":1,"prompt_eval_count":400,"prompt_eval_duration":1,"eval_count":30,"eval_duration":1}
            """;
    private static final String OLLAMA_WORDS =
            """
            {"model":"tiny","created_at":"2026-11-21T10:00:00Z","message":{"role":"assistant","content":"One file "},"done":false}
            {"model":"tiny","created_at":"2026-11-21T10:00:00Z","message":{"role":"assistant","content":"system [#1]."},"done":false}
            """;

    private final Talk talk = new Talk();

    @AfterEach
    void stop() {
        talk.close();
    }

    private static String path(Provider provider) {
        return switch (provider) {
            case OPENAI -> Talk.CHAT;
            case ANTHROPIC -> "/v1/messages";
            case OLLAMA -> "/v1/api/chat";
        };
    }

    private static String call(Provider provider, boolean whole) {
        return switch (provider) {
            case OPENAI -> {
                Sse half = Sse.reply().call(0, "a", "disk-usage", "{\"hosts\":[\"web-1\"]}");
                yield whole ? half.end("tool_calls") : half.cut();
            }
            case ANTHROPIC -> ANTHROPIC_CALL + (whole ? ANTHROPIC_END : "");
            case OLLAMA -> OLLAMA_CALL + (whole ? OLLAMA_END : "");
        };
    }

    private static String words(Provider provider) {
        return switch (provider) {
            case OPENAI -> Sse.words("One file system [#1].");
            case ANTHROPIC -> ANTHROPIC_WORDS;
            case OLLAMA -> OLLAMA_WORDS + OLLAMA_END;
        };
    }

    private ModelSettings settings(Provider provider) {
        return new ModelSettings(
                provider,
                talk.url(),
                "tiny",
                Optional.of(ApiKey.of("key-of-the-test-1234567890")),
                Optional.empty(),
                ProxyRoute.NONE,
                Talk.QUICK);
    }

    private ModelPlanner planner(Provider provider) {
        return Talk.planner(settings(provider));
    }

    private void answers(Provider provider, int status, String body) {
        talk.server.stubFor(
                post(urlEqualTo(path(provider)))
                        .willReturn(
                                aResponse()
                                        .withStatus(status)
                                        .withHeader("Content-Type", provider.stream())
                                        .withBody(body)));
    }

    private JsonNode asked(Provider provider) {
        List<LoggedRequest> all = talk.server.findAll(postRequestedFor(urlEqualTo(path(provider))));
        return Talk.json(all.getLast().getBodyAsString());
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsPlanned(Provider provider) throws Exception {
        answers(provider, 200, call(provider, true));
        Planned planned = planner(provider).next(Talk.asked("disk of web-1"), words -> {});
        assertEquals(
                new Proposal(
                        List.of(
                                Proposal.Item.of(
                                        "disk.usage", Talk.arguments("{}"), List.of("web-1"))),
                        List.of()),
                assertInstanceOf(Planned.Plan.class, planned).proposal());
        JsonNode body = asked(provider);
        assertEquals("tiny", body.path("model").asText());
        assertTrue(body.path("stream").asBoolean(), () -> "not streamed: " + body);
        assertFalse(body.path("tools").isEmpty(), () -> "no functions: " + body);
        assertFalse(body.toString().contains("key-of-the-test"), "the key stands in the body");
    }

    @ParameterizedTest
    @EnumSource
    void wordsComeAsTheyAreWrittenAndAreTheAnswer(Provider provider) throws Exception {
        answers(provider, 200, words(provider));
        Conversation read =
                Talk.asked(
                        "disk of web-1",
                        Talk.hosts(),
                        List.of(Talk.seen("#1", "web-1", "{\"count\":1}")));
        StringBuilder heard = new StringBuilder();
        Planned planned = planner(provider).next(read, heard::append);
        assertEquals("One file system [#1].", heard.toString().strip());
        assertTrue(
                assertInstanceOf(Planned.Answered.class, planned)
                        .words()
                        .contains("One file system"));
    }

    @ParameterizedTest
    @EnumSource
    void aReplyThatBreaksOffIsNoPlan(Provider provider) throws Exception {
        answers(provider, 200, call(provider, false));
        PlannerFailed failed = failure(provider);
        assertTrue(failed.why().en().contains("in the middle of its reply"), failed.why().en());
        assertEquals(3, failed.exchanges().size());
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInsideTheStreamEndsIt(Provider provider) throws Exception {
        String error =
                switch (provider) {
                    case OPENAI -> "data: {\"error\":{\"message\":\"Overloaded\"}}\n\n";
                    case ANTHROPIC ->
                            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
                                    + "\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
                    case OLLAMA -> "{\"error\":\"Overloaded\"}\n";
                };
        answers(provider, 200, call(provider, false) + error);
        PlannerFailed failed = failure(provider);
        assertTrue(failed.why().en().contains("Overloaded"), failed.why().en());
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedKeyIsSaidToBeOne(Provider provider) throws Exception {
        answers(provider, 401, "{\"error\":{\"message\":\"invalid x-api-key\"}}");
        PlannerFailed failed = failure(provider);
        assertTrue(failed.why().en().contains("refuses the key (401)"), failed.why().en());
        assertEquals(1, failed.exchanges().size(), "a wrong key does not become right");
    }

    @Test
    void theLastTurnForbidsCallsInEachOnesOwnWay() throws Exception {
        for (Provider provider : Provider.values()) {
            answers(provider, 200, words(provider));
            ModelLimits one =
                    new ModelLimits(
                            Talk.QUICK.connect(),
                            Talk.QUICK.idle(),
                            Talk.QUICK.total(),
                            1,
                            500,
                            100_000);
            ModelSettings last =
                    new ModelSettings(
                            provider,
                            talk.url(),
                            "tiny",
                            Optional.empty(),
                            Optional.empty(),
                            ProxyRoute.NONE,
                            one);
            Talk.planner(last)
                    .next(
                            Talk.asked(
                                    "disk of web-1",
                                    Talk.hosts(),
                                    List.of(Talk.seen("#1", "web-1", "{\"count\":1}"))),
                            words -> {});
            JsonNode body = asked(provider);
            switch (provider) {
                case OPENAI, OLLAMA ->
                        assertTrue(body.path("tools").isEmpty(), () -> "functions: " + body);
                // A conversation with calls in it is refused there without functions.
                case ANTHROPIC -> {
                    assertFalse(body.path("tools").isEmpty(), () -> "no functions: " + body);
                    assertEquals("none", body.path("tool_choice").path("type").asText());
                }
            }
        }
    }

    @Test
    void ollamaIsToldHowLongAConversationMayBe() throws Exception {
        answers(Provider.OLLAMA, 200, call(Provider.OLLAMA, true));
        planner(Provider.OLLAMA).next(Talk.asked("disk of web-1"), words -> {});
        JsonNode options = asked(Provider.OLLAMA).path("options");
        assertEquals(16_384, options.path("num_ctx").asInt());
        assertEquals(500, options.path("num_predict").asInt());
    }

    @ParameterizedTest
    @EnumSource
    void theDoctorFindsTheModelInTheList(Provider provider) throws Exception {
        String list =
                switch (provider) {
                    case OPENAI, ANTHROPIC -> "{\"data\":[{\"id\":\"tiny\"}]}";
                    case OLLAMA -> "{\"models\":[{\"name\":\"tiny\",\"model\":\"tiny\"}]}";
                };
        String where = provider == Provider.OLLAMA ? "/v1/api/tags" : "/v1/models";
        talk.server.stubFor(get(urlEqualTo(where)).willReturn(aResponse().withBody(list)));
        ModelProbe.Finding found = new ModelProbe(settings(provider)).check();
        assertTrue(found.usable(), found.statement().en());
        List<String> names = new ArrayList<>();
        talk.server
                .findAll(getRequestedFor(urlEqualTo(where)))
                .forEach(request ->
                        request.getHeaders().all().forEach(header -> names.add(header.key())));
        String own = provider == Provider.ANTHROPIC ? "x-api-key" : "authorization";
        assertTrue(
                names.stream().anyMatch(own::equalsIgnoreCase), () -> "no " + own + ": " + names);
    }

    @Test
    void aTrialSaysWhetherTheModelCallsFunctions() throws Exception {
        talk.answers(
                Sse.reply().text("ok").call(0, "a", "report", "{\"value\":7}").end("tool_calls"));
        ModelProbe.Finding can = new ModelTrial(settings(Provider.OPENAI)).run();
        assertTrue(can.usable(), can.statement().en());
        assertTrue(can.statement().en().contains("120 tokens"), can.statement().en());
        answers(Provider.ANTHROPIC, 200, ANTHROPIC_WORDS);
        ModelProbe.Finding cannot = new ModelTrial(settings(Provider.ANTHROPIC)).run();
        assertFalse(cannot.usable(), cannot.statement().en());
        assertTrue(cannot.statement().en().contains("called no function"));
    }

    @Test
    void aProviderThatDoesNotExistIsNamedWithThoseThatDo() {
        BadValue refused = assertThrows(BadValue.class, () -> Provider.of("antrophic"));
        assertEquals(
                "a model's provider is one of openai, anthropic, ollama, not \"antrophic\"",
                refused.why().en());
    }

    private PlannerFailed failure(Provider provider) {
        return assertThrows(
                PlannerFailed.class,
                () -> planner(provider).next(Talk.asked("disk of web-1"), words -> {}));
    }
}
