package parley.tools.read;

import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Columns under a heading, separated by blanks; only the last one may hold blanks itself.
public final class Table {
    /// One row, read by the names of the columns.
    public static final class Row {
        private final Line line;
        private final Map<String, String> cells;

        private Row(Line line, Map<String, String> cells) {
            this.line = line;
            this.cells = cells;
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

        public long whole(String column) throws Unreadable {
            return line.whole(text(column));
        }

        public double decimal(String column) throws Unreadable {
            return line.decimal(text(column));
        }
    }

    private Table() {}

    /// The rows under `heading`, which must have the columns `needed`; it may have more.
    ///
    /// @throws Unreadable when a column is missing or a row is short
    public static List<Row> of(Line heading, List<Line> rows, String... needed) throws Unreadable {
        List<String> columns =
                heading.words(needed.length, 0, "a heading with " + String.join(" ", needed));
        for (String column : needed) {
            if (!columns.contains(column)) {
                throw heading.refused("a heading with the column " + column);
            }
        }
        List<Row> read = new ArrayList<>();
        for (Line line : rows) {
            List<String> words =
                    line.words(columns.size(), columns.size(), columns.size() + " columns");
            Map<String, String> cells = new HashMap<>();
            for (int index = 0; index < words.size(); index++) {
                cells.put(columns.get(index), words.get(index));
            }
            read.add(new Row(line, Map.copyOf(cells)));
        }
        return List.copyOf(read);
    }
}
