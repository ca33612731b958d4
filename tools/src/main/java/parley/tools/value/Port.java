package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A TCP or UDP port.
@Whole(least = 1, most = 65535L)
@Means(en = "a port", zh = "端口")
public record Port(@JsonValue long value) {
    public Port {
        Checks.whole(Port.class, value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
