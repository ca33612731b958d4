package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/// A share in percent. May exceed 100 where several processors add up.
public record Percent(@JsonValue double value) implements Comparable<Percent> {
    public Percent {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("not a number of percent: " + value);
        }
        value = Math.round(value * 10) / 10.0;
    }

    /// `part` of `whole`; 0 of 0 is 0 %.
    public static Percent of(double part, double whole) {
        return new Percent(whole == 0 ? 0 : 100 * part / whole);
    }

    /// `part` of `whole`; 0 of 0 is 0 %.
    public static Percent of(long part, long whole) {
        return of((double) part, (double) whole);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f %%" : "%.1f %%", value);
    }

    @Override
    public int compareTo(Percent other) {
        return Double.compare(value, other.value);
    }
}
