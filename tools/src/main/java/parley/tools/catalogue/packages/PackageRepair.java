package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Following;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.jobs.Started;
import parley.tools.catalogue.jobs.Transaction;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finishes or cleans up a package transaction that was interrupted, one step at a time.
///
/// Command: `dpkg --configure -a`, `apt-get -f install`, `dnf remove --duplicates` or `rpm
/// --rebuilddb` (after a copy of the database), each as a transaction of its own. None of their
/// exit codes proves anything: the packages are read again afterwards. Forcing is not repairing, so
/// a script that keeps failing is named and left to people.
public final class PackageRepair implements Change<PackageRepair.Arguments, Started> {
    /// What is mended.
    public enum Step {
        /// What the packages need most, by their state.
        AUTO,
        /// Finish what is unpacked and not configured (apt).
        CONFIGURE,
        /// Install or remove what unmet dependencies need (apt).
        FIX_DEPS,
        /// Remove the older of two versions (dnf).
        DEDUPE,
        /// Rebuild the indexes of rpm's database (dnf).
        REBUILD_DB
    }

    public record Arguments(
            @Means(en = "what to mend; by the packages' state unless said", zh = "修复哪一步；缺省按软件包状态决定")
                    Optional<Step> step) {
        Step wanted() {
            return step.orElse(Step.AUTO);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "package.repair",
                "packages",
                Bilingual.of("Repair an interrupted package transaction", "修复中断的软件包操作"),
                Risk.CHANGE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("repair the packages on web-1", "修复 web-1 的软件包"),
                        Bilingual.of("fix dpkg on lb-1", "修一下 lb-1 的 dpkg"),
                        Bilingual.of(
                                "fix the half-configured packages on db-1", "修复 db-1 上配置到一半的软件包")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return RepairStep.rootCommands();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Risk risk(Arguments arguments) {
        return arguments.wanted() == Step.REBUILD_DB ? Risk.DISRUPTIVE : Risk.CHANGE;
    }

    private static Call<?> look() {
        return new Call<>(new PackageRepairPlan(), new PackageRepairPlan.Arguments());
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        List<Call<?>> calls = new ArrayList<>(Transaction.preview());
        calls.add(look());
        return calls;
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        Optional<RepairNeeds> read = preview.find(RepairNeeds.class);
        List<Bilingual> obstacles = new ArrayList<>(Transaction.obstacle(preview));
        if (read.isEmpty()) {
            obstacles.add(Bilingual.of("the packages' state could not be read", "读不到软件包的状态"));
            return new Impact(risk(arguments), Set.of(), Set.of(), Set.of(), List.of(), obstacles);
        }
        RepairNeeds needs = read.get();
        RepairStep.Choice choice = RepairStep.choose(arguments.wanted(), preview.family(), needs);
        choice.obstacle().ifPresent(obstacles::add);
        List<Bilingual> lines = new ArrayList<>(RepairWords.all(needs));
        Risk risk = risk(arguments);
        Set<String> removed = Set.of();
        Set<String> objects = Set.of();
        if (choice.step().isPresent()) {
            Step step = choice.step().get();
            lines.add(RepairStep.says(step, needs));
            objects = RepairStep.objects(step, needs);
            removed = RepairStep.removed(step, needs);
            if (step == Step.REBUILD_DB || !removed.isEmpty()) {
                risk = Risk.DISRUPTIVE;
            }
        }
        return new Impact(risk, objects, Set.of(), removed, lines, obstacles);
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        Optional<RepairNeeds> needs = preview.find(RepairNeeds.class);
        Optional<Step> step =
                needs.flatMap(found ->
                        RepairStep.choose(arguments.wanted(), preview.family(), found).step());
        return step.isEmpty()
                ? List.of()
                : RepairStep.commands(step.get(), needs.orElseThrow(), preview);
    }

    @Override
    public List<Call<?>> again(Arguments arguments) {
        return List.of(look());
    }

    @Override
    public Optional<Bilingual> drift(Arguments arguments, Preview approved, List<Observed> now) {
        Optional<RepairNeeds> before = approved.find(RepairNeeds.class);
        Optional<RepairNeeds> after = Observed.find(now, RepairNeeds.class);
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                "the packages are in another state than the one that was shown",
                                "软件包的状态与当时展示的已不同"));
    }

    @Override
    public Optional<Following> following(Arguments arguments) {
        return Optional.of(Transaction.following());
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        Optional<RepairNeeds> needs = preview.find(RepairNeeds.class);
        Optional<Step> step =
                needs.flatMap(found ->
                        RepairStep.choose(arguments.wanted(), preview.family(), found).step());
        return step.isEmpty()
                ? Undo.impossible(Bilingual.of("nothing would be changed", "不会有任何改变"))
                : RepairStep.undo(step.get(), needs.orElseThrow());
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look());
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        Optional<RepairNeeds> now = Observed.find(after, RepairNeeds.class);
        if (now.isEmpty()) {
            return new Proof(
                    false,
                    Bilingual.of("the packages' state was not read afterwards", "操作之后没有读到软件包的状态"));
        }
        if (now.get().isSound()) {
            return new Proof(true, Bilingual.of("no package needs repair any more", "已没有需要修复的软件包"));
        }
        List<Bilingual> left = RepairWords.all(now.get());
        String scripts =
                Transaction.state(after).stream()
                        .flatMap(state -> state.said().stream())
                        .map(HostText::value)
                        .limit(3)
                        .collect(Collectors.joining("; "));
        String said = scripts.isEmpty() ? "" : " (" + scripts + ")";
        return new Proof(
                false,
                Bilingual.of(
                        "still: "
                                + left.stream().map(Bilingual::en).collect(Collectors.joining("; "))
                                + said,
                        "仍有问题："
                                + left.stream().map(Bilingual::zh).collect(Collectors.joining("；"))
                                + said));
    }

    @Override
    public Reading<Started> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return Reading.ok(Transaction.read(captures));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Started> reading) {
        return List.of(
                Finding.of(
                        Severity.NOTICE,
                        "the repair was started as {0}",
                        "修复已作为 {0} 启动",
                        reading.value().unit()));
    }
}
