package parley.tools.catalogue.load;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.Inspection.ProcessLimit;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The files of one process below `/proc/PID`, as one `grep` prints them, each line with its file.
record ProcessFiles(Map<String, List<Line>> files, List<String> closed) {
    private static final List<String> NAMES =
            List.of(
                    "status",
                    "cgroup",
                    "limits",
                    "io",
                    "oom_score",
                    "oom_score_adj",
                    "smaps_rollup",
                    "stack");
    private static final String OWN = "/proc/self/cgroup";
    private static final Pattern ENTRY = Pattern.compile("/proc/(?:self|\\d+)/([a-z_]+):(.*)");
    private static final Pattern CLOSED =
            Pattern.compile("grep: /proc/\\d+/(\\w+): (Permission denied|Operation not permitted)");
    private static final Pattern FIELD = Pattern.compile("(\\w+):\\s*(.*)");
    private static final Pattern KIBIBYTES = Pattern.compile("(\\d+) kB");
    private static final Pattern LIMIT =
            Pattern.compile("(\\S.*?) {2,}(\\d+|unlimited) {2,}(\\d+|unlimited)(?: +\\w+)? *");
    private static final Pattern CGROUP = Pattern.compile("\\d+:([^:]*):(/.*)");
    private static final Pattern FRAME = Pattern.compile("\\[<\\w+>\\] (.*)");

    /// It exits 2 when one of the files is closed to the user, or not there.
    static Argv command(Pid pid) {
        List<String> words = new ArrayList<>(List.of("grep", "-a", "-H", "", "--", OWN));
        NAMES.forEach(name -> words.add("/proc/" + pid + "/" + name));
        return Argv.of(words).betterAsRoot().alsoReadableWhenExit(2);
    }

    /// Only what says whose it is, which every user may read.
    static Argv ownership(Pid pid) {
        String folder = "/proc/" + pid + "/";
        return Argv.of("grep", "-a", "-H", "", "--", OWN, folder + "status", folder + "cgroup")
                .alsoReadableWhenExit(2);
    }

    static RootCommand rootCommand() {
        return RootCommand.of(
                "grep -a -H <empty> -- "
                        + OWN
                        + " "
                        + NAMES.stream()
                                .map(name -> "/proc/<number>/" + name)
                                .collect(Collectors.joining(" ")));
    }

    static ProcessFiles read(int number, List<Capture> captures) throws Unreadable {
        Map<String, List<Line>> files = new HashMap<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher entry = line.match(ENTRY, "/proc/PID/file:content");
            String name = line.text().startsWith(OWN) ? OWN : entry.group(1);
            files.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Line(line.argv(), line.capture(), line.number(), entry.group(2)));
        }
        List<String> closed = new ArrayList<>();
        for (Line error : Lines.errors(number, captures)) {
            Matcher form = CLOSED.matcher(error.text());
            if (form.matches()) {
                closed.add(form.group(1));
            }
        }
        return new ProcessFiles(files, closed);
    }

    private List<Line> lines(String file) {
        return files.getOrDefault(file, List.of());
    }

    /// Whether the process was still there.
    boolean present() {
        return !lines("status").isEmpty();
    }

    /// What stands after `name:` in `file`.
    Optional<String> field(String file, String name) throws Unreadable {
        for (Line line : lines(file)) {
            Matcher form = FIELD.matcher(line.text());
            if (form.matches() && form.group(1).equals(name)) {
                return Optional.of(form.group(2).strip());
            }
        }
        return Optional.empty();
    }

    /// An amount that `file` gives in KiB.
    Optional<Bytes> kibibytes(String file, String name) throws Unreadable {
        for (Line line : lines(file)) {
            Matcher form = FIELD.matcher(line.text());
            if (form.matches() && form.group(1).equals(name)) {
                Matcher amount = KIBIBYTES.matcher(form.group(2).strip());
                if (!amount.matches()) {
                    throw line.refused("a number of kB");
                }
                return Optional.of(line.bytes(amount.group(1), 1024));
            }
        }
        return Optional.empty();
    }

    /// A number that stands after `name:` in `file`, or is all there is in it.
    Optional<Long> number(String file, String name) throws Unreadable {
        for (Line line : lines(file)) {
            Matcher form = FIELD.matcher(line.text());
            if (name.isEmpty()) {
                return Optional.of(line.whole(line.text().strip()));
            }
            if (form.matches() && form.group(1).equals(name)) {
                return Optional.of(line.whole(form.group(2).strip()));
            }
        }
        return Optional.empty();
    }

    /// A process id of `status`; none where the kernel says 0.
    Optional<Pid> pid(String name) throws Unreadable {
        for (Line line : lines("status")) {
            Matcher form = FIELD.matcher(line.text());
            if (form.matches() && form.group(1).equals(name)) {
                String digits = form.group(2).strip();
                return digits.equals("0") ? Optional.empty() : Optional.of(line.pid(digits));
            }
        }
        return Optional.empty();
    }

    List<ProcessLimit> limits() throws Unreadable {
        List<ProcessLimit> limits = new ArrayList<>();
        for (Line line : lines("limits").stream().skip(1).toList()) {
            Matcher form = line.match(LIMIT, "a limit, in force, at most, unit");
            limits.add(
                    new ProcessLimit(
                            new HostText(form.group(1)),
                            new HostText(form.group(2)),
                            new HostText(form.group(3))));
        }
        return limits;
    }

    /// How many files it may have open; empty when as many as it likes, or it is not known.
    Optional<Long> openFilesLimit() throws Unreadable {
        for (Line line : lines("limits").stream().skip(1).toList()) {
            Matcher form = line.match(LIMIT, "a limit, in force, at most, unit");
            if (form.group(1).equals("Max open files") && !form.group(2).equals("unlimited")) {
                return Optional.of(line.whole(form.group(2)));
            }
        }
        return Optional.empty();
    }

    Optional<HostText> cgroup() throws Unreadable {
        return group("cgroup").map(HostText::new);
    }

    /// Whether it is in the session that asked: only sessions are compared, since without systemd
    /// everything is in one group.
    boolean ownSession() throws Unreadable {
        Optional<String> own = group(OWN);
        return own.filter(path -> path.endsWith(".scope")).isPresent()
                && own.equals(group("cgroup"));
    }

    /// Of version 2, else of systemd's own hierarchy.
    private Optional<String> group(String file) throws Unreadable {
        Optional<String> found = Optional.empty();
        for (Line line : lines(file)) {
            Matcher form = line.match(CGROUP, "number:controllers:path");
            boolean systemd = form.group(1).equals("name=systemd");
            if (systemd || (form.group(1).isEmpty() && found.isEmpty())) {
                found = Optional.of(form.group(2));
            }
        }
        return found;
    }

    List<HostText> stack() throws Unreadable {
        List<HostText> frames = new ArrayList<>();
        for (Line line : lines("stack")) {
            frames.add(new HostText(line.match(FRAME, "[<0>] function").group(1)));
        }
        return frames;
    }

    List<Finding.Lines> stackAt() {
        return lines("stack").stream().map(Line::at).toList();
    }

    Optional<Bilingual> gap() {
        String names = String.join(", ", closed);
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                "closed to this user: {0}; root sees them",
                                "当前用户无权查看：{0}；需要 root", names));
    }
}
