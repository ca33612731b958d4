package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.storage.DiskLargest.BigFile;
import parley.tools.catalogue.storage.DiskLargest.Directory;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rows of `du` and `find` that [DiskLargest] asks for, and what kept them from seeing all.
final class LargestRows {
    static final int TIMED_OUT = 124;
    static final int KILLED = 137;
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int MOST_NAMED = 5;
    private static final Pattern DIRECTORY = Pattern.compile("(\\d+)\\t(/.*)", Pattern.DOTALL);
    private static final Pattern FILE =
            Pattern.compile(
                    "(\\d+)\\t(\\d+)\\t(-?\\d+)(?:\\.\\d+)?\\t([^\\t]+)\\t(/.*)", Pattern.DOTALL);

    private LargestRows() {}

    /// How many inodes each directory holds, by its path.
    static Map<String, Long> inodes(int number, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Map<String, Long> inodes = new HashMap<>();
        for (Line row : Lines.rows(number, captures)) {
            Matcher form = row.match(DIRECTORY, "inodes, tab, path");
            inodes.put(form.group(2), row.whole(form.group(1)));
        }
        told(number, captures, inodes.isEmpty(), gaps);
        return inodes;
    }

    /// The directories, with their inodes where those were counted.
    static List<Directory> directories(
            int number,
            List<Capture> captures,
            String path,
            Map<String, Long> inodes,
            List<Bilingual> gaps)
            throws Unreadable {
        List<Line> rows = Lines.rows(number, captures);
        List<Directory> read = new ArrayList<>();
        Bytes total = new Bytes(0);
        for (Line row : rows) {
            Matcher form = row.match(DIRECTORY, "bytes, tab, path");
            Bytes bytes = row.bytes(form.group(1), 1);
            total = form.group(2).equals(path) ? bytes : total;
            read.add(
                    new Directory(
                            new HostText(form.group(2)),
                            bytes,
                            new Percent(0),
                            Kind.of(form.group(2)),
                            Optional.ofNullable(inodes.get(form.group(2)))));
        }
        told(number, captures, rows.isEmpty(), gaps);
        long all = total.value();
        return read.stream()
                .map(one ->
                        new Directory(
                                one.path(),
                                one.bytes(),
                                Percent.of(all == 0 ? 0L : one.bytes().value(), all),
                                one.kind(),
                                one.inodes()))
                .toList();
    }

    static List<BigFile> files(int number, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        List<BigFile> read = new ArrayList<>();
        for (Line row : Lines.rows(number, captures)) {
            Matcher form = row.match(FILE, "blocks, length, time, owner, path between tabs");
            read.add(
                    new BigFile(
                            new HostText(form.group(5)),
                            row.bytes(form.group(1), 512),
                            row.bytes(form.group(2), 1),
                            instant(row, form.group(3)),
                            new HostText(form.group(4)),
                            Kind.of(form.group(5))));
        }
        told(number, captures, false, gaps);
        return read;
    }

    private static Instant instant(Line row, String seconds) throws Unreadable {
        long epoch = row.whole(seconds);
        if (Math.abs(epoch) > Instant.MAX.getEpochSecond()) {
            throw row.refused("a time");
        }
        return Instant.ofEpochSecond(epoch);
    }

    /// What kept the program from seeing everything.
    private static void told(
            int number, List<Capture> captures, boolean nothing, List<Bilingual> gaps)
            throws Unreadable {
        Capture capture = captures.get(number - 1);
        String program = capture.argv().words().contains("du") ? "du" : "find";
        List<Line> errors = Lines.errors(number, captures);
        if (nothing && capture.exit() != 0) {
            String last = errors.isEmpty() ? "no reason given" : errors.getLast().text();
            throw new Unreadable(
                    Bilingual.of(
                            "{0} listed nothing, exit code {1}: {2}",
                            "{0} 没有列出任何内容，退出码 {1}：{2}", program, capture.exit(), last));
        }
        if (capture.exit() == TIMED_OUT || capture.exit() == KILLED) {
            gaps.add(
                    Bilingual.of(
                            "{0} was ended after {1} s; what it had not reached is missing",
                            "{0} 运行 {1} 秒后被终止；尚未查到的部分缺失", program, LIMIT.toSeconds()));
        }
        if (capture.truncated()) {
            gaps.add(
                    Bilingual.of(
                            program + " printed more than was kept; the rest is missing",
                            program + " 的输出超过保留上限；其余部分缺失"));
        }
        if (!errors.isEmpty()) {
            String named =
                    String.join("; ", errors.stream().limit(MOST_NAMED).map(Line::text).toList());
            gaps.add(
                    Bilingual.of(
                            "{0} could not look at {1}: {2}",
                            "{0} 有 {1} 处无法查看：{2}", program, errors.size(), named));
        }
    }
}
