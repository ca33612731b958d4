package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.reach.Executor;
import parley.console.reach.FirstContact;
import parley.console.reach.Passphrases;
import parley.console.reach.Reach;
import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.safety.gate.Actor;
import parley.safety.gate.Card;
import parley.safety.gate.Gate;
import parley.safety.policy.Policies;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.verify.AuditVerifier;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The way of a request on this machine itself: real commands, real policies, a real record.
class TurnTest {
    @TempDir Path folder;
    private AuditLog log;
    private Reach reach;
    private House house;

    @BeforeEach
    void open() throws Exception {
        Hosts hosts = new Hosts(List.of(Host.local(Host.Become.NONE)));
        Catalogue catalogue = Catalogue.standard();
        Policies policies =
                ShippedPolicies.load(
                        catalogue.all().stream().<parley.tools.Card>map(Tool::card).toList(),
                        List.of());
        log = AuditLog.open(folder.resolve("record"), "test");
        reach = new Reach(hosts, FirstContact.NOBODY, Passphrases.NOBODY);
        house =
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
                        reach,
                        new Executor(reach),
                        new Platforms(),
                        new Actor("alice", Set.of("viewer", "operator")));
    }

    @AfterEach
    void close() {
        reach.close();
        log.close();
    }

    /// Nobody is there; what would have been asked is kept.
    private static final class Nobody implements Person {
        private final List<Card> asked = new ArrayList<>();

        @Override
        public Answer approve(Card card) {
            asked.add(card);
            return new Answer.Absent();
        }

        @Override
        public Optional<String> approvedDigest() {
            return Optional.empty();
        }

        @Override
        public void progress(Bilingual what) {}

        @Override
        public void notice(Bilingual what) {}

        @Override
        public void partial(String words) {}
    }

    private static Proposal.Item item(String tool, Optional<Proposal.Condition> condition) {
        ObjectNode none = Json.mapper().createObjectNode();
        return new Proposal.Item(tool, none, List.of("localhost"), condition);
    }

    private TurnResult run(Proposal.Item... items) {
        GivenCalls given = new GivenCalls(List.of(items));
        Request request = new Request("run-1", "alice", Language.EN, "look at this machine");
        return new Turn(house, new Nobody(), List.of(given)).run(request, List.of());
    }

    private List<Recorded> recorded() {
        try (Stream<Recorded> entries = AuditReader.of(log.directory()).entries()) {
            return entries.toList();
        }
    }

    @Test
    void everyCommandIsRecordedBeforeAndAfterItRuns() throws Exception {
        TurnResult result = run(item("disk.usage", Optional.empty()));
        assertEquals("done", result.outcome().word());
        List<String> types =
                recorded().stream()
                        .map(Recorded::type)
                        .filter(type -> !type.startsWith("log."))
                        .toList();
        assertEquals(
                List.of("request", "plan", "policy.decision", "exec.intent", "exec.result"),
                types.subList(0, 5));
        assertEquals("answer", types.getLast());
        long commands = types.stream().filter("exec.intent"::equals).count();
        assertTrue(commands > 5, "identification and df are several commands: " + commands);
        assertEquals(commands, types.stream().filter("exec.result"::equals).count());
        for (int index = 0; index < types.size(); index++) {
            if (types.get(index).equals("exec.intent")) {
                assertEquals(
                        "policy.decision", types.get(index - 1), "judged before it was intended");
                assertEquals("exec.result", types.get(index + 1));
            }
        }
        assertEquals(0, AuditVerifier.verify(log.directory(), Optional.empty()).exitCode());
    }

    @Test
    void everyPieceOfEvidenceIsWhatRan() {
        TurnResult result = run(item("mem.usage", Optional.empty()));
        HostResult only = result.results().getFirst();
        assertEquals(only.argv().size(), only.captures().size());
        List<String> argv = new ArrayList<>();
        for (Recorded entry : recorded()) {
            if (entry.type().equals("exec.intent")
                    && entry.header().path("tool").asText().equals("mem.usage")) {
                argv.add(last(entry.header().path("argv")));
            }
        }
        assertEquals(argv, only.argv().stream().map(List::getLast).toList());
    }

    private static String last(JsonNode array) {
        return array.get(array.size() - 1).asText();
    }

    @Test
    void aConditionThatDoesNotHoldSkipsItsStep() {
        Proposal.Condition full =
                new Proposal.Condition(
                        0,
                        "/filesystems/*/usedPct",
                        Proposal.Comparison.ABOVE,
                        Json.mapper().getNodeFactory().numberNode(101));
        TurnResult result =
                run(item("disk.usage", Optional.empty()), item("mem.usage", Optional.of(full)));
        assertEquals(
                List.of("done", "skipped"),
                result.results().stream().map(one -> one.outcome().word()).toList());
        assertEquals(0, result.outcome().exitCode());
    }

    @Test
    void aConditionOnWhatWasNotReadIsNeverTaken() {
        Proposal.Condition nowhere =
                new Proposal.Condition(
                        0,
                        "/nowhere",
                        Proposal.Comparison.EQUAL,
                        Json.mapper().getNodeFactory().textNode("x"));
        TurnResult result =
                run(item("disk.usage", Optional.empty()), item("mem.usage", Optional.of(nowhere)));
        assertEquals("not-begun", result.results().getLast().outcome().word());
        assertEquals(7, result.outcome().exitCode());
    }

    @Test
    void aToolThatDoesNotExistStopsThePlanBeforeAnythingRuns() {
        TurnResult result =
                run(item("disk.usage", Optional.empty()), item("shell.run", Optional.empty()));
        assertEquals(6, result.outcome().exitCode());
        List<String> types = recorded().stream().map(Recorded::type).toList();
        assertTrue(types.contains("plan.reject"), types::toString);
        assertTrue(!types.contains("exec.intent"), types::toString);
    }

    @Test
    void aCancelledRequestEndsAsSuchAndTheRecordStaysSound() throws Exception {
        Thread.currentThread().interrupt();
        TurnResult result = run(item("cpu.usage", Optional.empty()));
        // Whether the flag is still set does not matter; it must not reach the next test.
        boolean leftOver = Thread.interrupted();
        assertEquals(130, result.outcome().exitCode(), () -> "interrupt left over: " + leftOver);
        assertEquals(0, AuditVerifier.verify(log.directory(), Optional.empty()).exitCode());
        assertEquals("answer", recorded().getLast().type());
    }

    @Test
    void nothingIsRestartedWithoutAPerson() {
        ObjectNode unit = Json.mapper().createObjectNode().put("unit", "cron");
        Proposal.Item restart = Proposal.Item.of("service.restart", unit, List.of("localhost"));
        TurnResult result = run(restart);
        assertTrue(result.outcome().exitCode() != 0, result.outcome()::word);
        assertTrue(
                recorded().stream()
                        .filter(entry -> entry.type().equals("exec.intent"))
                        .noneMatch(entry ->
                                entry.header().path("argv").toString().contains("\"restart\"")),
                "nothing was restarted without a person");
    }

    /// A planner that cannot be reached, and counts how often it is tried.
    private static final class Silent implements Planner {
        private int asked;

        @Override
        public Planned next(Conversation conversation, Consumer<String> partial)
                throws PlannerFailed {
            asked++;
            throw new PlannerFailed(Bilingual.of("no answer", "没有应答"), List.of(), null);
        }

        @Override
        public String name() {
            return "silent";
        }
    }

    @Test
    void plannersAreTriedInTheirOrderAndWhoFailedIsNotAskedTwice() throws Exception {
        Silent first = new Silent();
        Silent second = new Silent();
        GivenCalls last = new GivenCalls(List.of(item("mem.usage", Optional.empty())));
        Request request = new Request("run-1", "alice", Language.EN, "look at this machine");
        TurnResult result =
                new Turn(house, new Nobody(), List.of(first, second, last)).run(request, List.of());
        assertEquals(0, result.outcome().exitCode(), result.outcome().says().en());
        assertEquals(List.of(1, 1), List.of(first.asked, second.asked));
        try (Stream<Recorded> entries = AuditReader.of(log.directory()).entries()) {
            assertEquals(
                    List.of("silent", "silent"),
                    entries.filter(entry -> entry.type().equals("plan.reject"))
                            .map(entry -> entry.header().path("planner").asText())
                            .toList());
        }
    }
}
