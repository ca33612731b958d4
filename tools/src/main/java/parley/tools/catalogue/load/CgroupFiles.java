package parley.tools.catalogue.load;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One look at the files of control groups below some folders, both versions: `grep -r` prints each
/// line with the file it stands in.
///
/// @param groups by path, then by file
record CgroupFiles(double uptime, Map<String, Map<String, List<Line>>> groups) {
    static final String ROOT = "/sys/fs/cgroup";
    static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuacct", "pids");

    private static final List<String> FILES_2 =
            List.of(
                    "cpu.max",
                    "cpu.pressure",
                    "cpu.stat",
                    "io.pressure",
                    "memory.current",
                    "memory.events",
                    "memory.max",
                    "memory.pressure",
                    "pids.current",
                    "pids.max");
    private static final List<String> FILES_1 =
            List.of(
                    "cpu.cfs_period_us",
                    "cpu.cfs_quota_us",
                    "cpu.stat",
                    "cpuacct.usage",
                    "memory.failcnt",
                    "memory.limit_in_bytes",
                    "memory.oom_control",
                    "memory.usage_in_bytes",
                    "pids.current",
                    "pids.max");
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    /// The kernel's word for no limit in version 1: the greatest number of whole pages.
    private static final long NO_LIMIT = 1L << 62;

    private static final Pattern UPTIME = Pattern.compile("/proc/uptime:(\\d+\\.\\d+) \\d+\\.\\d+");
    private static final Pattern ENTRY =
            Pattern.compile("/sys/fs/cgroup(/.*)?/((?:cpu|cpuacct|io|memory|pids)\\.[a-z_]+):(.*)");
    private static final Pattern COUNTER = Pattern.compile("([a-z_]+) (\\d+)");
    private static final Pattern QUOTA = Pattern.compile("(max|\\d+) (\\d+)");

    /// The command that looks below `folders`. It exits 2 when a group went away meanwhile, or one
    /// of its files cannot be read.
    static Argv look(boolean unified, List<String> folders) {
        List<String> words = new ArrayList<>(List.of("grep", "-r", "-H", ""));
        (unified ? FILES_2 : FILES_1).forEach(file -> words.add("--include=" + file));
        words.addAll(List.of("--include=uptime", "--", "/proc/uptime"));
        words.addAll(folders);
        return Argv.of(words).keeping(MOST_BYTES).alsoReadableWhenExit(2);
    }

    static CgroupFiles read(int number, List<Capture> captures, boolean unified) throws Unreadable {
        double uptime = -1;
        Map<String, Map<String, List<Line>>> groups = new TreeMap<>();
        for (Line line : Lines.of(number, captures)) {
            if (uptime < 0) {
                uptime = line.decimal(line.match(UPTIME, "/proc/uptime:two numbers").group(1));
                continue;
            }
            Matcher entry = line.match(ENTRY, "/sys/fs/cgroup/…/file:content");
            String folder = entry.group(1) == null ? "" : entry.group(1);
            String path = unified ? folder : withoutController(folder);
            groups.computeIfAbsent(path.isEmpty() ? "/" : path, key -> new HashMap<>())
                    .computeIfAbsent(entry.group(2), key -> new ArrayList<>())
                    .add(new Line(line.argv(), line.capture(), line.number(), entry.group(3)));
        }
        return new CgroupFiles(uptime, groups);
    }

    private static String withoutController(String folder) {
        int slash = folder.indexOf('/', 1);
        return slash < 0 ? "" : folder.substring(slash);
    }

    /// What the group at `path` uses; processor time since `before`.
    ControlGroup group(String path, CgroupFiles before) throws Unreadable {
        One now = new One(groups.getOrDefault(path, Map.of()));
        One then = new One(before.groups.getOrDefault(path, Map.of()));
        double seconds = Math.max(0.001, uptime - before.uptime);
        Optional<Double> used = now.processorSeconds();
        Optional<Double> usedThen = then.processorSeconds();
        Optional<Percent> share =
                used.isPresent() && usedThen.isPresent()
                        ? Optional.of(Percent.of(Math.max(0, used.get() - usedThen.get()), seconds))
                        : Optional.empty();
        Optional<Percent> quota = now.quota();
        Optional<Bytes> memory = now.bytes("memory.current", "memory.usage_in_bytes");
        Optional<Bytes> most = now.bytes("memory.max", "memory.limit_in_bytes");
        Optional<Long> hits = now.counter("memory.events", "max");
        Optional<Long> kills = now.counter("memory.events", "oom_kill");
        return new ControlGroup(
                new HostText(path),
                unit(path),
                share,
                quota,
                quota.isPresent() ? now.throttled(then) : Optional.empty(),
                now.throttledSeconds(),
                memory,
                most,
                memory.isPresent() && most.isPresent()
                        ? Optional.of(Percent.of(memory.get().value(), most.get().value()))
                        : Optional.empty(),
                hits.isPresent() ? hits : now.number("memory.failcnt"),
                kills.isPresent() ? kills : now.counter("memory.oom_control", "oom_kill"),
                now.number("pids.current"),
                now.number("pids.max"),
                now.pressure("cpu.pressure").map(Pressure::someAvg60),
                now.pressure("memory.pressure").map(Pressure::fullAvg60),
                now.pressure("io.pressure").map(Pressure::fullAvg60),
                now.cpuEvidence(),
                now.evidence());
    }

    private static Optional<HostText> unit(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.matches(".+\\.(service|scope|slice|socket|mount|swap)")
                ? Optional.of(new HostText(name))
                : Optional.empty();
    }

    /// The files of one group.
    private record One(Map<String, List<Line>> files) {
        private List<Line> lines(String file) {
            return files.getOrDefault(file, List.of());
        }

        /// A file of one number; empty when it says `max`, or as much as that.
        Optional<Long> number(String file) throws Unreadable {
            for (Line line : lines(file)) {
                if (!line.text().equals("max") && !line.text().equals("-1")) {
                    return Optional.of(line.whole(line.text())).filter(one -> one < NO_LIMIT);
                }
            }
            return Optional.empty();
        }

        Optional<Bytes> bytes(String unified, String first) throws Unreadable {
            Optional<Long> number = number(unified);
            return (number.isPresent() ? number : number(first)).map(Bytes::new);
        }

        Optional<Long> counter(String file, String name) throws Unreadable {
            for (Line line : lines(file)) {
                Matcher form = line.match(COUNTER, "name number");
                if (form.group(1).equals(name)) {
                    return Optional.of(line.whole(form.group(2)));
                }
            }
            return Optional.empty();
        }

        Optional<Double> processorSeconds() throws Unreadable {
            Optional<Long> micros = counter("cpu.stat", "usage_usec");
            return micros.isPresent()
                    ? micros.map(one -> one / 1e6)
                    : number("cpuacct.usage").map(one -> one / 1e9);
        }

        Optional<Double> throttledSeconds() throws Unreadable {
            Optional<Long> micros = counter("cpu.stat", "throttled_usec");
            return (micros.isPresent()
                            ? micros.map(one -> one / 1e6)
                            : counter("cpu.stat", "throttled_time").map(one -> one / 1e9))
                    .map(seconds -> Math.round(seconds * 10) / 10.0);
        }

        Optional<Percent> quota() throws Unreadable {
            for (Line line : lines("cpu.max")) {
                Matcher form = line.match(QUOTA, "quota or max, and period");
                return form.group(1).equals("max")
                        ? Optional.empty()
                        : Optional.of(
                                Percent.of(line.whole(form.group(1)), line.whole(form.group(2))));
            }
            Optional<Long> quota = number("cpu.cfs_quota_us");
            Optional<Long> period = number("cpu.cfs_period_us");
            return quota.isPresent() && period.isPresent()
                    ? Optional.of(Percent.of(quota.get(), period.get()))
                    : Optional.empty();
        }

        Optional<Percent> throttled(One before) throws Unreadable {
            Optional<Long> periods = since(before, "nr_periods");
            Optional<Long> throttled = since(before, "nr_throttled");
            return periods.isPresent() && throttled.isPresent()
                    ? Optional.of(Percent.of(throttled.get(), periods.get()))
                    : Optional.empty();
        }

        private Optional<Long> since(One before, String name) throws Unreadable {
            Optional<Long> now = counter("cpu.stat", name);
            Optional<Long> then = before.counter("cpu.stat", name);
            return now.isPresent() && then.isPresent()
                    ? Optional.of(Math.max(0, now.get() - then.get()))
                    : Optional.empty();
        }

        Optional<Pressure> pressure(String file) throws Unreadable {
            List<Line> lines = lines(file);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Pressure.of(
                                    file, lines.getFirst(), lines.stream().skip(1).findFirst()));
        }

        /// Where the processor time, the quota and the throttling stand.
        List<Finding.Lines> cpuEvidence() {
            return evidence(
                    List.of("cpu.max", "cpu.cfs_quota_us", "cpu.stat", "cpuacct.usage"),
                    "(nr_throttled|usage_usec) .*|[0-9].*|max.*");
        }

        /// Where memory, tasks, their limits and the kills stand.
        List<Finding.Lines> evidence() {
            return evidence(
                    List.of(
                            "memory.current",
                            "memory.usage_in_bytes",
                            "memory.max",
                            "memory.limit_in_bytes",
                            "memory.events",
                            "memory.oom_control",
                            "pids.current",
                            "pids.max"),
                    "oom_kill .*|[0-9].*|max");
        }

        private List<Finding.Lines> evidence(List<String> from, String telling) {
            return from.stream()
                    .flatMap(file -> lines(file).stream())
                    .filter(line -> line.text().matches(telling))
                    .map(Line::at)
                    .toList();
        }
    }
}
