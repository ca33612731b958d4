package parley.tools.catalogue.logs;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One boot that the journal holds.
///
/// Source: `journalctl --list-boots --utc`, a table with a heading since systemd 251 and without
/// one before; it exits with 1 when there is no journal.
///
/// @param index 0 for the running boot, -1 for the one before
/// @param first when the first entry of it was written
/// @param last when the newest was
public record Boot(
        @Means(en = "boot", zh = "启动序号") long index,
        @Means(en = "id", zh = "启动标识") String id,
        @Means(en = "first entry", zh = "最早条目") Instant first,
        @Means(en = "last entry", zh = "最晚条目") Instant last) {
    private static final String MOMENT = "\\w{3} (\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}) UTC";
    private static final Pattern ROW =
            Pattern.compile(
                    "\\s*(-?\\d{1,6}) ([0-9a-f]{32}) " + MOMENT + "[^\\w]{1,4}" + MOMENT + "\\s*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    public Boot {
        requireNonNull(id, "id is null");
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
    }

    public static Argv list() {
        return Argv.of("journalctl", "--no-pager", "--list-boots", "--utc")
                .betterAsRoot()
                .alsoReadableWhenExit(1);
    }

    /// The boots in the order of time; none when the journal holds nothing or may not be seen.
    ///
    /// @param number which capture of the call that of [#list] is, the first being 1
    /// @throws Unreadable naming the first line that is no boot
    public static List<Boot> read(int number, List<Capture> captures) throws Unreadable {
        List<Boot> boots = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            boolean heading = line.number() == 1 && line.text().startsWith("IDX ");
            if (!heading) {
                Matcher row = line.match(ROW, "a boot with its first and last entry");
                boots.add(
                        new Boot(
                                line.whole(row.group(1)),
                                row.group(2),
                                moment(line, row.group(3)),
                                moment(line, row.group(4))));
            }
        }
        return List.copyOf(boots);
    }

    private static Instant moment(Line line, String text) throws Unreadable {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException refused) {
            throw line.refused("a moment");
        }
    }
}
