package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.RepairNeeds.Action;
import parley.tools.catalogue.packages.RepairNeeds.Broken;
import parley.tools.catalogue.packages.RepairNeeds.Fix;
import parley.tools.catalogue.packages.RepairNeeds.Flaw;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageRepairPlan] with apt. The simulation asks for nothing, so whatever it would install or
/// remove is a correction of dependencies; packages that only lack their configuration are `Conf`
/// lines of their own. Exit 100 means that apt finds no correction.
final class PackageRepairApt {
    private static final Pattern STEP =
            Pattern.compile("(Inst|Conf|Remv|Purg) (\\S+) (?:\\[([^]]*)\\] ?)?(?:\\((\\S*).*)?.*");

    private PackageRepairApt() {}

    private static Argv states() {
        return Argv.of(
                        "dpkg-query",
                        "-W",
                        "-f=${binary:Package}|${Version}|${db:Status-Abbrev}|\\n")
                .keeping(4L * 1024 * 1024);
    }

    private static Argv simulate() {
        return Argv.of("apt-get", "-s", "-q", "-o", "Debug::NoLocking=1", "-f", "install")
                .within(Duration.ofMinutes(1))
                .alsoReadableWhenExit(100);
    }

    static Next next(List<Capture> soFar) {
        return Next.sequence(soFar, states(), simulate());
    }

    static Reading<RepairNeeds> read(List<Capture> captures) throws Unreadable {
        List<Broken> broken = broken(captures.getFirst());
        Capture simulation = captures.get(1).readable();
        List<Fix> fixes = fixes(simulation);
        boolean corrects =
                simulation.lines().stream()
                        .anyMatch(line -> line.startsWith("Correcting dependencies"));
        List<HostText> unmet = new ArrayList<>();
        Optional<HostText> refusal = Optional.empty();
        if (simulation.exit() != 0) {
            refusal =
                    simulation
                            .stderr()
                            .lines()
                            .filter(line -> line.startsWith("E: "))
                            .map(HostText::new)
                            .findFirst();
            if (refusal.isEmpty()) {
                throw Unreadable.line(simulation.argv(), 1, "an error that says why", "none");
            }
            unmet.add(refusal.get());
        } else if (corrects) {
            fixes.stream()
                    .filter(fix -> fix.action() != Action.CONFIGURE)
                    .map(fix -> new HostText(fix.name() + " " + fix.version()))
                    .forEach(unmet::add);
        }
        RepairNeeds needs =
                new RepairNeeds(
                        broken,
                        unmet,
                        List.of(),
                        Optional.empty(),
                        fixes,
                        refusal,
                        Optional.empty());
        return Reading.of(needs, needs.isSound(), List.of());
    }

    private static List<Broken> broken(Capture states) throws Unreadable {
        List<Broken> broken = new ArrayList<>();
        List<String> lines = WholeLines.of(states.readable());
        boolean whole = false;
        for (int index = 0; index < lines.size(); index++) {
            String[] row = lines.get(index).split("\\|", -1);
            if (row.length != 4 || row[2].length() < 2) {
                throw Unreadable.line(
                        states.argv(), index + 1, "package|version|state|", lines.get(index));
            }
            whole |= row[2].charAt(1) == 'i';
            Optional<Flaw> flaw = flaw(row[2]);
            if (flaw.isPresent()) {
                broken.add(new Broken(new HostText(row[0]), new HostText(row[1]), flaw.get()));
            }
        }
        if (!whole) {
            throw Unreadable.line(states.argv(), 1, "an installed package", "none");
        }
        return broken;
    }

    /// dpkg's three letters: what is wanted, what is there, and whether it must be reinstalled.
    private static Optional<Flaw> flaw(String letters) {
        if (letters.length() > 2 && letters.charAt(2) == 'R') {
            return Optional.of(Flaw.MUST_BE_REINSTALLED);
        }
        return switch (letters.charAt(1)) {
            case 'U' -> Optional.of(Flaw.UNPACKED);
            case 'F' -> Optional.of(Flaw.HALF_CONFIGURED);
            case 'H' -> Optional.of(Flaw.HALF_INSTALLED);
            case 'W' -> Optional.of(Flaw.TRIGGERS_AWAITED);
            case 't' -> Optional.of(Flaw.TRIGGERS_PENDING);
            default -> Optional.empty();
        };
    }

    private static List<Fix> fixes(Capture simulation) throws Unreadable {
        List<Fix> fixes = new ArrayList<>();
        List<String> lines = WholeLines.of(simulation);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (!line.matches("(Inst|Conf|Remv|Purg) .*")) {
                continue;
            }
            Matcher step = STEP.matcher(line);
            if (!step.matches()) {
                throw Unreadable.line(simulation.argv(), index + 1, "Inst name (version", line);
            }
            Action action =
                    switch (step.group(1)) {
                        case "Inst" -> Action.INSTALL;
                        case "Conf" -> Action.CONFIGURE;
                        default -> Action.REMOVE;
                    };
            String version =
                    Optional.ofNullable(step.group(4))
                            .or(() -> Optional.ofNullable(step.group(3)))
                            .orElse("");
            fixes.add(new Fix(action, new HostText(step.group(2)), new HostText(version)));
        }
        return fixes;
    }
}
