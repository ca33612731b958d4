package parley.console.turn;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import parley.prompts.plan.Planner;
import parley.prompts.plan.Request;
import parley.prompts.plan.embedded.EmbeddedPlanner;
import parley.prompts.plan.model.ModelLimits;
import parley.prompts.plan.model.ModelPlanner;
import parley.prompts.plan.model.ModelSettings;
import parley.prompts.plan.model.Provider;
import parley.prompts.plan.model.ProxyRoute;
import parley.tools.Language;
import parley.tools.catalogue.Catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Models that fail, each in its own way, are told of and left behind; in the end the embedded
/// planner answers, and the hosts are asked once.
@Timeout(180)
class FallbackTest {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(8);

    @TempDir private Path folder;
    private Home home;
    private WireMockServer server;

    @BeforeEach
    void open() throws Exception {
        home = new Home(folder);
        server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        home.close();
    }

    private Planner model(Provider provider, String name) {
        return new ModelPlanner(
                new ModelSettings(
                        provider,
                        URI.create(server.baseUrl() + "/" + name),
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        ProxyRoute.NONE,
                        new ModelLimits(SHORT, SHORT, LONG, 12, 500, 100_000)),
                Catalogue.standard().all());
    }

    private void answers(String path, ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo(path)).willReturn(answer));
    }

    private static ResponseDefinitionBuilder stream(String type, String body) {
        return aResponse().withHeader("Content-Type", type).withBody(body);
    }

    @Test
    void whoeverFailsIsLeftBehindUntilTheEmbeddedPlannerAnswers() {
        Map<String, String> expected = new LinkedHashMap<>();
        answers("/silent/chat/completions", aResponse().withFixedDelay(20_000));
        expected.put("silent", "sent nothing for 2 s");
        answers("/locked/messages", aResponse().withStatus(401).withBody("{}"));
        expected.put("locked", "refuses the key (401)");
        answers(
                "/busy/chat/completions",
                aResponse().withStatus(429).withHeader("Retry-After", "60").withBody("{}"));
        expected.put("busy", "the next try would be in 60 s, which is beyond the time limit");
        answers("/broken/api/chat", aResponse().withStatus(503).withBody("no model loaded"));
        expected.put("broken", "failed (503): no model loaded");
        answers(
                "/garbled/chat/completions",
                stream("text/event-stream", "data: {\"choices\":[{\"delta\":\n\ndata: [DONE]\n\n"));
        expected.put("garbled", "broke off its reply with an error");
        answers("/page/chat/completions", stream("text/html", "<html>log in first</html>"));
        expected.put("page", "instead of an event stream");
        List<Planner> planners = new ArrayList<>();
        for (String name : expected.keySet()) {
            planners.add(
                    model(
                            switch (name) {
                                case "locked" -> Provider.ANTHROPIC;
                                case "broken" -> Provider.OLLAMA;
                                default -> Provider.OPENAI;
                            },
                            name));
        }
        planners.add(new EmbeddedPlanner(Catalogue.standard()));
        Home.Denier person = new Home.Denier("");

        TurnResult result =
                new Turn(home.house(), person, planners)
                        .run(
                                new Request(
                                        "run-1",
                                        "ann",
                                        Language.EN,
                                        "how much memory is free on localhost?"),
                                List.of());

        assertEquals("done", result.outcome().word(), result.outcome().says().en());
        assertEquals("mem.usage", result.results().getFirst().call().tool().name());
        int at = 0;
        for (Map.Entry<String, String> one : expected.entrySet()) {
            String notice = person.notices().get(at++);
            assertTrue(notice.contains(one.getValue()), one.getKey() + ": " + notice);
        }
        assertTrue(
                person.notices().getLast().endsWith("; this is the embedded planner's plan"),
                person.notices().toString());
        assertEquals(
                List.copyOf(expected.keySet()),
                home.recorded("plan.reject").stream()
                        .map(entry -> entry.header().path("planner").asText())
                        .toList());
        assertEquals(
                "embedded", home.recorded("plan").getFirst().header().path("planner").asText());
        assertEquals(1, asked("/locked/messages"), "a key does not become right");
        assertEquals(1, asked("/busy/chat/completions"), "nobody waits beyond the limit");
        assertEquals(3, asked("/broken/api/chat"), "a server in trouble is asked again");
    }

    private int asked(String path) {
        return server.findAll(postRequestedFor(urlEqualTo(path))).size();
    }
}
