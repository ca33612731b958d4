package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `apt-get --print-uris`: the package files that a change needs, with their sizes and checksums,
/// and apt's own count of the disk it takes. Files that are in apt's cache already are not listed.
///
/// @param files one line for each file: its name, size and checksum
/// @param download their sizes added up
/// @param diskDelta in bytes, as rounded by apt; empty where it says nothing
record AptArchives(List<String> files, Bytes download, Optional<Long> diskDelta) {
    private static final Pattern FILE = Pattern.compile("'\\S+' (\\S+) (\\d{1,15}) ?(\\S*)");
    private static final Pattern DISK =
            Pattern.compile(
                    "After this operation, ([0-9.,]{1,12}) ([kMGT]?B) (of additional )?disk space"
                            + " will be (used|freed)\\.");
    private static final String UNITS = "BkMGT";

    static Argv argv(List<String> words) {
        return Argv.of("apt-get", "-q", "-y", "--print-uris", "-o", "Debug::NoLocking=1")
                .plus(words.toArray(String[]::new))
                .within(Duration.ofMinutes(3))
                .keeping(2 * 1024 * 1024);
    }

    static AptArchives read(Capture capture) throws Unreadable {
        List<String> files = new ArrayList<>();
        long size = 0;
        Optional<Long> disk = Optional.empty();
        for (Line line : Lines.of(1, List.of(capture))) {
            if (line.text().startsWith("'")) {
                Matcher file = line.match(FILE, "'address' file size checksum");
                files.add(file.group(1) + " " + file.group(2) + " " + file.group(3));
                size += line.whole(file.group(2));
            } else if (line.has(DISK)) {
                disk = Optional.of(disk(line));
            }
        }
        if (size < 0) {
            throw Unreadable.line(capture.argv(), 1, "sizes that a disk can hold", "more");
        }
        return new AptArchives(List.copyOf(files), new Bytes(size), disk);
    }

    private static long disk(Line line) throws Unreadable {
        Matcher said = line.match(DISK, "the disk space that changes");
        double amount = line.decimal(said.group(1).replace(",", ""));
        double unit = Math.pow(1000, UNITS.indexOf(said.group(2).charAt(0)));
        long bytes = Math.round(amount * unit);
        return said.group(4).equals("freed") ? -bytes : bytes;
    }
}
