package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.Optional;

/// One entry of the journal, or several equal ones in a row.
///
/// @param priority empty where the sender stated none
/// @param times how often the same message came in a row; `time` and `line` are those of the last
/// @param line where the entry stands in the output of `journalctl`, the first line being 1
public record JournalEntry(
        @Means(en = "time", zh = "时间") Instant time,
        @Means(en = "priority", zh = "级别") Optional<Priority> priority,
        @Means(en = "unit", zh = "单元") Optional<HostText> unit,
        @Means(en = "from", zh = "来源") HostText identifier,
        @Means(en = "pid", zh = "进程号") Optional<Long> pid,
        @Means(en = "message", zh = "消息") HostText message,
        @Means(en = "times", zh = "次数") long times,
        @Means(en = "line", zh = "行") long line) {
    public JournalEntry {
        requireNonNull(time, "time is null");
        requireNonNull(priority, "priority is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(pid, "pid is null");
        requireNonNull(message, "message is null");
        if (times < 1 || line < 1) {
            throw new IllegalArgumentException("times and line count from 1: " + times);
        }
    }

    /// Whether the same sender said the same.
    boolean repeats(JournalEntry other) {
        return identifier.equals(other.identifier)
                && unit.equals(other.unit)
                && priority.equals(other.priority)
                && message.equals(other.message);
    }

    /// Whether it is at least as grave as `level`.
    public boolean isAtLeast(Priority level) {
        return priority.filter(own -> own.isAtLeast(level)).isPresent();
    }

    JournalEntry repeated(long more) {
        return new JournalEntry(time, priority, unit, identifier, pid, message, times + more, line);
    }
}
