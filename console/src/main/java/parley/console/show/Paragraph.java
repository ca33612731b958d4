package parley.console.show;

import org.jline.utils.WCWidth;

import parley.tools.Language;

import java.util.ArrayList;
import java.util.List;

/// Breaks long sentences for a window: between words, and between Chinese characters, which have no
/// blanks.
public final class Paragraph {
    private static final String CLOSING = "，。、；：！？）”’》】";

    private Paragraph() {}

    /// The lines of `text`, none wider than `columns`; further lines are indented by two.
    public static List<String> wrap(String text, int columns) {
        int most = Math.max(columns, 20);
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (Width.of(rest) > most) {
            int cut = breakPoint(rest, most);
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = "  " + rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /// The index at which the first line ends: the last place to break within `columns`, else where
    /// it is full.
    private static int breakPoint(String text, int columns) {
        int used = 0;
        int best = -1;
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            used += Math.max(0, WCWidth.wcwidth(point));
            if (used > columns) {
                break;
            }
            index += Character.charCount(point);
            boolean breakable = point == ' ' || Language.isHan(point);
            // A mark that closes something never begins a line.
            boolean closes = index < text.length() && CLOSING.indexOf(text.charAt(index)) >= 0;
            if (breakable && !closes && !text.substring(0, index).isBlank()) {
                best = index;
            }
        }
        return best > 2 ? best : index;
    }
}
