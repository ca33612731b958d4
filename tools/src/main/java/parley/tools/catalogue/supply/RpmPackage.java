package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An installed package as rpm's database describes it, with the signature it came with.
///
/// @param version `1.0-1`, with the epoch before it where there is one
/// @param algorithm `RSA/SHA512`; empty when it came unsigned
/// @param keyId of the signature, 16 digits
record RpmPackage(
        Line at,
        HostText version,
        HostText architecture,
        Optional<HostText> vendor,
        Optional<HostText> buildHost,
        Optional<HostText> source,
        Instant built,
        Instant installed,
        Optional<HostText> algorithm,
        Optional<HostText> keyId) {
    private static final String SIGNATURE =
            "%|DSAHEADER?{%{DSAHEADER:pgpsig}}:{%|RSAHEADER?{%{RSAHEADER:pgpsig}}:"
                    + "{%|SIGGPG?{%{SIGGPG:pgpsig}}:{%|SIGPGP?{%{SIGPGP:pgpsig}}:{(none)}|}|}|}|";
    private static final int COLUMNS = 11;
    private static final Pattern ABSENT = Pattern.compile("package \\S+ is not installed");
    private static final Pattern SIGNED = Pattern.compile("(\\S+), .*, Key ID ([0-9a-fA-F]{8,16})");

    /// Exit 1: not installed.
    static Argv command(String name) {
        return Argv.of(
                        "rpm",
                        "-q",
                        "--qf",
                        "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{VENDOR}"
                            + "\\t%{BUILDHOST}\\t%{SOURCERPM}\\t%{BUILDTIME}\\t%{INSTALLTIME}\\t"
                                + SIGNATURE
                                + "\\t\\n",
                        "--",
                        name)
                .alsoReadableWhenExit(1);
    }

    /// Every installed version and architecture; none when it is not installed.
    static List<RpmPackage> read(int number, List<Capture> captures) throws Unreadable {
        Dnf.sound(captures.get(number - 1));
        List<RpmPackage> packages = new ArrayList<>();
        for (Line line : Lines.of(number, captures)) {
            if (line.has(ABSENT)) {
                continue;
            }
            String[] row = line.text().split("\t", -1);
            if (row.length != COLUMNS) {
                throw line.refused(COLUMNS + " columns of rpm");
            }
            Matcher signed = SIGNED.matcher(row[9]);
            boolean is = signed.matches();
            if (!is && !row[9].equals("(none)")) {
                throw line.refused("a signature or (none)");
            }
            packages.add(
                    new RpmPackage(
                            line,
                            new HostText((row[1].equals("0") ? "" : row[1] + ":") + row[2]),
                            new HostText(row[3]),
                            stated(row[4]),
                            stated(row[5]),
                            stated(row[6]),
                            moment(line, row[7]),
                            moment(line, row[8]),
                            is ? Optional.of(new HostText(signed.group(1))) : Optional.empty(),
                            is ? Optional.of(new HostText(signed.group(2))) : Optional.empty()));
        }
        return packages;
    }

    private static Optional<HostText> stated(String text) {
        return text.equals("(none)") || text.isBlank()
                ? Optional.empty()
                : Optional.of(new HostText(text));
    }

    private static Instant moment(Line line, String seconds) throws Unreadable {
        try {
            return Instant.ofEpochSecond(line.whole(seconds));
        } catch (DateTimeException refused) {
            throw line.refused("seconds since 1970");
        }
    }

    /// The trusted key that its signature was made with.
    Optional<SigningKey> signer(List<SigningKey> keys) {
        return keyId.flatMap(
                id -> keys.stream().filter(key -> key.signsAs(id.value())).findFirst());
    }
}
