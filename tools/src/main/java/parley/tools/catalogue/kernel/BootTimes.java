package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a boot took, and its slowest units.
///
/// Source: `systemd-analyze time` and `blame`, whose times are spans such as `1min 2.345s`. Both
/// exit with 1 while the boot is not finished.
///
/// @param totalMs the sum of the parts, in milliseconds
/// @param userspaceMs of that, what systemd took
/// @param slowest the units that took longest, the slowest first; they run side by side, so their
///   times do not add up
public record BootTimes(
        @Means(en = "total, ms", zh = "总计毫秒") long totalMs,
        @Means(en = "userspace, ms", zh = "用户空间毫秒") long userspaceMs,
        @Means(en = "slowest", zh = "最慢的单元") List<SlowUnit> slowest) {
    /// A unit and how long its start took, in milliseconds.
    public record SlowUnit(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "ms", zh = "毫秒") long ms,
            @Means(en = "line", zh = "行") long line) {
        public SlowUnit {
            requireNonNull(unit, "unit is null");
        }
    }

    static final Argv TIME = Argv.of("systemd-analyze", "time").alsoReadableWhenExit(1);
    static final Argv BLAME =
            Argv.of("systemd-analyze", "blame", "--no-pager").alsoReadableWhenExit(1);

    private static final Pattern PART =
            Pattern.compile("((?:\\d{1,6}(?:\\.\\d{1,6})?(?:h|min|s|ms|us) ?)+)\\((\\w{1,16})\\)");
    private static final Pattern SPAN =
            Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(h|min|ms|us|s)");
    private static final Pattern ROW =
            Pattern.compile("\\s*((?:\\d{1,6}(?:\\.\\d{1,6})?(?:h|min|s|ms|us) )+)(\\S{1,256})");

    public BootTimes {
        slowest = List.copyOf(slowest);
    }

    /// The times; empty while the boot is not finished.
    static Optional<BootTimes> read(int time, int blame, int most, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.get(time - 1).readable();
        if (capture.exit() != 0) {
            return Optional.empty();
        }
        List<Line> lines = Lines.of(time, captures);
        long total = 0;
        long userspace = 0;
        Matcher part = PART.matcher(lines.isEmpty() ? "" : lines.getFirst().text());
        while (part.find()) {
            long ms = span(lines.getFirst(), part.group(1));
            total += ms;
            userspace = part.group(2).equals("userspace") ? ms : userspace;
        }
        if (total == 0) {
            throw Unreadable.line(capture.argv(), 1, "how long the boot took", capture.stdout());
        }
        List<SlowUnit> slowest = new ArrayList<>();
        for (Line line : Lines.whole(blame, captures)) {
            Matcher row = line.match(ROW, "a time and a unit");
            slowest.add(
                    new SlowUnit(
                            new HostText(row.group(2)), span(line, row.group(1)), line.number()));
        }
        return Optional.of(
                new BootTimes(
                        total, userspace, slowest.subList(0, Math.min(most, slowest.size()))));
    }

    /// `1min 2.345s` in milliseconds.
    private static long span(Line line, String text) throws Unreadable {
        double ms = 0;
        Matcher piece = SPAN.matcher(text);
        while (piece.find()) {
            double amount = line.decimal(piece.group(1));
            ms +=
                    switch (piece.group(2)) {
                        case "h" -> amount * 3_600_000;
                        case "min" -> amount * 60_000;
                        case "s" -> amount * 1000;
                        case "ms" -> amount;
                        default -> amount / 1000;
                    };
        }
        return Math.round(ms);
    }
}
