package parley.tools.catalogue.logs;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kernel's own buffer, `dmesg -x --time-format=iso`: what there is where the journal keeps no
/// kernel messages.
///
/// It holds the newest messages since the boot, as far as they fit. Exit 1 means that it may not be
/// read: `kernel.dmesg_restrict`, or a container.
public final class KernelBuffer {
    private static final Pattern ROW =
            Pattern.compile("(\\w{1,8}) *:(\\w{1,8}) *: (\\S{20,40}) (.*)", Pattern.DOTALL);

    private KernelBuffer() {}

    public static Argv show() {
        return Argv.of("dmesg", "--decode", "--time-format=iso", "--color=never")
                .betterAsRoot()
                .keeping(4L * 1024 * 1024)
                .alsoReadableWhenExit(1);
    }

    public static boolean isClosed(Capture buffer) {
        return buffer.exit() != 0;
    }

    /// The messages in the order of time.
    ///
    /// @throws Unreadable naming the first line that is none
    public static List<KernelLine> read(int number, List<Capture> captures) throws Unreadable {
        List<KernelLine> messages = new ArrayList<>();
        for (Line line : Lines.whole(number, captures)) {
            // a message of several lines goes on indented
            boolean more = line.text().isEmpty() || Character.isWhitespace(line.text().charAt(0));
            if (!more || messages.isEmpty()) {
                Matcher row = line.match(ROW, "facility, level, time and message");
                messages.add(
                        new KernelLine(
                                time(line, row.group(3)),
                                priority(row.group(2)),
                                row.group(4),
                                line.number()));
            }
        }
        return List.copyOf(messages);
    }

    private static Instant time(Line line, String text) throws Unreadable {
        try {
            return OffsetDateTime.parse(text.replace(',', '.')).toInstant();
        } catch (DateTimeException refused) {
            throw line.refused("an ISO time");
        }
    }

    /// dmesg's word for a level; one that is not known is left out.
    private static Optional<Priority> priority(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "emerg" -> Optional.of(Priority.EMERG);
            case "alert" -> Optional.of(Priority.ALERT);
            case "crit" -> Optional.of(Priority.CRIT);
            case "err" -> Optional.of(Priority.ERR);
            case "warn" -> Optional.of(Priority.WARNING);
            case "notice" -> Optional.of(Priority.NOTICE);
            case "info" -> Optional.of(Priority.INFO);
            case "debug" -> Optional.of(Priority.DEBUG);
            default -> Optional.empty();
        };
    }
}
