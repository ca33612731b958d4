package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PlannedAction.Operation;
import parley.tools.catalogue.packages.PlannedAction.Why;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `apt-get -s`: prose until the line that counts, then one line for each step. It says `-y`, as
/// the real run does, since apt refuses more then: held packages, downgrades, essential ones. Exit
/// 100 is an answer: it found no way, and says why.
///
/// @param problem apt's own words when it found no way
/// @param steps what it would do, before their reasons are known
/// @param notes what else a person should hear
record AptSimulation(Optional<HostText> problem, List<Step> steps, List<HostText> notes) {
    private static final Pattern INSTALL =
            Pattern.compile(
                    "Inst (\\S+)(?: \\[([^\\]]*)\\])? \\((\\S+) (.*?) \\[([^\\]]+)\\]\\)(?: .*)?");
    private static final Pattern REMOVE =
            Pattern.compile("(Remv|Purg) (\\S+)(?: \\[([^\\]]*)\\])?(?: .*)?");
    private static final Pattern COUNTS =
            Pattern.compile(
                    "(\\d{1,6}) upgraded, (\\d{1,6}) newly installed,(?: \\d{1,6}"
                            + " reinstalled,)?(?: (\\d{1,6}) downgraded,)? (\\d{1,6}) to remove and"
                            + " \\d{1,6} not upgraded\\.");
    private static final Pattern NOTE =
            Pattern.compile(
                    ".* is already the newest version .*|Skipping .*|.* set to manually"
                            + " installed\\.|WARNING: .*|W: .*");

    /// Follows the counts when the host has packages of an interrupted transaction, which apt
    /// finishes along the way.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\d{1,6} not fully installed or removed\\.");

    private static final String DOWNGRADED = "The following packages will be DOWNGRADED:";
    private static final String KEPT_BACK = "The following packages have been kept back:";
    private static final String REMOVED = "The following packages will be REMOVED:";
    private static final String UNMET = "The following packages have unmet dependencies:";
    private static final int MOST_QUOTED = 12;

    /// @param origin what apt says of where the new version comes from
    record Step(
            Operation op,
            String name,
            String architecture,
            Optional<String> from,
            Optional<String> to,
            String origin) {
        boolean isSecurity() {
            return origin.toLowerCase(java.util.Locale.ROOT).contains("security");
        }

        PlannedAction because(Why why) {
            return new PlannedAction(
                    op,
                    new HostText(name),
                    new HostText(architecture),
                    from.map(HostText::new),
                    to.map(HostText::new),
                    origin.isEmpty() ? Optional.empty() : Optional.of(new HostText(origin)),
                    why,
                    Optional.empty());
        }
    }

    static Argv argv(List<String> words) {
        return Argv.of("apt-get", "-s", "-q", "-y", "-o", "Debug::NoLocking=1")
                .plus(words.toArray(String[]::new))
                .within(Duration.ofMinutes(3))
                .keeping(2 * 1024 * 1024)
                .alsoReadableWhenExit(100);
    }

    static AptSimulation read(Capture capture, DpkgRows installed) throws Unreadable {
        Map<String, Set<String>> sections = new HashMap<>();
        List<HostText> notes = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        Optional<Line> counts = Optional.empty();
        String section = "";
        for (Line line : Lines.of(1, List.of(capture))) {
            String text = line.text();
            if (counts.isPresent() && line.has(UNFINISHED)) {
                notes.add(new HostText(text));
            } else if (counts.isPresent()) {
                step(line, installed, sections).ifPresent(steps::add);
            } else if (line.has(COUNTS)) {
                counts = Optional.of(line);
            } else if (text.startsWith("  ") && !section.equals(UNMET)) {
                sections.computeIfAbsent(section, _ -> new TreeSet<>())
                        .addAll(List.of(text.strip().split(" +")));
            } else if (!text.startsWith(" ")) {
                section = text;
                if (line.has(NOTE)) {
                    notes.add(new HostText(text));
                }
            }
        }
        if (sections.containsKey(KEPT_BACK)) {
            notes.add(new HostText("kept back: " + String.join(" ", sections.get(KEPT_BACK))));
        }
        capture.stderr()
                .lines()
                .filter(line -> line.startsWith("W: "))
                .forEach(line -> notes.add(new HostText(line)));
        if (capture.exit() != 0) {
            return new AptSimulation(
                    Optional.of(problem(capture, sections)), List.of(), List.copyOf(notes));
        }
        refuseMiscount(capture, counts, steps);
        return new AptSimulation(Optional.empty(), List.copyOf(steps), List.copyOf(notes));
    }

    private static Optional<Step> step(
            Line line, DpkgRows installed, Map<String, Set<String>> sections) throws Unreadable {
        if (line.text().startsWith("Conf ")) {
            return Optional.empty();
        }
        if (line.text().startsWith("Inst ")) {
            Matcher install = line.match(INSTALL, "Inst name [old] (new origin [arch])");
            String name = install.group(1).replaceFirst(":.*", "");
            Optional<String> from = Optional.ofNullable(install.group(2));
            boolean down = sections.getOrDefault(DOWNGRADED, Set.of()).contains(install.group(1));
            Operation op =
                    from.isEmpty()
                            ? Operation.INSTALL
                            : down
                                    ? Operation.DOWNGRADE
                                    : from.get().equals(install.group(3))
                                            ? Operation.REINSTALL
                                            : Operation.UPGRADE;
            return Optional.of(
                    new Step(
                            op,
                            name,
                            install.group(5),
                            from,
                            Optional.of(install.group(3)),
                            install.group(4)));
        }
        Matcher remove = line.match(REMOVE, "Inst, Conf, Remv or Purg");
        String[] name = remove.group(2).split(":", 2);
        String architecture =
                name.length == 2
                        ? name[1]
                        : installed.find(name[0]).map(DpkgRows.Row::architecture).orElse("");
        return Optional.of(
                new Step(
                        remove.group(1).equals("Purg") ? Operation.PURGE : Operation.REMOVE,
                        name[0],
                        architecture,
                        Optional.ofNullable(remove.group(3)).filter(text -> !text.isEmpty()),
                        Optional.empty(),
                        ""));
    }

    /// As many steps as apt counted: none was lost on the way.
    private static void refuseMiscount(Capture capture, Optional<Line> counts, List<Step> steps)
            throws Unreadable {
        if (counts.isEmpty()) {
            throw Unreadable.line(capture.argv(), 1, "a line that counts the changes", "none");
        }
        Matcher counted = counts.get().match(COUNTS, "counts");
        long installs = 0;
        for (int group = 1; group <= 3; group++) {
            String digits = Optional.ofNullable(counted.group(group)).orElse("0");
            installs += counts.get().whole(digits);
        }
        long removals = counts.get().whole(counted.group(4));
        long removed = steps.stream().filter(step -> step.op().takesAway()).count();
        long others =
                steps.stream()
                        .filter(step -> !step.op().takesAway() && step.op() != Operation.REINSTALL)
                        .count();
        if (installs != others || removals != removed) {
            throw new Unreadable(
                    Bilingual.of(
                            "apt-get counted {0} to install and {1} to remove, but listed {2} and"
                                    + " {3}",
                            "apt-get 统计安装 {0} 个、移除 {1} 个，却列出 {2} 个和 {3} 个",
                            installs,
                            removals,
                            others,
                            removed));
        }
    }

    /// What apt says is in the way: the dependencies first, then its errors.
    private static HostText problem(Capture capture, Map<String, Set<String>> sections) {
        List<String> lines = capture.lines();
        int unmet = lines.indexOf(UNMET);
        Stream<String> dependencies =
                unmet < 0
                        ? Stream.empty()
                        : lines.subList(unmet + 1, lines.size()).stream()
                                .takeWhile(line -> line.startsWith(" "))
                                .limit(MOST_QUOTED);
        Stream<String> removals =
                Optional.ofNullable(sections.get(REMOVED)).stream()
                        .map(names -> "it would remove: " + String.join(" ", names));
        Stream<String> errors = capture.stderr().lines().filter(line -> line.startsWith("E: "));
        String said =
                Stream.of(dependencies, errors, removals)
                        .flatMap(part -> part)
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .collect(Collectors.joining("; "));
        return new HostText(said.isEmpty() ? "apt-get: exit code " + capture.exit() : said);
    }
}
