package parley.tools.catalogue.network;

import java.util.Locale;

/// Times as statements say them.
final class Milliseconds {
    private Milliseconds() {}

    /// To the microsecond: no clock here tells more.
    static double rounded(double ms) {
        return Math.round(1000 * ms) / 1000.0;
    }

    /// `0.34 ms`, `12.3 ms`, `140 ms`, `2.5 s`: the same in both languages.
    static String spoken(double ms) {
        if (ms >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000);
        }
        return String.format(
                Locale.ROOT, ms >= 100 ? "%.0f ms" : ms >= 10 ? "%.1f ms" : "%.2f ms", ms);
    }
}
