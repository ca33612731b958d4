package parley.safety.gate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Makes text from a model or a host harmless on a terminal: nothing moves the cursor, hides, joins
/// or reorders. What is replaced stays visible, as `␛` or as the code point in braces.
public final class Sanitiser {
    /// The most characters kept of one line.
    public static final int MOST_CHARACTERS = 2_000;

    private static final int MOST_MARKS = 4;

    private Sanitiser() {}

    /// One line of at most [#MOST_CHARACTERS]; line ends become visible, too.
    public static String line(String text) {
        return line(text, MOST_CHARACTERS);
    }

    /// One line; what is cut off is counted.
    public static String line(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most) + 16);
        int marks = 0;
        int position = 0;
        while (position < text.length() && clean.length() < most) {
            int point = text.codePointAt(position);
            position += Character.charCount(point);
            marks = isMark(point) ? marks + 1 : 0;
            clean.append(marks > MOST_MARKS ? escaped(point) : shown(point));
        }
        int left = text.length() - position;
        return left == 0 ? clean.toString() : clean + "…(+" + left + ")";
    }

    /// Several lines, at most `mostLines`, each as [#line(String)]; a last line counts what is left
    /// out.
    public static List<String> lines(String text, int mostLines) {
        List<String> all = text.lines().limit(mostLines).map(Sanitiser::line).toList();
        long left = text.lines().count() - all.size();
        return left == 0
                ? all
                : Stream.concat(all.stream(), Stream.of("…(+" + left + ")")).toList();
    }

    private static String shown(int point) {
        if (point == '\t') {
            return " ";
        }
        if (point < 0x20) {
            return Character.toString(0x2400 + point);
        }
        if (point == 0x7f) {
            return "␡";
        }
        return isHarmless(point) ? Character.toString(point) : escaped(point);
    }

    private static String escaped(int point) {
        return String.format(Locale.ROOT, "\\u{%x}", point);
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> point == ' ' || point == 0x3000;
            default -> !isBlank(point);
        };
    }

    /// Letters and marks that show nothing at all: joiners, fillers, variation selectors.
    private static boolean isBlank(int point) {
        return point == 0x034f
                || point == 0x115f
                || point == 0x1160
                || point == 0x17b4
                || point == 0x17b5
                || (point >= 0x180b && point <= 0x180f)
                || point == 0x2800
                || point == 0x3164
                || point == 0xffa0
                || (point >= 0xfe00 && point <= 0xfe0f)
                || (point >= 0xe0100 && point <= 0xe01ef);
    }
}
