package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `chronyc -c` says, in comma-separated values without a heading.
///
/// Exit 1 with `506 Cannot talk to daemon` means that no chronyd runs. chronyc's sign is the other
/// way round: it tells how far the clock must move.
///
/// @param refId `7F7F0101` when it only follows itself
/// @param offsetMs how far this host's clock is ahead of true time; negative is behind
/// @param leap `Normal`, `Not synchronised`, …
record Chrony(
        String refId,
        long stratum,
        double offsetMs,
        double frequencyPpm,
        double rootDelayMs,
        double rootDispersionMs,
        String leap) {
    private static final String NO_DAEMON = "506 Cannot talk to daemon";
    private static final int TRACKING_FIELDS = 14;
    private static final int SOURCE_FIELDS = 10;

    static Argv tracking() {
        return Argv.of("chronyc", "-c", "-n", "tracking").alsoReadableWhenExit(1, 127);
    }

    static Argv sources() {
        return Argv.of("chronyc", "-c", "-n", "sources").alsoReadableWhenExit(1, 127);
    }

    /// Whether chronyd answered this command.
    static boolean answered(Capture capture) throws Unreadable {
        if (capture.readable().missing()) {
            return false;
        }
        if (capture.exit() == 0) {
            return true;
        }
        if (capture.stdout().strip().equals(NO_DAEMON)
                || capture.stderr().strip().equals(NO_DAEMON)) {
            return false;
        }
        throw Unreadable.line(
                capture.argv(), 1, NO_DAEMON, (capture.stdout() + capture.stderr()).strip());
    }

    /// Capture number `number` of [#tracking].
    static Chrony read(int number, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.size() != 1) {
            throw Unreadable.line(
                    captures.get(number - 1).argv(),
                    1,
                    "one line",
                    captures.get(number - 1).stdout());
        }
        Line line = lines.getFirst();
        List<String> fields = fields(line, TRACKING_FIELDS);
        return new Chrony(
                fields.get(0),
                line.whole(fields.get(2)),
                Milliseconds.rounded(-1000 * number(line, fields.get(4))),
                number(line, fields.get(7)),
                1000 * number(line, fields.get(10)),
                1000 * number(line, fields.get(11)),
                fields.get(13));
    }

    /// Capture number `number` of [#sources].
    static List<TimeSource> readSources(int number, List<Capture> captures) throws Unreadable {
        List<TimeSource> sources = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            List<String> fields = fields(line, SOURCE_FIELDS);
            sources.add(
                    new TimeSource(
                            new HostText(fields.get(2)),
                            new HostText(fields.get(1)),
                            line.whole(fields.get(3)),
                            octal(line, fields.get(5)),
                            Milliseconds.rounded(-1000 * number(line, fields.get(7)))));
        }
        return List.copyOf(sources);
    }

    private static List<String> fields(Line line, int count) throws Unreadable {
        List<String> fields = List.of(line.text().split(",", -1));
        if (fields.size() != count) {
            throw line.refused(count + " values between commas");
        }
        return fields;
    }

    private static double number(Line line, String text) throws Unreadable {
        double number = line.decimal(text);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw line.refused("a number for \"" + text + "\"");
        }
        return number;
    }

    private static long octal(Line line, String text) throws Unreadable {
        if (!text.matches("[0-7]{1,3}")) {
            throw line.refused("an octal number for \"" + text + "\"");
        }
        return Long.parseLong(text, 8);
    }

    /// Whether it follows nothing but this host's own clock.
    boolean followsItself() {
        return refId.equals("7F7F0101");
    }

    /// The most that its time can be wrong by.
    double maxErrorMs() {
        return Milliseconds.rounded(Math.abs(offsetMs) + rootDelayMs / 2 + rootDispersionMs);
    }

    Optional<HostText> source(List<TimeSource> sources) {
        return sources.stream().filter(TimeSource::followed).map(TimeSource::address).findFirst();
    }
}
