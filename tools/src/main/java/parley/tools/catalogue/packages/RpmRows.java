package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Rows of packages in rpm's terms: what is installed, or what repositories offer.
record RpmRows(List<Row> rows) {
    private static final int COLUMNS = 8;

    /// @param repository empty for what is installed
    /// @param download size of the package file
    /// @param size of what it puts on the disk
    record Row(
            String name,
            RpmVersion version,
            String architecture,
            String repository,
            long download,
            long size) {
        boolean is(String otherName, String evr, String otherArchitecture) {
            return name.equals(otherName)
                    && version.text().equals(evr)
                    && architecture.equals(otherArchitecture);
        }
    }

    static Argv installedArgv() {
        return Argv.of(
                        "rpm",
                        "-qa",
                        "--qf",
                        "%{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}||0|%{LONGSIZE}\\n")
                .keeping(4 * 1024 * 1024);
    }

    /// The form of [#offeredArgv].
    static RootCommand rootCommand() {
        return RootCommand.of(String.join(" ", offeredArgv(List.of("<package>...")).words()));
    }

    static Argv offeredArgv(List<String> names) {
        return Dnf.cached(
                        "repoquery",
                        "--showduplicates",
                        "--available",
                        "--qf",
                        "%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}|%{downloadsize}"
                                + "|%{installsize}",
                        "--")
                .plus(names.toArray(String[]::new));
    }

    static RpmRows installed(Capture capture) throws Unreadable {
        RpmRows read = read(Dnf.sound(capture));
        if (read.rows().isEmpty()) {
            throw Unreadable.line(capture.argv(), 1, "an installed package", "none");
        }
        return read;
    }

    /// @throws Unreadable also when the host never downloaded the lists of a repository
    static RpmRows offered(Capture capture) throws Unreadable {
        if (Dnf.lacksCache(capture)) {
            throw new Unreadable(Dnf.noCache());
        }
        return read(capture);
    }

    private static RpmRows read(Capture capture) throws Unreadable {
        List<Row> rows = new ArrayList<>();
        for (Line line : Lines.of(1, List.of(capture))) {
            List<String> row = List.of(line.text().split("\\|", COLUMNS));
            if (row.size() != COLUMNS) {
                throw line.refused(COLUMNS + " columns");
            }
            rows.add(
                    new Row(
                            row.getFirst(),
                            Dnf.version(capture, row, 1),
                            row.get(4),
                            row.get(5),
                            line.bytes(row.get(6), 1).value(),
                            line.bytes(row.get(7), 1).value()));
        }
        return new RpmRows(List.copyOf(rows));
    }

    /// The newest of this name.
    Optional<Row> find(String name) {
        return named(name).stream().max((one, other) -> one.version().compareTo(other.version()));
    }

    List<Row> named(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).toList();
    }

    RpmRows and(RpmRows others) {
        List<Row> both = new ArrayList<>(rows);
        both.addAll(others.rows());
        return new RpmRows(List.copyOf(both));
    }

    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        rows.stream().map(Row::name).filter(name -> !name.equals("gpg-pubkey")).forEach(names::add);
        return names;
    }
}
