package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageList] on hosts with an rpm database: `rpm -qa`, sizes in bytes, times in seconds. What
/// rpm lists as `gpg-pubkey` are keys, not packages, and left out. A broken database exits 0 with
/// an error beside it, and is refused.
final class PackageListRpm {
    private static final String SIGNATURE =
            "%|DSAHEADER?{%{DSAHEADER:pgpsig}}:{%|RSAHEADER?{%{RSAHEADER:pgpsig}}"
                    + ":{%|SIGGPG?{%{SIGGPG:pgpsig}}:{%|SIGPGP?{%{SIGPGP:pgpsig}}:{(none)}|}|}|}|";
    private static final String FORM =
            "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\t%{VENDOR}\\t%{SIZE}"
                    + "\\t%{INSTALLTIME}\\t%{SOURCERPM}\\t"
                    + SIGNATURE
                    + "\\n";
    private static final int COLUMNS = 10;
    private static final String NONE = "(none)";
    private static final Pattern KEY = Pattern.compile(".*Key ID ([0-9a-f]{8,40})");

    private PackageListRpm() {}

    static Argv command() {
        return Argv.of("rpm", "-qa", "--qf", FORM).keeping(PackageList.MOST_BYTES);
    }

    static List<PackageList.Row> rows(List<Capture> captures) throws Unreadable {
        Dnf.sound(captures.getFirst().readable());
        List<PackageList.Row> rows = new ArrayList<>();
        for (Line line : Lines.whole(1, captures)) {
            List<String> row = List.of(line.text().split("\t", -1));
            if (row.size() != COLUMNS) {
                throw line.refused(COLUMNS + " columns of rpm");
            }
            if (!row.getFirst().equals("gpg-pubkey")) {
                rows.add(new PackageList.Row(entry(line, row), PackageList.Standing.WHOLE));
            }
        }
        return rows;
    }

    private static InstalledPackages.Entry entry(Line line, List<String> row) throws Unreadable {
        RpmVersion version = new RpmVersion(line.whole(row.get(1)), row.get(2), row.get(3));
        return new InstalledPackages.Entry(
                new HostText(row.get(0)),
                new HostText(version.text()),
                new HostText(row.get(4)),
                new HostText("installed"),
                Optional.empty(),
                Optional.of(line.bytes(row.get(6), 1)),
                row.get(7).equals(NONE)
                        ? Optional.empty()
                        : Optional.of(HostTime.ofEpoch(line.argv(), line.number(), row.get(7))),
                text(row.get(8)),
                text(row.get(5)),
                key(line, row.get(9)),
                line.at());
    }

    private static Optional<HostText> key(Line line, String signature) throws Unreadable {
        if (signature.equals(NONE)) {
            return Optional.empty();
        }
        Matcher form = KEY.matcher(signature);
        if (!form.matches()) {
            throw line.refused("a signature with its key id, or (none)");
        }
        return Optional.of(new HostText(form.group(1)));
    }

    private static Optional<HostText> text(String column) {
        return column.isEmpty() || column.equals(NONE)
                ? Optional.empty()
                : Optional.of(new HostText(column));
    }
}
