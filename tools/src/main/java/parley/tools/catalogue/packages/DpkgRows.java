package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Every package that dpkg knows, with its version and state.
record DpkgRows(List<Row> rows) {
    private static final int COLUMNS = 4;

    /// @param status dpkg's letters: what is wanted, what is there, and what is wrong with it
    record Row(String name, String architecture, String version, String status) {
        /// Whether its files are there, however well.
        boolean isThere() {
            return "iUFHWt".indexOf(status.charAt(1)) >= 0;
        }

        boolean isWhole() {
            return status.startsWith("i", 1) && status.substring(2).isBlank();
        }

        boolean isOnlyConfiguration() {
            return status.charAt(1) == 'c';
        }
    }

    static Argv argv() {
        return Argv.of(
                        "dpkg-query",
                        "-W",
                        "-f=${Package}|${Architecture}|${Version}|${db:Status-Abbrev}|\\n")
                .keeping(4 * 1024 * 1024);
    }

    static DpkgRows read(Capture capture) throws Unreadable {
        List<Row> rows = new ArrayList<>();
        for (Line line : Lines.of(1, List.of(capture))) {
            String[] columns = line.text().split("\\|", -1);
            if (columns.length != COLUMNS + 1 || columns[3].length() < 2) {
                throw line.refused("package|architecture|version|status");
            }
            rows.add(new Row(columns[0], columns[1], columns[2], columns[3]));
        }
        if (rows.stream().noneMatch(Row::isThere)) {
            throw Unreadable.line(capture.argv(), 1, "an installed package", "none");
        }
        return new DpkgRows(List.copyOf(rows));
    }

    /// The package of this name that is there; of several architectures the first.
    Optional<Row> find(String name) {
        return rows.stream().filter(row -> row.name().equals(name) && row.isThere()).findFirst();
    }

    boolean hasConfiguration(String name) {
        return rows.stream().anyMatch(row -> row.name().equals(name) && row.isOnlyConfiguration());
    }

    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        rows.stream().filter(Row::isThere).map(Row::name).forEach(names::add);
        return names;
    }
}
