package parley.console.show;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What a terminal can draw figures with.
public enum Ink {
    /// Eighths of a block, for terminals of UTF-8.
    BLOCKS("▁▂▃▄▅▆▇█", '█', '·'),
    /// What every terminal has.
    ASCII("_.-=+*%#", '#', '.');

    private final String steps;
    private final char full;
    private final char rest;

    Ink(String steps, char full, char rest) {
        this.steps = steps;
        this.full = full;
        this.rest = rest;
    }

    /// What the locale says; where it says nothing, what every terminal has.
    public static Ink of(Map<String, String> environment) {
        String locale =
                Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        return locale.endsWith("utf-8") || locale.endsWith("utf8") ? BLOCKS : ASCII;
    }

    /// One character a value, the highest for `most`. More values than `columns` are taken
    /// together, of which the highest is shown: a peak is never lost.
    public String spark(List<Double> values, double most, int columns) {
        int groups = Math.min(values.size(), Math.max(1, columns));
        StringBuilder line = new StringBuilder();
        for (int group = 0; group < groups; group++) {
            int from = group * values.size() / groups;
            int to = Math.max(from + 1, (group + 1) * values.size() / groups);
            double highest =
                    values.subList(from, to).stream().mapToDouble(one -> one).max().orElse(0);
            line.append(steps.charAt(step(highest, most)));
        }
        return line.toString();
    }

    private int step(double value, double most) {
        double share = most <= 0 ? 0 : Math.clamp(value / most, 0, 1);
        return (int) Math.min(steps.length() - 1L, Math.round(share * (steps.length() - 1)));
    }

    /// A bar of `columns` characters, filled as far as `value` is of `most`; whatever is more than
    /// nothing shows.
    public String bar(double value, double most, int columns) {
        double share = most <= 0 ? 0 : Math.clamp(value / most, 0, 1);
        int filled = (int) Math.round(share * columns);
        int shown = value > 0 ? Math.max(1, filled) : filled;
        return String.valueOf(full).repeat(shown) + String.valueOf(rest).repeat(columns - shown);
    }
}
