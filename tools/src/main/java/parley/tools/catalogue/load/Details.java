package parley.tools.catalogue.load;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.read.Secrets;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is shown of the processes chosen: one `ps` of them, and one or two looks at
/// `/proc/PID/stat`.
final class Details {
    private static final String COLUMNS = "pid,user:32,s,nlwp,rss,etimes,wchan:32,unit:255,args";
    private static final int MOST_SHOWN = 200;
    private static final String UPTIME = "/proc/uptime";

    /// The kernel's own unit of processor time towards programs; the same on every Linux we reach.
    private static final double TICKS_PER_SECOND = 100;

    private static final Pattern AT = Pattern.compile("/proc/uptime:(\\d+\\.\\d+) \\d+\\.\\d+");
    private static final Pattern STAT =
            Pattern.compile("/proc/(\\d+)/stat:\\d+ \\(.*\\) (\\S [-\\d ]+)");
    private static final Pattern ENDED =
            Pattern.compile("grep: /proc/\\d+/stat: No such (file or directory|process)");

    /// Places in `/proc/PID/stat` after the name, the state being 0.
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final int START = 19;

    private final Map<Pid, Line> table;
    private final List<Look> looks;

    private Details(Map<Pid, Line> table, List<Look> looks) {
        this.table = table;
        this.looks = looks;
    }

    private record Times(long start, long spent) {}

    private record Look(double uptime, Map<Pid, Times> times) {}

    /// It exits 1 when none of them is left.
    static Argv ps(List<Pid> chosen) {
        String list = chosen.stream().map(Pid::toString).collect(Collectors.joining(","));
        return Argv.of("ps", "-ww", "-o", COLUMNS, "--no-headers", "-p", list)
                .alsoReadableWhenExit(1);
    }

    /// It exits 2 when one of them is gone.
    static Argv stat(List<Pid> chosen) {
        List<String> words = new ArrayList<>(List.of("grep", "-a", "-H", "", UPTIME));
        chosen.forEach(pid -> words.add("/proc/" + pid + "/stat"));
        return Argv.of(words).alsoReadableWhenExit(2);
    }

    /// Reads the captures from number `first` on.
    static Details read(int first, List<Capture> captures) throws Unreadable {
        Map<Pid, Line> table = new HashMap<>();
        for (Line line : Lines.of(first, captures)) {
            table.put(line.pid(cells(line).getFirst()), line);
        }
        List<Look> looks = new ArrayList<>();
        for (int number = first + 1; number <= captures.size(); number++) {
            looks.add(look(number, captures));
        }
        return new Details(table, looks);
    }

    private static List<String> cells(Line line) throws Unreadable {
        return line.words(8, 9, "process, user, state, threads, KiB, age, wait, unit, command");
    }

    private static Look look(int number, List<Capture> captures) throws Unreadable {
        for (Line error : Lines.errors(number, captures)) {
            error.match(ENDED, "a process that ended");
        }
        List<Line> lines = Lines.of(number, captures);
        if (lines.isEmpty()) {
            throw new Unreadable(Bilingual.of("grep printed nothing", "grep 没有输出"));
        }
        Line head = lines.getFirst();
        double uptime = head.decimal(head.match(AT, "/proc/uptime:two numbers").group(1));
        Map<Pid, Times> times = new HashMap<>();
        for (Line line : lines.subList(1, lines.size())) {
            Matcher form = line.match(STAT, "/proc/PID/stat:PID (name) state and numbers");
            String[] fields = form.group(2).split(" ");
            if (fields.length <= START) {
                throw line.refused("at least " + (START + 1) + " fields after the name");
            }
            times.put(
                    line.pid(form.group(1)),
                    new Times(
                            line.whole(fields[START]),
                            line.whole(fields[USER_TIME]) + line.whole(fields[SYSTEM_TIME])));
        }
        return new Look(uptime, times);
    }

    /// The process of `score`; empty when it ended before it could be looked at.
    Optional<RunningProcess> process(Ranking.Score score) throws Unreadable {
        Line line = table.get(score.pid());
        Times first = looks.getFirst().times().get(score.pid());
        Times last = looks.getLast().times().get(score.pid());
        if (line == null || first == null || last == null || first.start() != last.start()) {
            return Optional.empty();
        }
        List<String> cells = cells(line);
        return Optional.of(
                new RunningProcess(
                        score.pid(),
                        last.start(),
                        new HostText(cells.get(1)),
                        known(cells.get(7)),
                        score.cpu().orElseGet(() -> processor(first, last)),
                        line.bytes(cells.get(4), 1024),
                        score.readPerSecond(),
                        score.writtenPerSecond(),
                        score.openFiles(),
                        line.whole(cells.get(3)),
                        cells.get(2),
                        known(cells.get(6)),
                        line.whole(cells.get(5)),
                        new HostText(shown(cells.size() == 9 ? cells.get(8) : "")),
                        line.at()));
    }

    private Percent processor(Times first, Times last) {
        double seconds = looks.getLast().uptime() - looks.getFirst().uptime();
        double spent = Math.max(0, last.spent() - first.spent()) / TICKS_PER_SECOND;
        return Percent.of(seconds <= 0 ? 0 : spent, Math.max(seconds, 0));
    }

    private static Optional<HostText> known(String cell) {
        return cell.equals("-") || cell.equals("0")
                ? Optional.empty()
                : Optional.of(new HostText(cell));
    }

    private static String shown(String command) {
        String masked = Secrets.mask(command);
        int end = Math.min(masked.length(), MOST_SHOWN);
        return masked.length() <= MOST_SHOWN
                ? masked
                : masked.substring(
                                0,
                                Character.isHighSurrogate(masked.charAt(end - 1)) ? end - 1 : end)
                        + "…";
    }
}
