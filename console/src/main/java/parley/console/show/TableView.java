package parley.console.show;

import java.util.ArrayList;
import java.util.List;

/// A table of text for a terminal. When the window is too narrow for its columns, every row becomes
/// a block of lines.
public final class TableView {
    private static final int GAP = 2;
    private static final int LEAST_COLUMN = 6;

    private TableView() {}

    /// @param headings one for each column
    /// @param right which columns hold numbers and end flush right
    /// @param columns the width of the window
    public static List<String> lines(
            List<String> headings, List<Boolean> right, List<List<String>> rows, int columns) {
        int[] widths = widths(headings, rows);
        int total = (headings.size() - 1) * GAP;
        for (int width : widths) {
            total += width;
        }
        if (total > columns && !shrink(widths, total - columns)) {
            return blocks(headings, rows, columns);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(headings, right, widths));
        rows.forEach(row -> lines.add(line(row, right, widths)));
        return lines;
    }

    private static int[] widths(List<String> headings, List<List<String>> rows) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Width.of(headings.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], Width.of(row.get(column)));
            }
        }
        return widths;
    }

    /// Takes `excess` from the widest columns; false when that would make one unreadable.
    private static boolean shrink(int[] widths, int excess) {
        for (int rest = excess; rest > 0; rest--) {
            int widest = 0;
            for (int column = 1; column < widths.length; column++) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= 2 * LEAST_COLUMN) {
                return false;
            }
            widths[widest]--;
        }
        return true;
    }

    private static String line(List<String> cells, List<Boolean> right, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = Width.cut(cells.get(column), widths[column]);
            line.append(Width.pad(cell, widths[column], right.get(column)));
            line.append(" ".repeat(column + 1 < widths.length ? GAP : 0));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> blocks(
            List<String> headings, List<List<String>> rows, int columns) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < headings.size(); column++) {
                String mark = column == 0 ? "- " : "  ";
                if (!row.get(column).isEmpty()) {
                    lines.add(
                            Width.cut(
                                    mark + headings.get(column) + ": " + row.get(column), columns));
                }
            }
        }
        return lines;
    }
}
