package parley.prompts.plan.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.tools.Bilingual;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A model endpoint that answers what a test tells it to, and the conversations held with it.
final class Talk implements AutoCloseable {
    static final String CHAT = "/v1/chat/completions";
    static final ModelLimits QUICK =
            new ModelLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(40),
                    12,
                    500,
                    100_000);

    final WireMockServer server;
    private int answers;

    Talk() {
        server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
    }

    /// Queues answers: each request gets the next.
    void answers(ResponseDefinitionBuilder... more) {
        for (ResponseDefinitionBuilder answer : more) {
            String now = answers == 0 ? Scenario.STARTED : "answer " + answers;
            answers++;
            server.stubFor(
                    post(urlEqualTo(CHAT))
                            .inScenario("talk")
                            .whenScenarioStateIs(now)
                            .willReturn(answer)
                            .willSetStateTo("answer " + answers));
        }
    }

    void answers(String... bodies) {
        for (String body : bodies) {
            answers(stream(body));
        }
    }

    static ResponseDefinitionBuilder stream(String body) {
        return aResponse().withHeader("Content-Type", "text/event-stream").withBody(body);
    }

    static ResponseDefinitionBuilder status(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    URI url() {
        return URI.create(server.baseUrl() + "/v1");
    }

    static ModelSettings settings(URI url, ModelLimits limits) {
        return new ModelSettings(
                Provider.OPENAI,
                url,
                "tiny",
                Optional.empty(),
                Optional.empty(),
                ProxyRoute.NONE,
                limits);
    }

    static ModelPlanner planner(ModelSettings settings) {
        return new ModelPlanner(settings, List.of(new DiskTool(), new RestartTool()));
    }

    ModelPlanner planner() {
        return planner(settings(url(), QUICK));
    }

    Planned next(Conversation conversation) throws PlannerFailed, InterruptedException {
        return planner().next(conversation, words -> {});
    }

    Planned next(String words) throws PlannerFailed, InterruptedException {
        return next(asked(words));
    }

    PlannerFailed failure(Conversation conversation) throws InterruptedException {
        try {
            throw new AssertionError("it was planned: " + next(conversation));
        } catch (PlannerFailed failed) {
            return failed;
        }
    }

    /// How many requests came.
    int requests() {
        return server.findAll(postRequestedFor(urlEqualTo(CHAT))).size();
    }

    /// The body of request number `number`, the first being 0.
    JsonNode request(int number) {
        return json(
                server.findAll(postRequestedFor(urlEqualTo(CHAT))).get(number).getBodyAsString());
    }

    static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("not JSON: " + text, broken);
        }
    }

    static ObjectNode arguments(String text) {
        return (ObjectNode) json(text);
    }

    static Host host(String name, boolean modelAllowed, String... groups) {
        return new Host(
                name,
                Optional.of(name + ".example"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.NONE,
                Environment.PROD,
                Set.of(groups),
                name.equals("db-1") ? Set.of("db01") : Set.of(),
                modelAllowed,
                Map.of());
    }

    static Hosts hosts() {
        return new Hosts(
                List.of(
                        host("web-1", true, "web"),
                        host("web-2", true, "web"),
                        host("db-1", true, "db")));
    }

    static Conversation asked(String words) {
        return asked(words, hosts(), List.of());
    }

    static Conversation asked(String words, Hosts hosts, List<Conversation.Seen> seen) {
        Request request = new Request("r1", "ann", Language.of(words), words);
        return new Conversation(request, hosts, List.of(), seen);
    }

    static Conversation.Seen seen(String id, String host, String reading) {
        return new Conversation.Seen(
                id,
                "disk.usage",
                arguments("{}"),
                host,
                Optional.of(json(reading)),
                Optional.empty());
    }

    static Conversation.Seen unread(String id, String host, String why) {
        return new Conversation.Seen(
                id,
                "disk.usage",
                arguments("{}"),
                host,
                Optional.empty(),
                Optional.of(Bilingual.same(why)));
    }

    @Override
    public void close() {
        server.stop();
    }
}
