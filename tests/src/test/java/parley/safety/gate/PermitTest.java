package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.safety.record.Receipt;
import parley.safety.record.TestReceipts;
import parley.tools.Argv;
import parley.tools.Host;
import parley.tools.Language;
import parley.tools.Risk;

import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Whatever is swapped, replayed or late after an approval, nothing runs.
final class PermitTest {
    private static final Host DEV = Steps.host("web-1", "dev");
    private final Gate gate = TestGate.fresh();

    private final Judged restart =
            Steps.judged(gate, Steps.step("service.restart", "{\"unit\":\"nginx\"}", DEV));
    private final Judged start =
            Steps.judged(gate, Steps.step("service.start", "{\"unit\":\"nginx\"}", DEV));

    private static Receipt intent(Judged judged) {
        return TestReceipts.intent(judged.step().digest());
    }

    private Approval approved(Judged... steps) throws NotApproved {
        Card card = gate.card(List.of(steps), Language.EN);
        return gate.approve(
                card, card.rung() == 2 ? card.wordsToType() : "yes", Steps.ANN, Steps.NOW);
    }

    private String refusal(Judged judged, Approval approval, Receipt receipt, Instant now) {
        return assertThrows(
                        Refused.class,
                        () -> gate.permit(judged, Optional.of(approval), receipt, now))
                .why()
                .en();
    }

    @Test
    void anApprovedStepRunsOnce() throws Exception {
        Approval approval = approved(restart);
        Receipt receipt = intent(restart);
        Permit permit = gate.permit(restart, Optional.of(approval), receipt, Steps.NOW);
        assertSame(receipt, permit.receipt());
        assertSame(restart.step(), permit.use());
        assertThrows(IllegalStateException.class, permit::use);
        assertEquals(
                "Not run: the approval of this step was used already.",
                refusal(restart, approval, intent(restart), Steps.NOW));
        assertEquals(
                "Not run: this recorded intent was used already.",
                refusal(restart, approved(restart), receipt, Steps.NOW));
    }

    @Test
    void lookingNeedsNoApprovalButItsIntentRecordedOnce() throws Exception {
        Judged look = Steps.judged(gate, Steps.step("disk.usage", "{}", DEV));
        Receipt receipt = intent(look);
        assertSame(look.step(), gate.permit(look, Optional.empty(), receipt, Steps.NOW).use());
        assertThrows(Refused.class, () -> gate.permit(look, Optional.empty(), receipt, Steps.NOW));
    }

    @Test
    void withoutApprovalAChangeIsRefusedAndTheRuleIsNamed() {
        Refused refused =
                assertThrows(
                        Refused.class,
                        () -> gate.permit(start, Optional.empty(), intent(start), Steps.NOW));
        assertEquals(
                "Not run, a yes is needed: A change needs a yes. (change-needs-yes,"
                        + " policies/changes.cedar:4)",
                refused.why().en());
        assertEquals(
                "未执行，需要确认：变更需要确认。 (change-needs-yes, policies/changes.cedar:4)",
                refused.why().zh());
        assertEquals("confirm [change-needs-yes]", Cases.words(refused.verdict()));
    }

    @Test
    void everySwapAfterApprovalIsRefused() throws Exception {
        Step was = restart.step();
        List<Step> swapped =
                List.of(
                        Steps.step("service.restart", "{\"unit\":\"mysql\"}", DEV),
                        Steps.step("service.stop", "{\"unit\":\"nginx\"}", DEV),
                        Steps.step(
                                "service.restart",
                                "{\"unit\":\"nginx\"}",
                                Steps.host("web-2", "dev")),
                        with(was, Argv.of("service-restart", "--", "mysql")),
                        with(was, was.argv().plus("--force")),
                        new Step(
                                was.call(),
                                moved(was.host(), "10.6.6.6"),
                                was.argv(),
                                was.elevation(),
                                was.purpose(),
                                was.provenance()),
                        new Step(
                                was.call(),
                                was.host(),
                                was.argv(),
                                Step.Elevation.NONE,
                                was.purpose(),
                                was.provenance()));
        for (Step other : swapped) {
            Judged judged = Steps.judged(gate, other);
            assertNotEquals(was.digest(), other.digest());
            assertEquals(
                    "Not run: what was approved is not exactly this step.",
                    refusal(judged, approved(restart), intent(judged), Steps.NOW),
                    other.toString());
            assertEquals(
                    "Not run: what was recorded is not the intent to run exactly this.",
                    refusal(judged, approved(restart), intent(restart), Steps.NOW),
                    other.toString());
        }
    }

    private static Step with(Step step, Argv argv) {
        return new Step(
                step.call(),
                step.host(),
                argv,
                step.elevation(),
                step.purpose(),
                step.provenance());
    }

    private static Host moved(Host host, String address) {
        return new Host(
                host.name(),
                Optional.of(address),
                host.port(),
                host.user(),
                host.via(),
                host.become(),
                host.environment(),
                host.groups(),
                host.aliases(),
                true,
                Map.of());
    }

    @Test
    void aHostThatBecameProductionAfterTheYesIsRefused() throws Exception {
        Approval yes = approved(start);
        Judged now =
                Steps.judged(
                        gate,
                        Steps.step(
                                "service.start",
                                "{\"unit\":\"nginx\"}",
                                Steps.host("web-1", "prod")));
        assertEquals(start.step().digest(), now.step().digest());
        assertTrue(
                refusal(now, yes, intent(now), Steps.NOW)
                        .startsWith("Not run, typed words are needed: In production"));
    }

    @Test
    void aPreviewThatGotWorseAfterTheYesIsRefused() throws Exception {
        Approval yes = approved(start);
        Circumstances was = start.circumstances();
        Judged worse =
                new Judged(
                        start.step(),
                        new Circumstances(
                                was.actor(),
                                was.targets(),
                                0,
                                0,
                                Risk.DISRUPTIVE,
                                Set.of(),
                                Set.of("mysql.service"),
                                List.of(),
                                List.of(),
                                false),
                        start.verdict());
        assertTrue(
                refusal(worse, yes, intent(worse), Steps.NOW)
                        .startsWith("Not run, typed words are needed"));
        Judged deadly =
                new Judged(
                        restart.step(),
                        new Circumstances(
                                was.actor(),
                                was.targets(),
                                0,
                                0,
                                Risk.OBSERVE,
                                Set.of("dbus.service"),
                                Set.of(),
                                List.of(),
                                List.of(),
                                false),
                        restart.verdict());
        assertTrue(
                refusal(deadly, approved(restart), intent(restart), Steps.NOW)
                        .startsWith("Not run, it is refused: Units of systemd"));
    }

    @Test
    void aVerdictMadeUpByTheCallerCountsForNothing() {
        Judged forged =
                new Judged(restart.step(), restart.circumstances(), new Verdict.Allow(List.of()));
        assertThrows(
                Refused.class,
                () -> gate.permit(forged, Optional.empty(), intent(restart), Steps.NOW));
        Card card = gate.card(List.of(forged), Language.EN);
        assertEquals(2, card.rung(), "the card is judged anew");
    }

    @Test
    void anApprovalHoldsTenMinutesToTheMillisecond() throws Exception {
        Instant end = Steps.NOW.plus(Approval.LASTS);
        assertEquals(end, approved(restart).expires());
        gate.permit(restart, Optional.of(approved(restart)), intent(restart), end.minusMillis(1));
        for (Instant when : List.of(end, end.plusMillis(1), Steps.NOW.minusMillis(1))) {
            assertTrue(
                    refusal(restart, approved(restart), intent(restart), when)
                            .startsWith("Not run: the approval holds from"));
        }
        gate.permit(restart, Optional.of(approved(restart)), intent(restart), Steps.NOW);
    }

    @Test
    void whatWasBegunInTimeGoesOnButNotAfterALongRest() throws Exception {
        Instant begun = Steps.NOW.plus(Approval.LASTS).minusMillis(1);
        Instant rested = begun.plus(Approval.RESTS);
        Approval approval = approved(restart, start, restart);
        gate.permit(restart, Optional.of(approval), intent(restart), begun);
        refusal(start, approval, intent(start), rested);
        gate.permit(start, Optional.of(approval), intent(start), rested.minusMillis(1));
        gate.permit(restart, Optional.of(approval), intent(restart), rested);
    }

    @Test
    void whatGoesOnEndsAfterTwelveHoursHoweverBusy() throws Exception {
        Approval approval = approved(restart, restart, restart, restart, restart, restart, restart);
        Instant end = Steps.NOW.plus(Approval.GOES_ON);
        Instant now = Steps.NOW;
        while (now.isBefore(end)) {
            gate.permit(restart, Optional.of(approval), intent(restart), now);
            now = now.plus(Approval.RESTS).minusMillis(1);
        }
        assertTrue(
                refusal(restart, approval, intent(restart), end)
                        .startsWith("Not run: the approval holds from"));
    }

    @Test
    void onlyARecordedIntentOfThisStepWillDo() throws Exception {
        for (String type :
                List.of("exec.result", "policy.decision", "approval.given", "EXEC.INTENT", "")) {
            assertEquals(
                    "Not run: what was recorded is not the intent to run exactly this.",
                    refusal(
                            restart,
                            approved(restart),
                            TestReceipts.of(7, type, restart.step().digest()),
                            Steps.NOW));
        }
        for (String digest : List.of("", "0".repeat(64), start.step().digest())) {
            refusal(restart, approved(restart), TestReceipts.intent(digest), Steps.NOW);
        }
        assertTrue(
                Arrays.stream(Permit.class.getDeclaredConstructors())
                        .allMatch(made -> !Modifier.isPublic(made.getModifiers())));
    }

    @Test
    void aRefusedAttemptUsesNothingUp() throws Exception {
        Approval approval = approved(restart);
        refusal(restart, approval, TestReceipts.intent(""), Steps.NOW);
        refusal(restart, approval, intent(restart), Steps.NOW.plusSeconds(6_000));
        gate.permit(restart, Optional.of(approval), intent(restart), Steps.NOW);
    }

    @Test
    void eachStepOfAListIsPermittedAsOftenAsItStandsThere() throws Exception {
        Approval approval = approved(restart, start, restart);
        for (Judged judged : List.of(restart, start, restart)) {
            gate.permit(judged, Optional.of(approval), intent(judged), Steps.NOW);
        }
        for (Judged judged : List.of(restart, start)) {
            refusal(judged, approval, intent(judged), Steps.NOW);
        }
    }

    @Test
    void ofThirtyTwoThreadsOneGetsThePermit() throws Exception {
        for (int round = 0; round < 8; round++) {
            Approval approval = approved(restart);
            boolean sameReceipt = round % 2 == 0;
            Receipt shared = intent(restart);
            CountDownLatch go = new CountDownLatch(1);
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int index = 0; index < 32; index++) {
                attempts.add(() -> {
                    go.await();
                    try {
                        gate.permit(
                                restart,
                                Optional.of(approval),
                                sameReceipt ? shared : intent(restart),
                                Steps.NOW);
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                });
            }
            int permits = 0;
            try (var pool = Executors.newFixedThreadPool(32)) {
                List<Future<Boolean>> running = attempts.stream().map(pool::submit).toList();
                go.countDown();
                for (Future<Boolean> one : running) {
                    permits += one.get() ? 1 : 0;
                }
            }
            assertEquals(1, permits);
        }
    }

    @Test
    void somebodyElsesApprovalIsNone() throws Exception {
        Card card = gate.card(List.of(start), Language.EN);
        Actor mallory = new Actor("mallory", Steps.ANN.roles());
        assertThrows(NotApproved.class, () -> gate.approve(card, "yes", mallory, Steps.NOW));
        Circumstances hers = Steps.circumstances(start.step());
        Circumstances his =
                new Circumstances(
                        mallory,
                        hers.targets(),
                        0,
                        0,
                        Risk.OBSERVE,
                        Set.of(),
                        Set.of(),
                        List.of(),
                        List.of(),
                        false);
        Judged stolen = new Judged(start.step(), his, gate.judge(start.step(), his));
        assertTrue(
                refusal(stolen, approved(start), intent(start), Steps.NOW)
                        .startsWith("Not run, a yes is needed"));
    }
}
