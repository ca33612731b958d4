package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.console.approvals.ApprovalFolder;
import parley.console.reach.Executor;
import parley.console.reach.FirstContact;
import parley.console.reach.Passphrases;
import parley.console.reach.Reach;
import parley.prompts.plan.Request;
import parley.safety.gate.Actor;
import parley.safety.gate.Approval;
import parley.safety.gate.ApprovalRequest;
import parley.safety.gate.Card;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Gate;
import parley.safety.gate.Judged;
import parley.safety.gate.Provenance;
import parley.safety.gate.SignedAnswer;
import parley.safety.gate.Signing;
import parley.safety.gate.Step;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Yes, no, silence and somebody else: what each of them comes to, and that the record tells them
/// apart.
class AskingTest {
    private static final String ME = System.getProperty("user.name");

    @TempDir Path folder;
    private AuditLog log;
    private Reach reach;
    private House house;
    private Signing people;
    private ApprovalFolder approvals;

    /// Gives the same answer to every card.
    private static final class Says implements Person {
        private final Answer answer;
        private final List<String> notices = new ArrayList<>();
        private int asked;

        Says(Answer answer) {
            this.answer = answer;
        }

        @Override
        public Answer approve(Card card) {
            asked++;
            return answer;
        }

        @Override
        public Optional<String> approvedDigest() {
            return Optional.empty();
        }

        @Override
        public void progress(Bilingual what) {}

        @Override
        public synchronized void notice(Bilingual what) {
            notices.add(what.en());
        }

        @Override
        public void partial(String words) {}
    }

    @BeforeEach
    void open() throws Exception {
        people = new Signing(Files.createDirectory(folder.resolve("keys")));
        people.add("daemon", "approver");
        Path directory = Files.createDirectory(folder.resolve("approvals"));
        Signing.run("chmod", "1777", directory.toString());
        approvals = ApprovalFolder.open(directory, ME);
        Hosts hosts = new Hosts(List.of(Host.local(Host.Become.NONE)));
        Catalogue catalogue = Catalogue.standard();
        log = AuditLog.open(folder.resolve("record"), "test");
        reach = new Reach(hosts, FirstContact.NOBODY, Passphrases.NOBODY);
        house =
                new House(
                        catalogue,
                        hosts,
                        new Gate(
                                ShippedPolicies.load(
                                        catalogue.all().stream()
                                                .<parley.tools.Card>map(Tool::card)
                                                .toList(),
                                        List.of())),
                        new Situations(
                                Calendar.EMPTY,
                                new Declarations(Declarations.Declared.NOTHING),
                                folder.resolve("record"),
                                catalogue,
                                InstantSource.system()),
                        Optional.of(
                                new SecondPersons(
                                        approvals,
                                        people.signers(),
                                        Duration.ofHours(8),
                                        Duration.ofHours(1))),
                        log,
                        reach,
                        new Executor(reach),
                        new Platforms(),
                        new Actor(ME, Set.of("viewer", "operator")));
    }

    @AfterEach
    void close() {
        reach.close();
        log.close();
    }

    private Card card(Environment environment) throws Exception {
        Tool<?, ?> restart = house.catalogue().find("service.restart").orElseThrow();
        Call<?> call =
                Catalogue.bind(
                        restart, Json.mapper().createObjectNode().put("unit", "nginx.service"));
        Host host =
                new Host(
                        "web-1",
                        Optional.of("192.0.2.1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Host.Become.NONE,
                        environment,
                        Set.of("web"),
                        Set.of(),
                        true,
                        Map.of());
        Step step =
                new Step(
                        call,
                        host,
                        Argv.of("systemctl", "restart", "--", "nginx.service"),
                        Step.Elevation.NONE,
                        Step.Purpose.CALL,
                        Map.of("unit", Provenance.OPERATOR));
        int production = environment == Environment.PROD ? 2 : 0;
        Circumstances circumstances =
                new Circumstances(
                        house.actor(),
                        Set.of("web-1", "web-2"),
                        production,
                        production,
                        parley.tools.Risk.DISRUPTIVE,
                        Set.of(),
                        Set.of(),
                        List.of(),
                        List.of(),
                        false);
        Judged judged = new Judged(step, circumstances, house.gate().judge(step, circumstances));
        return house.gate().card(List.of(judged), Language.EN);
    }

    private Asking asking(Person person) {
        Journal journal = new Journal(log, new Request("run-1", ME, Language.EN, "restart nginx"));
        return new Asking(house, journal, person);
    }

    private List<String> recorded() {
        try (Stream<Recorded> entries = AuditReader.of(log.directory()).entries()) {
            return entries.filter(entry -> entry.type().startsWith("approval."))
                    .map(entry -> entry.type() + " " + entry.outcome())
                    .map(String::strip)
                    .toList();
        }
    }

    private static String stopped(Asking asking, Card card) {
        Outcome outcome = assertThrows(Stopped.class, () -> asking.approval(card)).outcome();
        return outcome.word() + ": " + outcome.says().en();
    }

    @Test
    void aNoWithItsReasonIsToldAndNotAskedAgainAtOnce() throws Exception {
        Says person = new Says(new Person.Answer.Denied("not before lunch"));
        Asking asking = asking(person);
        Card card = card(Environment.DEV);
        assertEquals(2, card.rung());
        assertEquals("declined: denied; nothing ran: not before lunch", stopped(asking, card));
        assertEquals("declined: this was denied a moment ago", stopped(asking, card));
        assertEquals(1, person.asked);
        assertEquals(List.of("not before lunch"), asking.reasons());
        assertEquals(List.of("approval.request", "approval.decision denied"), recorded());
    }

    @Test
    void silenceAbsenceAndOtherWordsAreThreeDifferentThings() throws Exception {
        Card card = card(Environment.DEV);
        assertTrue(
                stopped(asking(new Says(new Person.Answer.TimedOut())), card)
                        .startsWith("approval-needed: nobody answered in time"));
        assertTrue(
                stopped(asking(new Says(new Person.Answer.Absent())), card)
                        .startsWith("approval-needed: this needs a person's approval"));
        assertTrue(
                stopped(asking(new Says(new Person.Answer.Typed("yes"))), card)
                        .startsWith("declined: Not approved: type exactly"));
        assertEquals(
                List.of(
                        "approval.request",
                        "approval.decision timeout",
                        "approval.request",
                        "approval.decision no-terminal",
                        "approval.request",
                        "approval.decision declined"),
                recorded());
    }

    @Test
    void anEmergencyIsRecordedBeforeAnythingIsAsked() throws Exception {
        house.situations()
                .declarations()
                .declare(new Declarations.Declared("OPS-1", "the shop is down", ""));
        stopped(asking(new Says(new Person.Answer.Absent())), card(Environment.DEV));
        assertEquals("approval.exception break-glass", recorded().getFirst());
    }

    /// Signs as `daemon` and gives that user the files, as if it had put them there.
    private void answer(ApprovalRequest request, boolean granted) throws Exception {
        SignedAnswer.Statement says =
                SignedAnswer.Statement.to(
                        request, granted, "daemon", Instant.now(), granted ? "" : "too risky");
        SignedAnswer signed = people.answer(says, "daemon", "daemon");
        // Whole before it is there under its name, as a real answer is.
        Path draft = Files.createDirectory(folder.resolve("draft-" + request.id()));
        String name = request.id() + ".daemon." + (granted ? "grant" : "refuse");
        Files.writeString(draft.resolve(name + ".sig"), signed.signature());
        Files.writeString(draft.resolve(name), signed.statement());
        for (String one : List.of(name + ".sig", name)) {
            Signing.run("chown", "daemon", draft.resolve(one).toString());
            Files.move(draft.resolve(one), approvals.directory().resolve(one));
        }
    }

    private static void needsRoot() {
        assumeTrue(
                ME.equals("root"),
                "NOT TESTED: only root can give files to another user; run as root");
    }

    @Test
    void withoutATerminalTheSameRequestGoesOnWithTheGrant() throws Exception {
        needsRoot();
        Card card = card(Environment.PROD);
        assertEquals(3, card.rung());
        Says nobody = new Says(new Person.Answer.Absent());
        assertTrue(
                stopped(asking(nobody), card)
                        .startsWith("approval-needed: A second person is needed until"));
        ApprovalRequest request = approvals.requests().getFirst();
        assertTrue(stopped(asking(nobody), card).contains(request.id()), "the same request waits");
        assertEquals(1, approvals.requests().size());
        answer(request, true);
        Approval approval = asking(nobody).approval(card);
        assertEquals("daemon", approval.approver().id());
        assertTrue(approvals.isUsed(request));
        stopped(asking(nobody), card);
        assertEquals(2, approvals.requests().size(), "a used grant is none: it is asked anew");
        assertTrue(recorded().contains("approval.decision granted"), recorded().toString());
    }

    @Test
    void whoeverWaitsAtATerminalGoesOnAtOnce() throws Exception {
        needsRoot();
        Card card = card(Environment.PROD);
        Says person = new Says(new Person.Answer.Typed(card.wordsToType()));
        try (var pool = Executors.newSingleThreadExecutor()) {
            var waiting = pool.submit(() -> asking(person).approval(card));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (approvals.requests().isEmpty() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            answer(approvals.requests().getFirst(), true);
            assertEquals(3, waiting.get(30, TimeUnit.SECONDS).rung());
        }
        assertEquals(1, person.asked);
    }

    @Test
    void aRefusalEndsTheWaiting() throws Exception {
        needsRoot();
        Card card = card(Environment.PROD);
        Says nobody = new Says(new Person.Answer.Absent());
        stopped(asking(nobody), card);
        answer(approvals.requests().getFirst(), false);
        assertEquals(
                "approval-needed: Refused by daemon: too risky", stopped(asking(nobody), card));
        assertTrue(recorded().contains("approval.decision refused"), recorded().toString());
    }
}
