package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Change;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Following;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.jobs.Started;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What all changes of packages have in common: they are solved first by [PackagePlan], and exactly
/// that plan is carried out, as one detached transaction, solved again right before it and compared
/// by its hash. Afterwards the packages themselves are looked at.
///
/// Commands: `systemd-run` with `apt-get` or `dnf` and the very words of the plan. The manager's
/// exit code is never the answer: dnf ends with 0 after a failed script, apt with 100 when somebody
/// else's package is broken.
public abstract class PackageChange<A extends Record> implements Change<A, Started> {
    /// How far back our own transaction is looked for in the history, right after its end.
    private static final long LOOKED_THROUGH = 1;

    /// What is to be solved.
    abstract PackagePlan.Arguments plan(A arguments);

    @Override
    public List<RootCommand> rootCommands() {
        return ManagerWords.rootCommands();
    }

    @Override
    public List<Call<?>> preview(A arguments) {
        List<Call<?>> calls = new ArrayList<>(again(arguments));
        calls.addAll(Transaction.preview());
        calls.add(new Call<>(new PackageLockStatus(), new PackageLockStatus.Arguments()));
        calls.add(new Call<>(new PackageCheck(), new PackageCheck.Arguments(Optional.empty())));
        return List.copyOf(calls);
    }

    @Override
    public Impact impact(A arguments, Preview preview) {
        return PackageImpact.of(risk(arguments), plan(arguments), preview);
    }

    @Override
    public List<Argv> commands(A arguments, Preview preview) {
        return preview.find(PackageSolution.class)
                .filter(solution -> !solution.actions().isEmpty())
                .map(solution ->
                        Transaction.commands(
                                preview,
                                said(arguments),
                                ManagerWords.environment(preview.family()),
                                ManagerWords.of(preview.family(), solution)))
                .orElse(List.of());
    }

    /// What it does, for people who see the transaction on the host.
    private String said(A arguments) {
        PackagePlan.Arguments plan = plan(arguments);
        String names = String.join(" ", plan.names());
        return name() + (names.isEmpty() ? "" : " " + names);
    }

    @Override
    public List<Call<?>> again(A arguments) {
        return List.of(new Call<>(new PackagePlan(), plan(arguments)));
    }

    @Override
    public Optional<Bilingual> drift(A arguments, Preview approved, List<Observed> now) {
        return PlanDrift.of(
                approved.find(PackageSolution.class), Observed.find(now, PackageSolution.class));
    }

    @Override
    public Optional<Following> following(A arguments) {
        return Optional.of(new PackageFollowing(Transaction.following()));
    }

    @Override
    public Undo undo(A arguments, Preview preview) {
        return WayBack.of(preview.find(PackageSolution.class));
    }

    @Override
    public List<Call<?>> checks(A arguments, Preview preview) {
        TreeSet<String> names = new TreeSet<>();
        preview.find(PackageSolution.class)
                .ifPresent(solution ->
                        solution.actions().forEach(one -> names.add(one.name().value())));
        List<PackageName> valid = names.stream().flatMap(name -> name(name).stream()).toList();
        return List.of(
                new Call<>(
                        new PackageHistory(),
                        new PackageHistory.Arguments(
                                Optional.of(new Count(LOOKED_THROUGH)), Optional.empty())),
                new Call<>(new PackageCheck(), new PackageCheck.Arguments(Optional.of(valid))));
    }

    /// A host may call a package what no argument may be; the proof then says that it was not seen.
    private static Optional<PackageName> name(String text) {
        try {
            return Optional.of(new PackageName(text));
        } catch (BadValue notAName) {
            return Optional.empty();
        }
    }

    @Override
    public Proof proof(A arguments, Preview preview, List<Observed> after) {
        return PackageProof.of(preview, after);
    }

    @Override
    public Reading<Started> read(A arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return Reading.ok(Transaction.read(captures));
    }

    @Override
    public List<Finding> findings(A arguments, Reading<Started> reading) {
        return List.of(
                Finding.of(
                        Severity.NOTICE, "started as {0}", "已作为 {0} 启动", reading.value().unit()));
    }
}
