package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One look at `/proc/uptime`, `/proc/loadavg` and `/proc/stat`, printed by one `cat`.
///
/// @param uptime seconds since the kernel started
/// @param load averages over 1, 5 and 15 minutes
/// @param processors by name (`cpu` is all together), ticks in the order user, nice, system, idle,
///   iowait, irq, softirq, steal; guests' time is within user
record Ticks(
        double uptime,
        List<Double> load,
        Map<String, long[]> processors,
        long contextSwitches,
        long running,
        long blocked) {
    static final String ALL = "cpu";

    /// The line of a capture where the figures of all processors stand.
    static final int LINE_OF_ALL = 3;

    static final int LINE_OF_LOAD = 2;
    private static final int KINDS = 8;
    private static final Pattern UPTIME = Pattern.compile("(\\d+\\.\\d+) \\d+\\.\\d+");
    private static final Pattern LOAD =
            Pattern.compile("(\\d+\\.\\d+) (\\d+\\.\\d+) (\\d+\\.\\d+) \\d+/\\d+ \\d+");
    private static final Pattern PROCESSOR = Pattern.compile("(cpu\\d*) +(\\d+(?: \\d+){7,9})");
    private static final Pattern COUNTER =
            Pattern.compile("(ctxt|btime|processes|procs_running|procs_blocked) (\\d+)");
    private static final Pattern INTERRUPTS = Pattern.compile("(?:intr|softirq) [\\d ]+");

    static Ticks read(int number, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.size() <= LINE_OF_ALL) {
            throw new Unreadable(
                    Bilingual.of(
                            "cat printed {0} lines instead of three files",
                            "cat 只输出了 {0} 行，不足三个文件的内容", lines.size()));
        }
        double uptime =
                lines.get(0).decimal(lines.get(0).match(UPTIME, "two numbers of seconds").group(1));
        Line second = lines.get(1);
        Matcher load = second.match(LOAD, "three averages, tasks, last process");
        Map<String, long[]> processors = new LinkedHashMap<>();
        Map<String, Long> counters = new LinkedHashMap<>();
        for (Line line : lines.subList(2, lines.size())) {
            if (line.has(INTERRUPTS)) {
                continue;
            }
            if (line.text().startsWith(ALL)) {
                Matcher form = line.match(PROCESSOR, "cpu and 8 to 10 numbers of ticks");
                processors.put(form.group(1), ticks(line, form.group(2)));
            } else {
                Matcher form = line.match(COUNTER, "a counter of /proc/stat");
                counters.put(form.group(1), line.whole(form.group(2)));
            }
        }
        return new Ticks(
                uptime,
                List.of(
                        second.decimal(load.group(1)),
                        second.decimal(load.group(2)),
                        second.decimal(load.group(3))),
                present(processors, number),
                counter(counters, "ctxt"),
                counter(counters, "procs_running"),
                counter(counters, "procs_blocked"));
    }

    private static long[] ticks(Line line, String numbers) throws Unreadable {
        String[] words = numbers.split(" ");
        long[] ticks = new long[KINDS];
        for (int kind = 0; kind < KINDS; kind++) {
            ticks[kind] = line.whole(words[kind]);
        }
        return ticks;
    }

    private static Map<String, long[]> present(Map<String, long[]> processors, int number)
            throws Unreadable {
        if (!processors.containsKey(ALL) || processors.size() < 2) {
            throw new Unreadable(
                    Bilingual.of(
                            "no processor in /proc/stat, read number {0}",
                            "第 {0} 次读取的 /proc/stat 中没有处理器", number));
        }
        return processors;
    }

    private static long counter(Map<String, Long> counters, String name) throws Unreadable {
        Long value = counters.get(name);
        if (value == null) {
            throw new Unreadable(Bilingual.of("no {0} in /proc/stat", "/proc/stat 中没有 {0}", name));
        }
        return value;
    }
}
