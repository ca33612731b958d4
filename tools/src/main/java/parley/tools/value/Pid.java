package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A process id.
@Whole(least = 1, most = 4194304L)
@Means(en = "a process id", zh = "进程号")
public record Pid(@JsonValue long value) {
    public Pid {
        Checks.whole(Pid.class, value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
