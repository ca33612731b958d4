package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A boot counted back from the running one.
@Whole(least = -100, most = 0L)
@Means(en = "a boot (0 this one, -1 the one before)", zh = "第几次启动（0 为本次，-1 为上一次）")
public record BootOffset(@JsonValue long value) {
    public BootOffset {
        Checks.whole(BootOffset.class, value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
