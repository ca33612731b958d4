package parley.tools.catalogue.packages;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Call;
import parley.tools.Change.Proof;
import parley.tools.Family;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.catalogue.jobs.JobState;
import parley.tools.catalogue.jobs.JobStatus;
import parley.tools.catalogue.jobs.Progress;
import parley.tools.catalogue.packages.PlannedAction.Operation;
import parley.tools.catalogue.packages.PlannedAction.Why;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Exit codes lie in both directions: what counts is what is there afterwards.
class PackageProofTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
    private static final PlannedAction UPGRADE =
            action(Operation.UPGRADE, "tb-app", Optional.of("1.0"), Optional.of("1.1"));
    private static final PackagesState BEFORE = state(List.of(), "tb-app 1.0");
    private static final PackagesState AFTER = state(List.of(), "tb-app 1.1");

    private static PlannedAction action(
            Operation op, String name, Optional<String> from, Optional<String> to) {
        return new PlannedAction(
                op,
                new HostText(name),
                new HostText("all"),
                from.map(HostText::new),
                to.map(HostText::new),
                Optional.empty(),
                Why.REQUESTED,
                Optional.of(true));
    }

    private static PackageSolution plan(PlannedAction... actions) {
        Solving solving = new Solving(NOW, Optional.of(NOW));
        solving.actions(List.of(actions));
        solving.running(
                List.of(
                        new PackageSolution.Running(
                                new HostText("tb-app.service"), new HostText("tb-app"))));
        return solving.solved();
    }

    /// @param present `name version`; with `!` before it, not whole
    private static PackagesState state(List<String> broken, String... present) {
        return state(broken, List.of(), List.of("tb-app.service"), List.of(), present);
    }

    private static PackagesState state(
            List<String> broken,
            List<String> failed,
            List<String> running,
            List<String> keys,
            String... present) {
        List<PackagesState.Present> packages = new ArrayList<>();
        for (String one : present) {
            String[] words = one.replace("!", "").split(" ");
            packages.add(
                    new PackagesState.Present(
                            new HostText(words[0]),
                            new HostText("all"),
                            new HostText(words[1]),
                            !one.startsWith("!")));
        }
        return new PackagesState(
                100,
                texts(broken),
                packages,
                List.of(),
                texts(keys),
                texts(failed),
                texts(running));
    }

    private static List<HostText> texts(List<String> texts) {
        return texts.stream().map(HostText::new).toList();
    }

    private static JobState job(JobState.State state, String... said) {
        return new JobState(
                Optional.of(new HostText("a0835044ec9b4df18d262005cf01ed88")),
                state,
                Optional.of(new HostText("package.upgrade tb-app")),
                Optional.of(new HostText("ops")),
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.empty(),
                new Progress(Optional.empty(), Optional.empty(), Optional.empty()),
                true,
                texts(List.of(said)),
                List.of(),
                false);
    }

    private static Proof proof(
            PackageSolution plan, PackagesState before, JobState job, PackagesState after) {
        return proof(plan, before, job, Optional.empty(), after);
    }

    private static Proof proof(
            PackageSolution plan,
            PackagesState before,
            JobState job,
            Optional<PackageHistoryTransactions> history,
            PackagesState after) {
        Call<?> call = new Call<>(new PackageCheck(), new PackageCheck.Arguments(Optional.empty()));
        Call<?> look =
                new Call<>(
                        new JobStatus(),
                        new JobStatus.Arguments(Optional.empty(), Optional.empty()));
        Preview preview =
                new Preview(
                        new Platform(Family.APT, 252, "debian", "12"),
                        "ops",
                        List.of(
                                new Observed(call, Reading.ok(plan)),
                                new Observed(call, Reading.ok(before))));
        List<Observed> observed = new ArrayList<>();
        observed.add(new Observed(look, Reading.ok(job)));
        history.ifPresent(one -> observed.add(new Observed(call, Reading.ok(one))));
        observed.add(new Observed(call, Reading.ok(after)));
        return PackageProof.of(preview, observed);
    }

    private static void fails(Proof proof, String because) {
        assertFalse(proof.succeeded(), proof.statement().en());
        assertTrue(proof.statement().en().contains(because), proof.statement().en());
        assertTrue(proof.statement().zh().startsWith("未按方案完成"), proof.statement().zh());
    }

    @Test
    void exitZeroWithEverythingAsPlannedIsASuccess() {
        Proof proof = proof(plan(UPGRADE), BEFORE, job(JobState.State.OK), AFTER);

        assertTrue(proof.succeeded(), proof.statement().en());
        assertTrue(proof.statement().en().contains("upgrade tb-app 1.0 → 1.1"));
        assertTrue(proof.statement().en().contains("running: tb-app.service"));
    }

    @Test
    void exitZeroWithAFailedScriptOfDnfIsAFailure() {
        JobState job = job(JobState.State.OK, "Error in POSTIN scriptlet in rpm package tb-app");

        fails(proof(plan(UPGRADE), BEFORE, job, AFTER), "a package's script failed: Error in");
    }

    @Test
    void aScriptThatOnlyTheHistoryFlagsIsAFailure() {
        PackageSolution plan = plan(UPGRADE);
        PackageHistoryTransactions history =
                new PackageHistoryTransactions(
                        List.of(
                                new PackageHistoryTransactions.Transaction(
                                        new HostText("7"),
                                        NOW,
                                        Optional.of(NOW),
                                        Optional.empty(),
                                        PackageHistoryTransactions.Status.PARTIAL,
                                        new HostText("upgrade tb-app"),
                                        List.of(),
                                        List.of(),
                                        Optional.of(new HostText(plan.mark())))),
                        new HostText("UTC"),
                        false,
                        NOW);

        fails(
                proof(plan, BEFORE, job(JobState.State.OK), Optional.of(history), AFTER),
                "history says that a script failed");
    }

    @Test
    void exitZeroWithTheOldVersionStillThereIsAFailure() {
        fails(
                proof(plan(UPGRADE), BEFORE, job(JobState.State.OK), BEFORE),
                "tb-app is at 1.0, planned was 1.1");
    }

    @Test
    void exitZeroWithBothVersionsThereIsAFailure() {
        PackagesState doubled = state(List.of(), "tb-app 1.0", "tb-app 1.1");

        fails(
                proof(plan(UPGRADE), BEFORE, job(JobState.State.OK), doubled),
                "tb-app is there twice");
    }

    @Test
    void exitHundredBecauseOfSomebodyElsesPackageIsASuccessWithAStatement() {
        PackagesState before = state(List.of("tb-broken: half-configured"), "tb-app 1.0");
        PackagesState after = state(List.of("tb-broken: half-configured"), "tb-app 1.1");
        JobState job =
                job(
                        JobState.State.FAILED,
                        "E: Sub-process /usr/bin/dpkg returned an error code (1)");

        Proof proof = proof(plan(UPGRADE), before, job, after);

        assertTrue(proof.succeeded(), proof.statement().en());
        assertTrue(proof.statement().en().contains("not this change's"), proof.statement().en());
        assertTrue(proof.statement().en().contains("tb-broken: half-configured"));
    }

    @Test
    void exitHundredBecauseOfOurOwnPackageIsAFailure() {
        PackagesState after = state(List.of("tb-app: half-configured"), "!tb-app 1.1");
        JobState job =
                job(
                        JobState.State.FAILED,
                        "E: Sub-process /usr/bin/dpkg returned an error code (1)");

        Proof proof = proof(plan(UPGRADE), BEFORE, job, after);

        fails(proof, "tb-app is not configured");
        fails(proof, "newly not in order: tb-app: half-configured");
        fails(proof, "E: Sub-process");
    }

    @Test
    void anErrorThatNothingExplainsIsAFailure() {
        fails(
                proof(plan(UPGRADE), BEFORE, job(JobState.State.FAILED), AFTER),
                "the package manager ended with an error");
    }

    @Test
    void exitZeroWithTheRemovedPackageStillThereIsAFailure() {
        PlannedAction removal =
                action(Operation.REMOVE, "tb-app", Optional.of("1.0"), Optional.empty());

        fails(
                proof(plan(removal), BEFORE, job(JobState.State.OK), BEFORE),
                "tb-app is still there");
        assertTrue(
                proof(plan(removal), BEFORE, job(JobState.State.OK), state(List.of())).succeeded());
    }

    @Test
    void aKeyThatWasNewlyTrustedIsAFailure() {
        PackagesState after =
                state(
                        List.of(),
                        List.of(),
                        List.of("tb-app.service"),
                        List.of("12345678-12345678"),
                        "tb-app 1.1");

        fails(
                proof(plan(UPGRADE), BEFORE, job(JobState.State.OK), after),
                "a signing key was newly trusted: 12345678-12345678");
    }

    @Test
    void aUnitThatNewlyFailedOrNoLongerRunsIsAFailure() {
        PackagesState after =
                state(List.of(), List.of("tb-app.service"), List.of(), List.of(), "tb-app 1.1");

        Proof proof = proof(plan(UPGRADE), BEFORE, job(JobState.State.OK), after);

        fails(proof, "units that failed: tb-app.service");
        fails(proof, "ran before and no longer does: tb-app.service");
    }

    @Test
    void whatHadFailedBeforeIsNoFailureOfOurs() {
        PackagesState before =
                state(
                        List.of(),
                        List.of("other.service"),
                        List.of("tb-app.service"),
                        List.of("k"),
                        "tb-app 1.0");
        PackagesState after =
                state(
                        List.of(),
                        List.of("other.service"),
                        List.of("tb-app.service"),
                        List.of("k"),
                        "tb-app 1.1");

        assertTrue(proof(plan(UPGRADE), before, job(JobState.State.OK), after).succeeded());
    }

    @Test
    void unreadPackagesProveNothing() {
        Preview preview =
                new Preview(new Platform(Family.DNF, 252, "testbed", "9"), "ops", List.of());

        assertFalse(PackageProof.of(preview, List.of()).succeeded());
    }
}
