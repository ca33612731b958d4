package parley.console.show;

import org.jline.utils.AttributedString;
import org.jline.utils.WCWidth;

/// How many columns text takes on a terminal: a Chinese character takes two, a combining mark none.
public final class Width {
    private Width() {}

    public static int of(String text) {
        return new AttributedString(text).columnLength();
    }

    /// `text` filled up with blanks to `columns`.
    public static String pad(String text, int columns, boolean right) {
        String blanks = " ".repeat(Math.max(0, columns - of(text)));
        return right ? blanks + text : text + blanks;
    }

    /// `text` cut to `columns`, with an ellipsis when something is missing. A wide character is
    /// never halved.
    public static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int index = 0; index < text.length(); ) {
            int point = text.codePointAt(index);
            int width = Math.max(0, WCWidth.wcwidth(point));
            if (used + width > columns - 1) {
                break;
            }
            kept.appendCodePoint(point);
            used += width;
            index += Character.charCount(point);
        }
        return kept.append('…').toString();
    }
}
