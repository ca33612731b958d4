package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// How many; each argument narrows the bounds.
@Whole(least = 0, most = 1000000L)
@Means(en = "a number", zh = "数量")
public record Count(@JsonValue long value) {
    public Count {
        Checks.whole(Count.class, value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
