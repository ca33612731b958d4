package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;

import parley.tools.Finding;
import parley.tools.catalogue.load.OomKill.Cause;
import parley.tools.catalogue.load.OomKill.Killer;
import parley.tools.catalogue.load.OomKill.Scope;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what the kernel, systemd-oomd and earlyoom write when they kill for lack of memory.
///
/// The kernel writes a block of lines for each kill, of which the last names the process. What is
/// between them belongs to others: lines that say nothing of a kill are passed over.
final class OomLines {
    /// What `journalctl` searches for; matches the patterns here, and no more than needed.
    static final String SEARCH =
            "invoked oom-killer|oom-kill:constraint=|Kill(ed)? process|memory: usage "
                    + "|^\\[ *[0-9]+\\] |killed by the OOM killer|Killed /.* due to|sending SIG";

    private static final Pattern BEGIN =
            Pattern.compile("(.{1,64}) invoked oom-killer: .*\\border=(-?\\d+).*");
    private static final Pattern LIMIT =
            Pattern.compile("memory: usage (\\d+)kB, limit (\\d+)kB.*");
    private static final Pattern ROW =
            Pattern.compile("\\[ *(\\d+)\\] +\\d+ +\\d+ +\\d+ +(\\d+) .* (\\S+)");
    private static final Pattern CONSTRAINT = Pattern.compile("oom-kill:constraint=(\\w+),(.*)");
    private static final Pattern KILLED =
            Pattern.compile(
                    "(?:(Memory cgroup out of memory|Out of memory)[^:]*: )?Killed process (\\d+)"
                            + " \\((.*)\\),? (?:UID \\d+, )?total-vm:\\d+kB, anon-rss:(\\d+)kB.*");
    private static final Pattern ADJUSTED = Pattern.compile(".*oom_score_adj:(-?\\d+).*");
    private static final Pattern BY_OOMD =
            Pattern.compile("Killed (/\\S+) due to (memory .*)", Pattern.DOTALL);
    private static final Pattern BY_EARLYOOM =
            Pattern.compile(
                    "sending SIG(?:TERM|KILL) to process (\\d+)(?: uid (\\d+))? \"(.*)\": .*VmRSS"
                            + " (\\d+) MiB.*");
    private static final int PAGE = 4096;

    private final List<OomKill> kills = new ArrayList<>();
    private final Map<Integer, Finding.Lines> block = new HashMap<>();
    private final int capture;
    private Optional<Long> order = Optional.empty();
    private Optional<Bytes> limit = Optional.empty();
    private Map<String, String> constraint = Map.of();
    private final Map<Long, Map.Entry<Long, String>> table = new HashMap<>();

    OomLines(int capture) {
        this.capture = capture;
    }

    /// The kills of the lines added, in the order of time.
    List<OomKill> kills() {
        return List.copyOf(kills);
    }

    /// A line of the kernel.
    void kernel(Instant time, String text, int line) {
        Finding.Lines at = new Finding.Lines(capture, line, line);
        Matcher begin = BEGIN.matcher(text);
        if (begin.matches()) {
            forget();
            order = number(begin.group(2)).filter(one -> one >= 0);
            block.put(line, at);
            return;
        }
        Matcher reached = LIMIT.matcher(text);
        if (reached.matches()) {
            limit = number(reached.group(2)).map(one -> new Bytes(one * 1024));
            block.put(line, at);
            return;
        }
        Matcher row = ROW.matcher(text);
        if (row.matches()) {
            number(row.group(1))
                    .ifPresent(pid ->
                            table.put(
                                    pid, Map.entry(number(row.group(2)).orElse(0L), row.group(3))));
            return;
        }
        Matcher rule = CONSTRAINT.matcher(text);
        if (rule.matches()) {
            constraint = fields("constraint=" + rule.group(1) + "," + rule.group(2));
            block.put(line, at);
            return;
        }
        Matcher killed = KILLED.matcher(text);
        if (killed.matches()) {
            block.put(line, at);
            kills.add(kill(time, killed, text));
            forget();
        }
    }

    /// A line of systemd-oomd or earlyoom.
    void program(Instant time, String text, int line) {
        Finding.Lines at = new Finding.Lines(capture, line, line);
        Matcher oomd = BY_OOMD.matcher(text);
        Matcher early = BY_EARLYOOM.matcher(text);
        if (oomd.matches()) {
            String group = oomd.group(1);
            kills.add(
                    new OomKill(
                            time,
                            new HostText(unit(group).orElse(group)),
                            Optional.empty(),
                            Optional.empty(),
                            unit(group).map(HostText::new),
                            Optional.empty(),
                            Scope.UNKNOWN,
                            Optional.of(new HostText(group)),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Cause.UNKNOWN,
                            Killer.SYSTEMD_OOMD,
                            List.of(at)));
        } else if (early.matches()) {
            kills.add(
                    new OomKill(
                            time,
                            new HostText(early.group(3)),
                            number(early.group(1)),
                            number(requireNonNullElse(early.group(2), "")),
                            Optional.empty(),
                            number(early.group(4)).map(one -> new Bytes(one << 20)),
                            Scope.HOST,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Cause.HOST_FULL,
                            Killer.EARLYOOM,
                            List.of(at)));
        }
    }

    /// systemd's word that a unit lost a process, which counts where the kernel's own is not seen.
    void systemd(Instant time, Optional<HostText> unit, int line) {
        boolean known =
                kills.stream()
                        .anyMatch(kill ->
                                kill.unit().equals(unit)
                                        && Math.abs(
                                                        kill.time().getEpochSecond()
                                                                - time.getEpochSecond())
                                                <= 10);
        // a slice counts what the units in it lost
        boolean slice = unit.filter(one -> one.value().endsWith(".slice")).isPresent();
        if (unit.isPresent() && !slice && !known) {
            kills.add(
                    new OomKill(
                            time,
                            unit.get(),
                            Optional.empty(),
                            Optional.empty(),
                            unit,
                            Optional.empty(),
                            Scope.UNKNOWN,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Cause.UNKNOWN,
                            Killer.KERNEL,
                            List.of(new Finding.Lines(capture, line, line))));
        }
    }

    private OomKill kill(Instant time, Matcher killed, String text) {
        Scope scope = scope(killed.group(1));
        Optional<String> group = Optional.ofNullable(constraint.get("task_memcg"));
        Matcher adjusted = ADJUSTED.matcher(text);
        boolean limited = scope == Scope.CGROUP || scope == Scope.PARENT_CGROUP;
        return new OomKill(
                time,
                new HostText(killed.group(3)),
                number(killed.group(2)),
                number(constraint.getOrDefault("uid", "")),
                group.flatMap(OomLines::unit).map(HostText::new),
                number(killed.group(4)).map(one -> new Bytes(one * 1024)),
                scope,
                Optional.ofNullable(constraint.get("oom_memcg")).map(HostText::new),
                limited ? limit : Optional.empty(),
                order,
                adjusted.matches() ? number(adjusted.group(1)) : Optional.empty(),
                biggestOther(killed.group(2)),
                cause(scope),
                Killer.KERNEL,
                block.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private Scope scope(@Nullable String words) {
        String own = constraint.getOrDefault("oom_memcg", "");
        return switch (constraint.getOrDefault("constraint", "")) {
            case "CONSTRAINT_MEMCG" ->
                    own.equals(constraint.getOrDefault("task_memcg", own))
                            ? Scope.CGROUP
                            : Scope.PARENT_CGROUP;
            case "CONSTRAINT_NONE" -> Scope.HOST;
            case "CONSTRAINT_CPUSET" -> Scope.NUMA_NODE;
            case "CONSTRAINT_MEMORY_POLICY" -> Scope.NODEMASK;
            // before Linux 4.19 there is no such line
            default ->
                    words == null
                            ? Scope.UNKNOWN
                            : words.startsWith("Memory cgroup") ? Scope.CGROUP : Scope.HOST;
        };
    }

    private Cause cause(Scope scope) {
        return switch (scope) {
            case CGROUP, PARENT_CGROUP -> Cause.LIMIT_REACHED;
            case HOST ->
                    order.filter(one -> one > 0).isPresent()
                            ? Cause.FRAGMENTATION
                            : Cause.HOST_FULL;
            case NUMA_NODE, NODEMASK -> Cause.BINDING;
            case UNKNOWN -> Cause.UNKNOWN;
        };
    }

    private Optional<HostText> biggestOther(String victim) {
        return table.entrySet().stream()
                .filter(one -> !Long.toString(one.getKey()).equals(victim))
                .max(Map.Entry.comparingByValue(Map.Entry.comparingByKey()))
                .map(one ->
                        new HostText(
                                "%s (process %d), %s"
                                        .formatted(
                                                one.getValue().getValue(),
                                                one.getKey(),
                                                new Bytes(one.getValue().getKey() * PAGE))));
    }

    private void forget() {
        block.clear();
        table.clear();
        order = Optional.empty();
        limit = Optional.empty();
        constraint = Map.of();
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return fields;
    }

    /// The unit of the innermost group that is one.
    private static Optional<String> unit(String group) {
        List<String> parts = List.of(group.split("/"));
        return parts.reversed().stream()
                .filter(part -> part.matches(".+\\.(service|scope|socket|mount|swap)"))
                .findFirst();
    }

    private static Optional<Long> number(String digits) {
        return digits.matches("-?\\d{1,15}")
                ? Optional.of(Long.parseLong(digits))
                : Optional.empty();
    }
}
