package parley.console.turn;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.reach.Executor;
import parley.console.reach.FirstContact;
import parley.console.reach.Passphrases;
import parley.console.reach.Reach;
import parley.prompts.answer.Narrator;
import parley.prompts.plan.Planner;
import parley.prompts.plan.Request;
import parley.prompts.plan.model.ModelLimits;
import parley.prompts.plan.model.ModelPlanner;
import parley.prompts.plan.model.ModelSettings;
import parley.prompts.plan.model.Provider;
import parley.prompts.plan.model.ProxyRoute;
import parley.safety.gate.Actor;
import parley.safety.gate.Card;
import parley.safety.gate.Gate;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.diagnosis.Confidence;
import parley.tools.diagnosis.Diagnosed;
import parley.tools.schema.Json;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A diagnosis of this machine itself: each of its calls goes the way of every call.
class DiagnosingTest {
    @TempDir Path folder;

    private final List<String> notices = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private Optional<AuditLog> open = Optional.empty();
    private Optional<Reach> reach = Optional.empty();

    @AfterEach
    void close() {
        reach.ifPresent(Reach::close);
        open.ifPresent(AuditLog::close);
    }

    /// Forbids every call of `tool`.
    private static PolicyFile forbids(String tool) {
        return new PolicyFile(
                "policies/mine.cedar",
                """
                @id("not-this-one")
                @en("Not this tool.")
                @zh("不要用这个工具。")
                forbid (principal, action in Action::"%s", resource);
                """
                        .formatted(tool));
    }

    private TurnResult diskFull(PolicyFile... more) throws Exception {
        ObjectNode arguments = Json.mapper().createObjectNode().put("diagnosis", "disk-full");
        Proposal.Item item = Proposal.Item.of("diag.run", arguments, List.of("localhost"));
        return ask(List.of(new GivenCalls(List.of(item))), more);
    }

    private TurnResult ask(List<Planner> planners, PolicyFile... more) throws Exception {
        Catalogue catalogue = Catalogue.standard();
        Policies policies =
                ShippedPolicies.load(
                        catalogue.all().stream().<parley.tools.Card>map(Tool::card).toList(),
                        List.of(more));
        Hosts hosts = new Hosts(List.of(Host.local(Host.Become.NONE)));
        AuditLog log = AuditLog.open(folder.resolve("record"), "test");
        open = Optional.of(log);
        reach = Optional.of(new Reach(hosts, FirstContact.NOBODY, Passphrases.NOBODY));
        House house =
                new House(
                        catalogue,
                        hosts,
                        new Gate(policies),
                        new Situations(
                                Calendar.EMPTY,
                                new Declarations(Declarations.Declared.NOTHING),
                                folder.resolve("record"),
                                catalogue,
                                InstantSource.system()),
                        Optional.empty(),
                        log,
                        reach.get(),
                        new Executor(reach.get()),
                        new Platforms(),
                        new Actor("alice", Set.of("viewer", "operator")));
        Request request = new Request("run-1", "alice", Language.EN, "why is the disk full?");
        return new Turn(house, new Nobody(), planners).run(request, List.of());
    }

    private static Diagnosed diagnosed(TurnResult result) {
        return (Diagnosed)
                result.results().getFirst().reading().orElseThrow(AssertionError::new).value();
    }

    private List<Recorded> recorded(String type) {
        try (Stream<Recorded> entries = AuditReader.of(open.orElseThrow().directory()).entries()) {
            return entries.filter(entry -> entry.type().equals(type)).toList();
        }
    }

    private static List<String> tools(List<Recorded> entries) {
        return entries.stream()
                .map(entry -> entry.header().path("tool").asText())
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void eachOfItsCallsIsJudgedAndRecordedAndItselfIsToo() throws Exception {
        TurnResult result = diskFull();

        assertEquals(0, result.outcome().exitCode(), result.outcome().says().en());
        assertEquals(1, result.results().size());
        List<HostResult> parts = result.results().getFirst().parts();
        assertTrue(parts.size() >= 2, parts.toString());
        List<String> decided = tools(recorded("policy.decision"));
        assertTrue(decided.contains("diag.run"), decided.toString());
        List<String> run = tools(recorded("exec.intent"));
        assertTrue(run.containsAll(List.of("disk.deleted_open", "disk.usage")), run.toString());
        assertTrue(!run.contains("diag.run"), "a diagnosis runs nothing itself");
        assertEquals(recorded("exec.intent").size(), recorded("exec.result").size());
        Set<String> ids = new HashSet<>();
        result.results().stream()
                .flatMap(HostResult::all)
                .forEach(one -> assertTrue(ids.add(one.id()), "twice: " + one.id()));
    }

    @Test
    void aCallThatIsForbiddenLeavesItsBranchOpen() throws Exception {
        TurnResult result = diskFull(forbids("disk.deleted_open"));

        assertEquals(0, result.outcome().exitCode());
        assertTrue(
                diagnosed(result).with(Confidence.NOT_EXCLUDED).stream()
                        .anyMatch(one ->
                                one.statement().en().contains("deleted files")
                                        && one.statement().en().contains("not-this-one")),
                diagnosed(result).toString());
        assertTrue(!tools(recorded("exec.intent")).contains("disk.deleted_open"));
    }

    @Test
    void aDiagnosisThatIsForbiddenReadsNothing() throws Exception {
        TurnResult result = diskFull(forbids("diag.run"));

        assertEquals("denied", result.outcome().word());
        assertEquals(List.of(), recorded("exec.intent"));
    }

    /// A model at the other end of HTTP: first it asks for a reading, then it says `words` of it.
    private TurnResult modelSays(String words) throws Exception {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        try {
            String call =
                    """
                    {"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"disk-usage","arguments":"{\\"hosts\\":[\\"localhost\\"]}"}}]}\
                    """;
            ObjectNode said = Json.mapper().createObjectNode().put("content", words);
            reply(server, Scenario.STARTED, "read", streamed(call, "tool_calls"));
            reply(server, "read", "said", streamed(said.toString(), "stop"));
            reply(server, "said", "said", streamed(said.toString(), "stop"));
            ModelSettings settings =
                    new ModelSettings(
                            Provider.OPENAI,
                            URI.create(server.baseUrl() + "/v1"),
                            "tiny",
                            Optional.empty(),
                            Optional.empty(),
                            ProxyRoute.NONE,
                            ModelLimits.DEFAULT);
            Planner model = new ModelPlanner(settings, List.of(new DiskUsage()));
            return ask(List.of(model, new GivenCalls(List.of())));
        } finally {
            server.getAllServeEvents()
                    .forEach(one ->
                            requests.add(
                                    one.getRequest().getMethod()
                                            + " "
                                            + one.getRequest().getUrl()
                                            + " "
                                            + one.getResponse().getStatus()));
            server.stop();
        }
    }

    private static void reply(WireMockServer server, String when, String then, String body) {
        server.stubFor(
                post(urlEqualTo("/v1/chat/completions"))
                        .inScenario("talk")
                        .whenScenarioStateIs(when)
                        .willReturn(
                                aResponse()
                                        .withHeader("Content-Type", "text/event-stream")
                                        .withBody(body))
                        .willSetStateTo(then));
    }

    private static String streamed(String delta, String reason) {
        String chunk =
                "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"tiny\","
                        + "\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
        return chunk.formatted(delta, "null")
                + chunk.formatted("{}", "\"" + reason + "\"")
                + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"tiny\","
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9,"
                + "\"total_tokens\":18}}\n\n"
                + "data: [DONE]\n\n";
    }

    @Test
    void whatAModelMakesUpIsMarkedSentenceBySentence() throws Exception {
        TurnResult result =
                modelSays(
                        """
                        The filesystems were read [#1]. /no/such/mount is 97 % full [#1].
                        The output says “EXT4-fs error: remounting read-only” [#1].
                        df said so in [#1 line 99999].
                        The unit vanished.service died 12 times.
                        Next: `parley run disk.largest path=/var --host localhost`.\
                        """);

        List<String> doubted =
                result.answer().stream()
                        .map(Narrator.Sentence::text)
                        .filter(text -> text.startsWith("the model said without support"))
                        .toList();
        assertEquals(
                4,
                doubted.size(),
                result.modelWords()
                        + result.results()
                        + doubted
                        + result.outcome().says().en()
                        + notices
                        + requests);
        for (String why :
                List.of(
                        "/no/such/mount does not stand in #1",
                        "“EXT4-fs error: remounting read-only” does not stand in #1",
                        "there are no such lines: #1 line 99999",
                        "it names no evidence")) {
            assertTrue(doubted.stream().anyMatch(one -> one.contains(why)), why + doubted);
        }
        assertEquals(
                4,
                result.modelWords().split("\\[not supported by what was read\\]", -1).length - 1);
        assertTrue(result.modelWords().startsWith("The filesystems were read [#1]. "));
    }

    @Test
    void whatIsNotReadInTimeIsInterrupted() {
        List<Callable<String>> tasks =
                List.of(
                        () -> "quick",
                        () -> {
                            try {
                                TimeUnit.MINUTES.sleep(5);
                                return "slept";
                            } catch (InterruptedException late) {
                                return "interrupted";
                            }
                        });
        Instant begin = Instant.now();

        assertEquals(
                List.of("quick", "interrupted"),
                Fleet.until(begin.plus(Duration.ofMillis(200)), tasks));
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofMinutes(1)) < 0);
        assertTrue(!Thread.currentThread().isInterrupted(), "nobody cancelled");
    }

    /// Nobody is there.
    private final class Nobody implements Person {
        @Override
        public Answer approve(Card card) {
            return new Answer.Absent();
        }

        @Override
        public Optional<String> approvedDigest() {
            return Optional.empty();
        }

        @Override
        public void progress(Bilingual what) {}

        @Override
        public void notice(Bilingual what) {
            notices.add(what.en());
        }

        @Override
        public void partial(String words) {}
    }
}
