package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [PackageList] on Debian and its kin: `dpkg-query -W`, sizes in KiB, times in seconds. Exit 1
/// means that the database lists nothing.
final class PackageListApt {
    private static final String FORM =
            "${Package}\\t${Version}\\t${Architecture}\\t${db:Status-Abbrev}\\t${Installed-Size}"
                    + "\\t${source:Package}\\t${db-fsys:Last-Modified}\\t${Maintainer}\\n";
    private static final int COLUMNS = 8;

    private PackageListApt() {}

    static Argv command() {
        return Argv.of("dpkg-query", "-W", "-f", FORM).keeping(PackageList.MOST_BYTES);
    }

    /// Every package that dpkg knows more of than the name.
    static List<PackageList.Row> rows(List<Capture> captures) throws Unreadable {
        List<PackageList.Row> rows = new ArrayList<>();
        for (Line line : Lines.whole(1, captures)) {
            List<String> row = List.of(line.text().split("\t", -1));
            if (row.size() != COLUMNS) {
                throw line.refused(COLUMNS + " columns of dpkg");
            }
            DpkgState state = DpkgState.of(line, row.get(3));
            if (!state.isAbsent()) {
                rows.add(new PackageList.Row(entry(line, row, state), standing(state)));
            }
        }
        return rows;
    }

    private static PackageList.Standing standing(DpkgState state) {
        if (state.isWhole()) {
            return PackageList.Standing.WHOLE;
        }
        return state.isLeftover() ? PackageList.Standing.LEFTOVER : PackageList.Standing.BROKEN;
    }

    private static InstalledPackages.Entry entry(Line line, List<String> row, DpkgState state)
            throws Unreadable {
        String kib = row.get(4);
        return new InstalledPackages.Entry(
                new HostText(row.get(0)),
                new HostText(row.get(1)),
                new HostText(row.get(2)),
                new HostText(state.text()),
                Optional.of(state.isHeld()),
                kib.isEmpty() || state.isLeftover()
                        ? Optional.empty()
                        : Optional.of(line.bytes(kib, 1024)),
                at(line, row.get(6)),
                text(row.get(5)),
                text(row.get(7)),
                Optional.empty(),
                line.at());
    }

    private static Optional<Instant> at(Line line, String seconds) throws Unreadable {
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(HostTime.ofEpoch(line.argv(), line.number(), seconds));
    }

    private static Optional<HostText> text(String column) {
        return column.isEmpty() ? Optional.empty() : Optional.of(new HostText(column));
    }
}
