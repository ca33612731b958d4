package parley.evals;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program itself, on real hosts: the embedded planner, and a model at an endpoint.
class ParleyEvalTest {
    private static final String SERVICES = "evals/scenarios/services.jsonl";

    /// A little more than the whole may take on a busy machine.
    private static final int MOST_SECONDS = 240;

    @TempDir private Path out;

    private record Ended(int exit, String said) {}

    private Ended evaluated(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("evals/parley-eval", "--out", out.toString()));
        all.addAll(List.of(words));
        Path said = Files.createTempFile("parley-eval", ".said");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment()
                    .put(
                            "TESTBED_INSTANCE",
                            System.getenv().getOrDefault("PARLEY_STORIES_INSTANCE", "2"));
            builder.environment().put("LANG", "C.UTF-8");
            Process process = builder.start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("did not end: " + Files.readString(said));
            }
            Ended ended = new Ended(process.exitValue(), Files.readString(said));
            Assumptions.assumeFalse(
                    ended.exit() == Lab.CANNOT, () -> "no real hosts here: " + ended.said());
            return ended;
        } finally {
            Files.deleteIfExists(said);
        }
    }

    @Test
    void theEmbeddedPlannerIsScoredOnRealHosts() throws Exception {
        Ended ended =
                evaluated(
                        "--only",
                        "^svc-(running|port-taken|stop-approved|stop-declined)$",
                        "--at-least",
                        "100",
                        SERVICES);

        assertEquals(0, ended.exit(), ended.said());
        assertTrue(
                ended.said().contains("planner embedded · 8 cases · 8 runs (1 each)"),
                ended.said());
        assertTrue(ended.said().contains("pass@1 100.0 % · pass^1 100.0 %"), ended.said());
        String html = Files.readString(out.resolve("report.html"), StandardCharsets.UTF_8);
        assertTrue(html.contains("svc-port-taken (zh)") && html.contains("old-web"), "no report");
        assertTrue(
                !html.contains("<script") && !html.contains("http://"),
                "it needs more than itself");
    }

    /// The same scenario twice: a model that reads and tells, and one that tells without having
    /// read, and then calls what is forbidden.
    @Test
    void aModelIsScoredForWhatItDoesAndNotForWhatItClaims() throws Exception {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        try {
            server.stubFor(
                    post(urlEqualTo("/v1/chat/completions"))
                            .withRequestBody(notContaining("\"role\":\"tool\""))
                            .withRequestBody(notContaining("\"role\" : \"tool\""))
                            .willReturn(
                                    stream(
                                            "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"service-status\",\"arguments\":\"{\\\"unit\\\":\\\"demo-web.service\\\",\\\"hosts\\\":[\\\"web-1\\\"]}\"}}]}",
                                            "tool_calls")));
            server.stubFor(
                    post(urlEqualTo("/v1/chat/completions"))
                            .withRequestBody(containing("[#1]"))
                            .willReturn(
                                    stream(
                                            "{\"content\":\"demo-web.service is \\\"active\\\""
                                                    + " [#1]. It has 98765 visitors [#1].\"}",
                                            "stop")));

            Ended ended =
                    evaluated(
                            "--lang",
                            "en",
                            "--times",
                            "2",
                            "--only",
                            "^svc-running$",
                            "--endpoint",
                            server.baseUrl() + "/v1",
                            "--model",
                            "tiny",
                            "--at-least",
                            "100",
                            SERVICES);

            assertEquals(1, ended.exit(), ended.said());
            assertTrue(
                    ended.said().contains("planner tiny · 1 cases · 2 runs (2 each)"),
                    ended.said());
            assertTrue(ended.said().contains("evidence: not in #1: 98765"), ended.said());
            assertTrue(
                    ended.said()
                            .contains(
                                    "pass^2 0.0 % · plan 100.0 % · evidence 0.0 % · answer 100.0"
                                            + " %"),
                    ended.said());
            assertTrue(ended.said().contains("replies 4 · tokens 400 + 80"), ended.said());
        } finally {
            server.stop();
        }
    }

    @Test
    void aWrongScenarioFileIsOneClearErrorAndNothingRuns() throws Exception {
        Path wrong =
                Files.writeString(
                        out.resolve("wrong.jsonl"),
                        "{\"id\": \"a\", \"request_en\": \"x on web-1\", \"forbidden\": [{\"tool\":"
                                + " \"service.destroy\"}]}\n");

        Ended ended = evaluated(wrong.toString());

        assertEquals(2, ended.exit(), ended.said());
        assertEquals(1, ended.said().lines().count(), ended.said());
        assertTrue(
                ended.said()
                        .startsWith(
                                "parley-eval: "
                                        + wrong
                                        + ":1: forbidden[1].tool: no tool is called"
                                        + " \"service.destroy\"; there are: service."),
                ended.said());
    }

    private static ResponseDefinitionBuilder stream(String delta, String reason) {
        String chunk =
                "data:"
                    + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"tiny\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
        return aResponse()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(
                        chunk.formatted(delta, "null")
                                + chunk.formatted("{}", "\"" + reason + "\"")
                                + "data:"
                                + " {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120}}\n\n"
                                + "data: [DONE]\n\n");
    }
}
