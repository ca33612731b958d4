package parley.tools.read;

import parley.tools.Unreadable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Columns under a heading, separated by blanks. Only the last one may be empty, or hold blanks
/// itself.
public final class Table {
    private final List<String> columns;

    private Table(List<String> columns) {
        this.columns = columns;
    }

    /// The table below this heading, which must have the columns `needed`; it may have more.
    ///
    /// @throws Unreadable when one is missing, or stands there twice
    public static Table below(Line heading, String... needed) throws Unreadable {
        List<String> columns =
                heading.words(needed.length, 0, "a heading with " + String.join(" ", needed));
        for (String column : needed) {
            if (!columns.contains(column)) {
                throw heading.refused("a heading with the column " + column);
            }
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw heading.refused("a heading with each column once");
        }
        return new Table(columns);
    }

    /// The row that stands in `line`.
    ///
    /// @throws Unreadable when it is too short
    public Row row(Line line) throws Unreadable {
        int count = columns.size();
        List<String> words = line.words(Math.max(1, count - 1), count, count + " columns");
        Map<String, String> cells = new HashMap<>();
        for (int index = 0; index < count; index++) {
            cells.put(columns.get(index), index < words.size() ? words.get(index) : "");
        }
        return new Row(line, cells);
    }

    /// One row, read by the names of the columns.
    public static final class Row {
        private final Line line;
        private final Map<String, String> cells;

        private Row(Line line, Map<String, String> cells) {
            this.line = line;
            this.cells = Map.copyOf(cells);
        }

        public Line line() {
            return line;
        }

        /// The cell under `column`.
        ///
        /// @throws IllegalArgumentException when the table was not asked to have that column
        public String text(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw new IllegalArgumentException("the table has no column " + column);
            }
            return cell;
        }
    }
}
