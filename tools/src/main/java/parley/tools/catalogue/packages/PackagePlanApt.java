package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.AptSimulation.Step;
import parley.tools.catalogue.packages.PackagePlan.Arguments;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.catalogue.packages.PlannedAction.Why;
import parley.tools.catalogue.services.NearestNames;
import parley.tools.read.HostTime;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;
import parley.tools.value.PackageVersion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// [PackagePlan] on Debian and its kin. Names are looked up first (`dpkg-query`, `apt-cache
/// policy`), so that apt never sees one that it could read as something else; versions are named,
/// so that the real run cannot choose others. Then `apt-get -s`, the package files with
/// `--print-uris`, the old versions with `apt-cache policy`, and the running units.
///
/// Security updates are those whose origin says so; apt knows neither severities nor CVEs.
final class PackagePlanApt {
    /// The most packages whose names stand in one command.
    static final int MOST_NAMED = 200;

    private PackagePlanApt() {}

    static Reading<PackageSolution> solve(Arguments arguments, Asking asking)
            throws Asking.Unasked, Unreadable {
        Capture date = asking.ask(Argv.of("date", "+%s")).readable();
        Capture lists = asking.ask(PackageUpdatesApt.lists()).readable();
        Solving solving =
                new Solving(
                        HostTime.ofEpoch(date.argv(), 1, date.stdout().strip()),
                        PackageUpdatesApt.newest(lists));
        DpkgRows installed = DpkgRows.read(asking.ask(DpkgRows.argv()));
        List<String> unknown = unknown(arguments, installed);
        if (!unknown.isEmpty()) {
            List<String> near = near(unknown, installed.names());
            return Reading.ok(solving.unknown(unknown, near));
        }
        return switch (arguments.op()) {
            case INSTALL, DOWNGRADE -> named(arguments, installed, solving, asking);
            case UPGRADE ->
                    arguments.names().isEmpty()
                            ? simulated(
                                    List.of("upgrade", "--with-new-pkgs"),
                                    arguments,
                                    installed,
                                    solving,
                                    asking)
                            : named(arguments, installed, solving, asking);
            case REMOVE -> {
                List<String> words =
                        new ArrayList<>(List.of(arguments.purges() ? "purge" : "remove"));
                words.addAll(arguments.names());
                yield simulated(words, arguments, installed, solving, asking);
            }
            case SECURITY -> security(arguments, installed, solving, asking);
            case AUTOREMOVE ->
                    simulated(List.of("autoremove"), arguments, installed, solving, asking);
            case UNDO -> undo(arguments, installed, solving, asking);
        };
    }

    /// What must be on the host and is not.
    private static List<String> unknown(Arguments arguments, DpkgRows installed) {
        boolean mustBeThere =
                arguments.op() == Operation.REMOVE || arguments.op() == Operation.UPGRADE;
        return mustBeThere
                ? arguments.names().stream()
                        .filter(name -> installed.find(name).isEmpty())
                        .filter(name -> !(arguments.purges() && installed.hasConfiguration(name)))
                        .toList()
                : List.of();
    }

    private static Reading<PackageSolution> named(
            Arguments arguments, DpkgRows installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        Capture policy = asking.ask(AptPolicy.of(arguments.names()));
        List<String> unknown = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of("install", "--no-remove"));
        if (arguments.op() == Operation.UPGRADE) {
            words.add("--only-upgrade");
        } else if (arguments.op() == Operation.DOWNGRADE) {
            words.add("--allow-downgrades");
        }
        for (String name : arguments.names()) {
            Optional<String> version = version(arguments, installed, policy, name);
            if (version.isPresent()) {
                words.add(name + "=" + checked(policy.argv(), version.get()));
            } else {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            return nothingOffered(unknown, installed, solving, asking);
        }
        return simulated(words, arguments, installed, solving, asking);
    }

    /// The version that the words mean, whether apt has it or not; empty where it has none at all.
    private static Optional<String> version(
            Arguments arguments, DpkgRows installed, Capture policy, String name)
            throws Unreadable {
        if (arguments.version().isPresent() && !AptPolicy.offers(policy, name).isEmpty()) {
            return arguments.version().map(PackageVersion::value);
        }
        Optional<AptVersion> present =
                installed.find(name).map(row -> new AptVersion(row.version()));
        if (arguments.op() == Operation.DOWNGRADE && present.isPresent()) {
            return AptPolicy.offers(policy, name).stream()
                    .map(offer -> new AptVersion(offer.version().value()))
                    .filter(offered -> offered.compareTo(present.get()) < 0)
                    .max(AptVersion::compareTo)
                    .map(AptVersion::text);
        }
        return AptPolicy.candidate(policy, name).map(HostText::value);
    }

    /// A version that a host printed goes into a command only when it is one.
    static String checked(Argv source, String version) throws Unreadable {
        return Words.of(source, () -> new PackageVersion(version).value(), version);
    }

    static String checkedName(Argv source, String name) throws Unreadable {
        return Words.of(source, () -> new PackageName(name).value(), name);
    }

    private static Reading<PackageSolution> nothingOffered(
            List<String> unknown, DpkgRows installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        if (!AptPolicy.hasLists(asking.ask(AptPolicy.sources()))) {
            throw new Unreadable(AptPolicy.noLists());
        }
        TreeSet<String> known = installed.names();
        for (String name : unknown.subList(0, 1)) {
            Capture names =
                    asking.ask(
                            Argv.of("apt-cache", "pkgnames", "--", name.substring(0, 2))
                                    .keeping(1024 * 1024));
            Lines.whole(1, List.of(names)).forEach(line -> known.add(line.text().strip()));
        }
        return Reading.ok(solving.unknown(unknown, near(unknown, known)));
    }

    private static List<String> near(List<String> unknown, Set<String> known) {
        return unknown.stream()
                .flatMap(name -> NearestNames.of(name, known).stream())
                .filter(name -> !unknown.contains(name))
                .distinct()
                .toList();
    }

    private static Reading<PackageSolution> security(
            Arguments arguments, DpkgRows installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        Capture capture = asking.ask(AptSimulation.argv(List.of("upgrade", "--with-new-pkgs")));
        AptSimulation all = AptSimulation.read(capture, installed);
        if (all.problem().isPresent()) {
            return Reading.ok(solving.unsolvable(all.problem().get(), List.of()));
        }
        List<String> words = new ArrayList<>(List.of("install", "--no-remove", "--only-upgrade"));
        for (Step step : all.steps()) {
            if (step.isSecurity() && step.from().isPresent() && step.to().isPresent()) {
                words.add(
                        checkedName(capture.argv(), step.name())
                                + "="
                                + checked(capture.argv(), step.to().get()));
            }
        }
        if (words.size() > MOST_NAMED) {
            throw new Unreadable(
                    Bilingual.of(
                            "more than {0} security updates: too many to name in one command;"
                                    + " upgrade everything instead",
                            "安全更新超过 {0} 个，一条命令写不下；请改为全部升级", MOST_NAMED));
        }
        if (words.size() == 3) {
            solving.note(all.notes());
            solving.sizes(new Bytes(0), Optional.empty(), List.of());
            return Reading.of(solving.solved(), true, List.of());
        }
        return simulated(words, arguments, installed, solving, asking);
    }

    private static Reading<PackageSolution> undo(
            Arguments arguments, DpkgRows installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        PackageHistoryTransactions.Transaction meant =
                Undoing.meant(arguments.txId(), Undoing.apt(), solving, asking);
        Undoing.Inverse inverse = Undoing.inverse(meant, installed);
        return inverse.names().isEmpty()
                ? Reading.of(solving.solved(), true, List.of())
                : simulated(
                        inverse.words(),
                        Operation.UNDO,
                        inverse.names(),
                        installed,
                        solving,
                        asking);
    }

    private static Reading<PackageSolution> simulated(
            List<String> words,
            Arguments arguments,
            DpkgRows installed,
            Solving solving,
            Asking asking)
            throws Asking.Unasked, Unreadable {
        return simulated(
                words, arguments.op(), Set.copyOf(arguments.names()), installed, solving, asking);
    }

    /// Solves these words and looks at what they would touch.
    private static Reading<PackageSolution> simulated(
            List<String> words,
            Operation op,
            Set<String> named,
            DpkgRows installed,
            Solving solving,
            Asking asking)
            throws Asking.Unasked, Unreadable {
        solving.words(words);
        AptSimulation solved = AptSimulation.read(asking.ask(AptSimulation.argv(words)), installed);
        solving.note(solved.notes());
        if (solved.problem().isPresent()) {
            return Reading.ok(solving.unsolvable(solved.problem().get(), List.of()));
        }
        solving.actions(
                solved.steps().stream().map(step -> step.because(why(step, op, named))).toList());
        if (solved.steps().isEmpty()) {
            return Reading.of(solving.solved(), true, List.of());
        }
        AptArchives archives = AptArchives.read(asking.ask(AptArchives.argv(words)));
        solving.sizes(archives.download(), archives.diskDelta(), archives.files());
        List<Bilingual> gaps = new ArrayList<>();
        wayBack(solving, asking, gaps);
        solving.running(RunningUnits.ofDpkg(solving.present(), asking));
        return Reading.of(solving.solved(), gaps);
    }

    private static Why why(Step step, Operation op, Set<String> named) {
        if (named.contains(step.name())) {
            return Why.REQUESTED;
        }
        if (step.op().takesAway()) {
            return switch (op) {
                case REMOVE, UNDO -> Why.DEPENDENT;
                case AUTOREMOVE -> Why.UNUSED;
                case INSTALL, UPGRADE, DOWNGRADE, SECURITY -> Why.REPLACED;
            };
        }
        boolean everything = named.isEmpty() && step.from().isPresent();
        return everything ? Why.REQUESTED : Why.DEPENDENCY;
    }

    /// Asks whether the versions that are there now are still offered.
    private static void wayBack(Solving solving, Asking asking, List<Bilingual> gaps)
            throws Asking.Unasked, Unreadable {
        List<String> names = List.copyOf(solving.present());
        if (names.isEmpty()) {
            return;
        }
        List<String> asked = names.stream().limit(MOST_NAMED).toList();
        if (asked.size() < names.size()) {
            gaps.add(notAllLookedUp(names.size()));
        }
        Capture policy = asking.ask(AptPolicy.of(asked));
        List<PlannedAction> known = new ArrayList<>();
        for (PlannedAction action : solving.actions()) {
            boolean looked = action.from().isPresent() && asked.contains(action.name().value());
            known.add(
                    looked
                            ? action.withWayBack(
                                    Optional.of(
                                            AptPolicy.offers(policy, action.name().value()).stream()
                                                    .anyMatch(offer ->
                                                            action.from()
                                                                    .filter(offer.version()::equals)
                                                                    .isPresent())))
                            : action);
        }
        solving.actions(known);
    }

    static Bilingual notAllLookedUp(int touched) {
        return Bilingual.of(
                "of {0} packages only the first {1} were looked up: whether the old versions of the"
                        + " others are still offered is unknown",
                "共 {0} 个软件包，只查询了前 {1} 个：其余的旧版本是否仍可用未知", touched, MOST_NAMED);
    }
}
