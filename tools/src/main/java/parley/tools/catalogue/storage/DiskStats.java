package parley.tools.catalogue.storage;

import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One look at `/proc/diskstats`: what every block device did since the start of the host.
///
/// @param devices by name, in the kernel's order
record DiskStats(double uptime, Map<String, Counters> devices) {
    private static final Pattern UPTIME = Pattern.compile("(\\d+\\.\\d+) \\d+\\.\\d+");
    private static final Pattern ROW = Pattern.compile(" *\\d+ +\\d+ (\\S+)((?: \\d+){11,20})");
    private static final int SECTOR = 512;

    /// @param busyMillis time with at least one request under way
    /// @param waitedMillis time of all requests together, those under way included
    record Counters(
            long reads,
            long readBytes,
            long readMillis,
            long writes,
            long writtenBytes,
            long writeMillis,
            long inFlight,
            long busyMillis,
            long waitedMillis,
            Line line) {}

    static DiskStats read(int number, List<Capture> captures) throws Unreadable {
        double uptime = -1;
        Map<String, Counters> devices = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            if (uptime < 0) {
                uptime = line.decimal(line.match(UPTIME, "two numbers of seconds").group(1));
                continue;
            }
            Matcher row = line.match(ROW, "major, minor, device and at least 11 numbers");
            devices.put(row.group(1), counters(line, row.group(2).strip().split(" ")));
        }
        return new DiskStats(uptime, devices);
    }

    private static Counters counters(Line line, String[] words) throws Unreadable {
        return new Counters(
                line.whole(words[0]),
                line.bytes(words[2], SECTOR).value(),
                line.whole(words[3]),
                line.whole(words[4]),
                line.bytes(words[6], SECTOR).value(),
                line.whole(words[7]),
                line.whole(words[8]),
                line.whole(words[9]),
                line.whole(words[10]),
                line);
    }
}
