package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PlannedAction.Operation;
import parley.tools.catalogue.packages.PlannedAction.Why;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `dnf --assumeno`: a table in sections, counted below. Never with `-q`, which hides it. Exit 1
/// means both "shown and not done" (it says *Operation aborted.*) and any error (it says *Error:*);
/// 0 that nothing is to be done; 200 that another holds the lock.
///
/// @param problem dnf's own words when it found no way
/// @param rows what it would do
/// @param notes what else a person should hear
record DnfTable(Optional<HostText> problem, List<Row> rows, List<HostText> notes) {
    private static final Pattern ROW =
            Pattern.compile(" (\\S+) +(\\S+) +(\\S+) +(\\S+) +([0-9.]{1,12}(?: [kMGTP])?) *");
    private static final Pattern REPLACING = Pattern.compile(" +replacing +(\\S+)\\.(\\S+) (\\S+)");
    private static final Pattern RULE = Pattern.compile("={20,}");
    private static final Pattern SECTION = Pattern.compile("([A-Z][A-Za-z/ ]+):");
    private static final Pattern COUNT =
            Pattern.compile(
                    "(Install|Upgrade|Remove|Downgrade|Reinstall|Skip) +(\\d{1,6}) Packages?");
    private static final Pattern NOTE =
            Pattern.compile(
                    "Package .* is already installed\\.|No match for argument: .*|Problem.*:"
                            + " .*|No packages marked for .*|Package .* of lowest version already"
                            + " installed, cannot downgrade it\\.|The same or higher version of"
                            + " .*|No security updates needed.*|Warning: .*");
    private static final Map<String, Operation> OPERATIONS =
            Map.of(
                    "Installing", Operation.INSTALL,
                    "Installing dependencies", Operation.INSTALL,
                    "Installing weak dependencies", Operation.INSTALL,
                    "Installing group/module packages", Operation.INSTALL,
                    "Upgrading", Operation.UPGRADE,
                    "Reinstalling", Operation.REINSTALL,
                    "Downgrading", Operation.DOWNGRADE,
                    "Removing", Operation.REMOVE,
                    "Removing dependent packages", Operation.REMOVE,
                    "Removing unused dependencies", Operation.REMOVE);

    /// One package of the table.
    ///
    /// @param replaced whether it goes because another takes its place
    record Row(
            Operation op,
            String section,
            String name,
            String architecture,
            String version,
            String repository,
            boolean replaced) {
        Why why() {
            if (replaced) {
                return Why.REPLACED;
            }
            return switch (section) {
                case "Installing dependencies", "Installing weak dependencies" -> Why.DEPENDENCY;
                case "Removing dependent packages" -> Why.DEPENDENT;
                case "Removing unused dependencies" -> Why.UNUSED;
                default -> Why.REQUESTED;
            };
        }
    }

    static Argv argv(List<String> words) {
        return Argv.of(
                        "dnf",
                        "-C",
                        "--setopt=exit_on_lock=True",
                        "--setopt=localpkg_gpgcheck=1",
                        "--assumeno")
                .plus(words.toArray(String[]::new))
                .asRoot()
                .within(Duration.ofMinutes(3))
                .keeping(2 * 1024 * 1024)
                .alsoReadableWhenExit(1, Dnf.LOCKED);
    }

    /// The form of [#argv] for these words.
    static RootCommand rootCommand(String words) {
        return RootCommand.of(String.join(" ", argv(List.of(words)).words()));
    }

    static DnfTable read(Capture capture) throws Unreadable {
        if (capture.exit() == Dnf.LOCKED) {
            throw new Unreadable(Dnf.busy());
        }
        Dnf.sound(capture);
        boolean aborted = capture.stderr().contains("Operation aborted.");
        if (capture.exit() == 1 && !aborted) {
            if (capture.stderr().contains("Cache-only enabled but no cache")) {
                throw new Unreadable(Dnf.noCache());
            }
            return new DnfTable(Optional.of(problem(capture)), List.of(), List.of());
        }
        List<Row> rows = new ArrayList<>();
        List<HostText> notes = new ArrayList<>();
        capture.stderr()
                .lines()
                .filter(line -> NOTE.matcher(line.strip()).matches())
                .forEach(line -> notes.add(new HostText(line.strip())));
        List<Line> lines = Lines.of(1, List.of(capture));
        int rules = 0;
        String section = "";
        long counted = 0;
        for (Line line : lines) {
            if (line.has(RULE)) {
                rules++;
            } else if (rules == 0 && NOTE.matcher(line.text().strip()).matches()) {
                notes.add(new HostText(line.text().strip()));
            } else if (rules == 2 && line.has(SECTION)) {
                section = line.match(SECTION, "a section").group(1);
            } else if (rules == 2 && line.text().startsWith(" ")) {
                row(line, section, rows, notes);
            } else if (rules == 3 && line.has(COUNT)) {
                Matcher count = line.match(COUNT, "a count");
                counted += count.group(1).equals("Skip") ? 0 : line.whole(count.group(2));
            }
        }
        boolean nothing = lines.stream().anyMatch(line -> line.text().equals("Nothing to do."));
        refuseMiscount(capture, nothing, counted, rows);
        return new DnfTable(Optional.empty(), List.copyOf(rows), List.copyOf(notes));
    }

    private static void row(Line line, String section, List<Row> rows, List<HostText> notes)
            throws Unreadable {
        Optional<Operation> op = Optional.ofNullable(OPERATIONS.get(section));
        if (op.isEmpty()) {
            // modules, groups and what is skipped: no package changes by them
            notes.add(new HostText(section + ": " + line.text().strip().replaceAll(" +", " ")));
            return;
        }
        if (line.has(REPLACING)) {
            Matcher old = line.match(REPLACING, "replacing name.arch version");
            rows.add(
                    new Row(
                            Operation.REMOVE,
                            section,
                            old.group(1),
                            old.group(2),
                            old.group(3),
                            "",
                            true));
            return;
        }
        Matcher row = line.match(ROW, "package, architecture, version, repository and size");
        rows.add(
                new Row(
                        op.get(),
                        section,
                        row.group(1),
                        row.group(2),
                        row.group(3),
                        row.group(4),
                        false));
    }

    /// As many rows as dnf counted: none was lost on the way. What is replaced is not counted.
    private static void refuseMiscount(
            Capture capture, boolean nothing, long counted, List<Row> rows) throws Unreadable {
        long listed = rows.stream().filter(row -> !row.replaced()).count();
        if (counted != listed || nothing != rows.isEmpty()) {
            String program = capture.argv().program();
            throw new Unreadable(
                    Bilingual.of(
                            "{0} counted {1} packages and listed {2}",
                            "{0} 统计了 {1} 个软件包，却列出 {2} 个", program, counted, listed));
        }
    }

    private static HostText problem(Capture capture) {
        String said =
                capture.stderr()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.equals("Error:"))
                        .filter(line -> !line.startsWith("(try to add "))
                        .limit(20)
                        .map(line -> line.replaceFirst("^Error: ", ""))
                        .collect(Collectors.joining("; "));
        return new HostText(said.isEmpty() ? "dnf: exit code " + capture.exit() : said);
    }
}
