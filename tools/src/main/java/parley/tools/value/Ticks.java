package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// When a process started, in clock ticks since boot: field 22 of `/proc/PID/stat`. With the
/// process id it names one process; the id alone is given out again.
@Whole(least = 0, most = 1_000_000_000_000L)
@Means(en = "a start time in ticks since boot", zh = "启动刻度（自开机起）")
public record Ticks(@JsonValue long value) {
    public Ticks {
        Checks.whole(Ticks.class, value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
