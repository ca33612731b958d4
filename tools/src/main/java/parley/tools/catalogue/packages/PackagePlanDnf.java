package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PackagePlan.AdvisorySeverity;
import parley.tools.catalogue.packages.PackagePlan.Arguments;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.catalogue.services.NearestNames;
import parley.tools.read.HostTime;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.CveName;
import parley.tools.value.HostText;
import parley.tools.value.PackageVersion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// [PackagePlan] on hosts with dnf 4. Names are looked up first (`rpm -qa`, `dnf -C repoquery`), so
/// that dnf never sees one that it could read as a file, an address or a pattern. Then `dnf -C
/// --assumeno` as root, the sizes and old versions of all it names, and the running units.
///
/// Security updates use `upgrade-minimal`, which installs the build that mends the hole and not the
/// newest. `--security` beside `--sec-severity` or `--cve` would take all security updates, so only
/// one of them is given.
final class PackagePlanDnf {
    private static final int MOST_NAMED = 200;

    private PackagePlanDnf() {}

    static Reading<PackageSolution> solve(Arguments arguments, Asking asking)
            throws Asking.Unasked, Unreadable {
        Capture date = asking.ask(Argv.of("date", "+%s")).readable();
        Capture lists = asking.ask(PackageUpdatesDnf.lists()).readable();
        Solving solving =
                new Solving(
                        HostTime.ofEpoch(date.argv(), 1, date.stdout().strip()),
                        PackageUpdatesDnf.oldest(lists));
        RpmRows installed = RpmRows.installed(asking.ask(RpmRows.installedArgv()));
        boolean mustBeThere =
                arguments.op() == Operation.REMOVE || arguments.op() == Operation.UPGRADE;
        List<String> missing =
                arguments.names().stream()
                        .filter(name -> mustBeThere && installed.find(name).isEmpty())
                        .toList();
        if (!missing.isEmpty()) {
            return Reading.ok(solving.unknown(missing, near(missing, installed.names())));
        }
        return switch (arguments.op()) {
            case INSTALL, DOWNGRADE -> named(arguments, installed, solving, asking);
            case UPGRADE -> {
                List<String> words = new ArrayList<>(List.of("upgrade"));
                words.addAll(arguments.names());
                yield simulated(words, installed, solving, asking);
            }
            case REMOVE -> {
                List<String> words =
                        new ArrayList<>(
                                List.of("--setopt=clean_requirements_on_remove=False", "remove"));
                words.addAll(arguments.names());
                yield simulated(words, installed, solving, asking);
            }
            case SECURITY -> simulated(security(arguments), installed, solving, asking);
            case AUTOREMOVE -> simulated(List.of("autoremove"), installed, solving, asking);
            case UNDO -> {
                HostText id = Undoing.meant(arguments.txId(), Undoing.dnf(), solving, asking).id();
                yield simulated(List.of("history", "undo", id.value()), installed, solving, asking);
            }
        };
    }

    private static List<String> security(Arguments arguments) {
        List<String> words = new ArrayList<>(List.of("upgrade-minimal"));
        if (arguments.severity().isPresent()) {
            for (AdvisorySeverity severity : AdvisorySeverity.values()) {
                if (severity.compareTo(arguments.severity().get()) <= 0) {
                    words.add("--sec-severity=" + severity.dnf());
                }
            }
        } else if (arguments.cves().isPresent()) {
            arguments.cves().get().stream()
                    .map(CveName::value)
                    .distinct()
                    .forEach(cve -> words.add("--cve=" + cve));
        } else {
            words.add("--security");
        }
        return words;
    }

    private static Reading<PackageSolution> named(
            Arguments arguments, RpmRows installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        Capture capture = asking.ask(RpmRows.offeredArgv(arguments.names()));
        RpmRows offered = RpmRows.offered(capture);
        List<String> unknown =
                arguments.names().stream().filter(name -> offered.named(name).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            TreeSet<String> known = installed.names();
            Capture names =
                    asking.ask(
                            Dnf.cached(
                                    "repoquery",
                                    "--available",
                                    "--qf",
                                    "%{name}",
                                    "--",
                                    unknown.getFirst().substring(0, 2) + "*"));
            Lines.whole(1, List.of(names)).forEach(line -> known.add(line.text().strip()));
            return Reading.ok(solving.unknown(unknown, near(unknown, known)));
        }
        List<String> words = new ArrayList<>();
        for (String name : arguments.names()) {
            Optional<RpmRows.Row> present = installed.find(name);
            Optional<RpmRows.Row> chosen = chosen(arguments, name, present, offered);
            boolean versioned =
                    arguments.version().isPresent() || arguments.op() == Operation.DOWNGRADE;
            if (versioned && chosen.isEmpty()) {
                return Reading.ok(
                        solving.unsolvable(noVersion(arguments, name), versions(offered, name)));
            }
            boolean down =
                    chosen.isPresent()
                            && present.isPresent()
                            && chosen.get().version().compareTo(present.get().version()) < 0;
            if (versioned && down && arguments.op() == Operation.INSTALL) {
                return Reading.ok(
                        solving.unsolvable(
                                older(present.get(), chosen.get()), versions(offered, name)));
            }
            String verb = versioned && down ? "downgrade" : "install";
            if (words.isEmpty()) {
                words.add(verb);
            }
            words.add(
                    versioned
                            ? name + "-" + checked(capture, chosen.orElseThrow().version().text())
                            : name);
        }
        return simulated(words, installed, solving, asking);
    }

    /// The build that the words mean: of the version asked for the newest, else, for a downgrade,
    /// the newest that is older than the one installed.
    private static Optional<RpmRows.Row> chosen(
            Arguments arguments, String name, Optional<RpmRows.Row> present, RpmRows offered) {
        return offered.named(name).stream()
                .filter(row ->
                        arguments
                                .version()
                                .map(wanted -> matches(row.version(), wanted))
                                .orElse(
                                        present.isEmpty()
                                                || row.version().compareTo(present.get().version())
                                                        < 0))
                .max((one, other) -> one.version().compareTo(other.version()));
    }

    /// `2.4`, `2.4-3` and `1:2.4-3` may all mean the same build.
    private static boolean matches(RpmVersion version, PackageVersion wanted) {
        return Set.of(
                        version.version(),
                        version.version() + "-" + version.release(),
                        version.text())
                .contains(wanted.value());
    }

    private static HostText noVersion(Arguments arguments, String name) {
        return new HostText(
                arguments
                        .version()
                        .map(version -> "no repository offers " + name + " " + version)
                        .orElse("no repository offers an older " + name));
    }

    private static HostText older(RpmRows.Row present, RpmRows.Row chosen) {
        return new HostText(
                present.name()
                        + " "
                        + present.version().text()
                        + " is installed, which is newer than "
                        + chosen.version().text());
    }

    private static List<HostText> versions(RpmRows offered, String name) {
        return offered.named(name).stream()
                .map(row -> name + " " + row.version().text())
                .distinct()
                .map(HostText::new)
                .toList();
    }

    static String checked(Capture capture, String version) throws Unreadable {
        return Words.of(capture.argv(), () -> new PackageVersion(version).value(), version);
    }

    private static List<String> near(List<String> unknown, Set<String> known) {
        return unknown.stream()
                .flatMap(name -> NearestNames.of(name, known).stream())
                .filter(name -> !unknown.contains(name))
                .distinct()
                .toList();
    }

    /// Solves these words and looks at what they would touch.
    static Reading<PackageSolution> simulated(
            List<String> words, RpmRows installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        solving.words(words);
        DnfTable table = DnfTable.read(asking.ask(DnfTable.argv(words)));
        solving.note(table.notes());
        if (table.problem().isPresent()) {
            return Reading.ok(solving.unsolvable(table.problem().get(), List.of()));
        }
        if (table.rows().isEmpty()) {
            return Reading.of(solving.solved(), true, List.of());
        }
        List<Bilingual> gaps = new ArrayList<>();
        List<String> names =
                table.rows().stream().map(DnfTable.Row::name).distinct().sorted().toList();
        if (names.size() > MOST_NAMED) {
            gaps.add(PackagePlanApt.notAllLookedUp(names.size()));
        }
        List<String> asked = names.stream().limit(MOST_NAMED).toList();
        RpmRows offered = RpmRows.offered(asking.ask(RpmRows.offeredArgv(asked)));
        List<PlannedAction> actions = new ArrayList<>();
        for (DnfTable.Row row : table.rows()) {
            actions.add(action(row, installed, offered, asked));
        }
        solving.actions(actions);
        sizes(solving, installed, offered, names.size() == asked.size());
        solving.running(RunningUnits.ofRpm(solving.present(), asking));
        return Reading.of(solving.solved(), gaps);
    }

    private static PlannedAction action(
            DnfTable.Row row, RpmRows installed, RpmRows offered, List<String> asked) {
        boolean gone = row.op().takesAway();
        boolean replaces =
                row.op() == PlannedAction.Operation.UPGRADE
                        || row.op() == PlannedAction.Operation.DOWNGRADE
                        || row.op() == PlannedAction.Operation.REINSTALL;
        Optional<String> from =
                gone
                        ? Optional.of(row.version())
                        : replaces ? present(row, installed) : Optional.empty();
        Optional<Boolean> wayBack =
                from.filter(_ -> asked.contains(row.name()))
                        .map(version ->
                                offered.rows().stream()
                                        .anyMatch(one ->
                                                one.name().equals(row.name())
                                                        && one.version().text().equals(version)));
        return new PlannedAction(
                row.op(),
                new HostText(row.name()),
                new HostText(row.architecture()),
                from.map(HostText::new),
                gone ? Optional.empty() : Optional.of(new HostText(row.version())),
                gone || row.repository().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new HostText(row.repository())),
                row.why(),
                wayBack);
    }

    private static Optional<String> present(DnfTable.Row row, RpmRows installed) {
        return installed.named(row.name()).stream()
                .filter(one -> one.architecture().equals(row.architecture()))
                .findFirst()
                .or(() -> installed.find(row.name()))
                .map(one -> one.version().text());
    }

    /// What the builds named weigh, from the repositories and the rpm database.
    private static void sizes(
            Solving solving, RpmRows installed, RpmRows offered, boolean complete) {
        long download = 0;
        long disk = 0;
        for (PlannedAction action : solving.actions()) {
            Optional<RpmRows.Row> comes =
                    action.to().flatMap(to -> row(offered, action, to.value()));
            Optional<RpmRows.Row> goes =
                    action.from().flatMap(from -> row(installed, action, from.value()));
            download = saturated(download, comes.map(RpmRows.Row::download).orElse(0L));
            disk = saturated(disk, comes.map(RpmRows.Row::size).orElse(0L));
            disk = saturated(disk, -goes.map(RpmRows.Row::size).orElse(0L));
        }
        if (complete) {
            solving.sizes(new Bytes(Math.max(0, download)), Optional.of(disk), List.of());
        }
    }

    /// A host that prints absurd sizes gets an absurd sum, never a wrong sign.
    private static long saturated(long sum, long more) {
        long result = sum + more;
        boolean overflow = ((sum ^ result) & (more ^ result)) < 0;
        return overflow ? (more > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : result;
    }

    private static Optional<RpmRows.Row> row(RpmRows rows, PlannedAction action, String version) {
        return rows.rows().stream()
                .filter(row ->
                        row.is(action.name().value(), version, action.architecture().value()))
                .findFirst();
    }
}
