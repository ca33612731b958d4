package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Next;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.TableRanking.Brief;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// By what only `/proc/PID` says: storage traffic (`io`, two looks) or open files (`fd`, counted).
/// `ps` names the processes; they are looked at in parts, because a command has a longest length.
record PerProcessRanking(ProcessTop.Arguments arguments) implements Ranking {
    private static final int PART = 240;
    private static final int MOST_PARTS = 8;
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final Pattern TRAFFIC =
            Pattern.compile("/proc/(\\d+)/io:(read|write)_bytes: (\\d+)");
    private static final Pattern OPEN = Pattern.compile("/proc/(\\d+)/fd");
    private static final Pattern ENDED = Pattern.compile(".*: No such (file or directory|process)");
    private static final Pattern CLOSED = Pattern.compile(".*: Permission denied");

    PerProcessRanking {
        requireNonNull(arguments, "arguments is null");
    }

    private boolean traffic() {
        return arguments.ranking() == ProcessTop.By.IO;
    }

    /// Programs only, the largest first: kernel threads and the dead hold no memory.
    private static List<Brief> programs(List<Capture> captures) throws Unreadable {
        return TableRanking.all(captures).stream()
                .filter(one -> one.rss().value() > 0)
                .sorted(Comparator.comparing(Brief::rss).reversed())
                .toList();
    }

    private static int parts(List<Capture> captures) throws Unreadable {
        int programs = programs(captures).size();
        return Math.min(MOST_PARTS, (programs + PART - 1) / PART);
    }

    @Override
    public int commands(List<Capture> captures) throws Unreadable {
        return 1 + parts(captures) * (traffic() ? 2 : 1);
    }

    @Override
    public Optional<Next> next(List<Capture> soFar) throws Unreadable {
        if (soFar.isEmpty()) {
            return Optional.of(Next.run(TableRanking.ALL));
        }
        int parts = parts(soFar);
        int done = soFar.size() - 1;
        if (soFar.size() >= commands(soFar)) {
            return Optional.empty();
        }
        List<Brief> programs = programs(soFar);
        int from = done % parts * PART;
        List<Brief> part = programs.subList(from, Math.min(from + PART, programs.size()));
        boolean secondLook = done == parts;
        return Optional.of(
                new Next.Run(look(part), secondLook ? arguments.interval() : Duration.ZERO));
    }

    static List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("grep -H -E ^(read|write)_bytes <~/proc/[0-9]+/io>..."),
                RootCommand.of("find <~/proc/[0-9]+/fd>... -mindepth 1 -maxdepth 1 -printf %h\\n"));
    }

    private Argv look(List<Brief> part) {
        List<String> words = new ArrayList<>();
        words.addAll(
                traffic() ? List.of("grep", "-H", "-E", "^(read|write)_bytes") : List.of("find"));
        part.forEach(one -> words.add("/proc/" + one.pid() + (traffic() ? "/io" : "/fd")));
        if (!traffic()) {
            words.addAll(List.of("-mindepth", "1", "-maxdepth", "1", "-printf", "%h\\n"));
        }
        return Argv.of(words).betterAsRoot().keeping(MOST_BYTES).alsoReadableWhenExit(1, 2);
    }

    @Override
    public Ranked read(List<Capture> captures) throws Unreadable {
        List<Brief> programs = programs(captures);
        List<Bilingual> gaps = new ArrayList<>();
        int looks = commands(captures);
        Map<String, Score> scores = new HashMap<>();
        for (Brief one : programs) {
            scores.put(one.pid().toString(), Score.of(one.pid(), one.program()));
        }
        Map<String, Score> found =
                traffic() ? traffic(captures, scores) : openFiles(captures, scores);
        told(captures.subList(0, looks), programs.size(), gaps);
        Comparator<Score> most =
                traffic()
                        ? Comparator.comparingLong(PerProcessRanking::bytes)
                        : Comparator.comparingLong(one -> one.openFiles().orElse(0L));
        return new Ranked(
                found.size(),
                found.values().stream()
                        .filter(one -> !traffic() || bytes(one) > 0)
                        .sorted(most.reversed().thenComparingLong(one -> one.pid().value()))
                        .limit(chosen())
                        .toList(),
                gaps);
    }

    private static long bytes(Score score) {
        return score.readPerSecond().map(Bytes::value).orElse(0L)
                + score.writtenPerSecond().map(Bytes::value).orElse(0L);
    }

    private Map<String, Score> traffic(List<Capture> captures, Map<String, Score> known)
            throws Unreadable {
        int parts = parts(captures);
        Map<String, Score> found = new HashMap<>();
        for (int part = 0; part < parts; part++) {
            Map<String, Long> before = counted(part + 2, captures);
            Map<String, Long> after = counted(part + 2 + parts, captures);
            Duration between =
                    Duration.between(
                            captures.get(part + 1).midpoint(),
                            captures.get(part + 1 + parts).midpoint());
            double seconds = Math.max(0.001, between.toMillis() / 1000.0);
            for (String key : after.keySet()) {
                String pid = key.substring(0, key.indexOf(' '));
                Score score = known.get(pid);
                if (score != null && before.containsKey(key)) {
                    found.put(
                            pid,
                            new Score(
                                    score.pid(),
                                    score.program(),
                                    Optional.empty(),
                                    Optional.of(rate(before, after, pid + " read", seconds)),
                                    Optional.of(rate(before, after, pid + " write", seconds)),
                                    Optional.empty()));
                }
            }
        }
        return found;
    }

    private static Bytes rate(
            Map<String, Long> before, Map<String, Long> after, String key, double seconds) {
        long difference = after.getOrDefault(key, 0L) - before.getOrDefault(key, 0L);
        return new Bytes(Math.round(Math.max(0, difference) / seconds));
    }

    /// `123 read` → bytes.
    private static Map<String, Long> counted(int number, List<Capture> captures) throws Unreadable {
        Map<String, Long> counted = new HashMap<>();
        for (Line line : Lines.whole(number, captures)) {
            Matcher form = line.match(TRAFFIC, "/proc/PID/io:read|write_bytes: number");
            counted.put(form.group(1) + " " + form.group(2), line.whole(form.group(3)));
        }
        return counted;
    }

    private Map<String, Score> openFiles(List<Capture> captures, Map<String, Score> known)
            throws Unreadable {
        Map<String, Long> counted = new HashMap<>();
        for (int part = 0; part < parts(captures); part++) {
            for (Line line : Lines.whole(part + 2, captures)) {
                counted.merge(line.match(OPEN, "/proc/PID/fd").group(1), 1L, Long::sum);
            }
        }
        Map<String, Score> found = new HashMap<>();
        counted.forEach((pid, files) -> {
            Score score = known.get(pid);
            if (score != null) {
                found.put(
                        pid,
                        new Score(
                                score.pid(),
                                score.program(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(files)));
            }
        });
        return found;
    }

    private static void told(List<Capture> captures, int programs, List<Bilingual> gaps)
            throws Unreadable {
        int closed = 0;
        for (int number = 2; number <= captures.size(); number++) {
            int closedHere = 0;
            for (Line line : Lines.errors(number, captures)) {
                if (line.has(CLOSED)) {
                    closedHere++;
                } else {
                    line.match(ENDED, "a process that ended or is closed to this user");
                }
            }
            closed = Math.max(closed, closedHere);
            if (captures.get(number - 1).truncated()) {
                gaps.add(Bilingual.of("too many open files to count them all", "打开的文件太多，未能全部计数"));
            }
        }
        if (closed > 0) {
            gaps.add(
                    Bilingual.of(
                            "{0} processes of other users are closed to this user; root sees them",
                            "有 {0} 个其他用户的进程无权查看；需要 root", closed));
        }
        if (programs > PART * MOST_PARTS) {
            int left = programs - PART * MOST_PARTS;
            gaps.add(
                    Bilingual.of(
                            "{0} processes, the smallest in memory, were not looked at",
                            "内存占用最小的 {0} 个进程未查看", left));
        }
    }
}
