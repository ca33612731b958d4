package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Deb822;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.read.WholeLines;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// [PackageInfo] on Debian and its kin: `dpkg-query -W` (exit 1: not installed), `apt-cache policy`
/// and `apt-cache show` (exit 100: unknown); for a path `dpkg-query -S` (exit 1: nobody owns it)
/// before them. dpkg may know a file of `/usr/bin` as one of `/bin` and the other way round, so
/// both are asked.
final class PackageInfoApt {
    private static final String FORM =
            "${binary:Package}\\t${Version}\\t${Architecture}\\t${db:Status-Abbrev}"
                    + "\\t${Installed-Size}\\t${source:Package}\\n";
    private static final int COLUMNS = 6;

    /// A row of dpkg with the state it tells.
    private record Row(List<String> columns, DpkgState state) {
        Row {
            columns = List.copyOf(columns);
            requireNonNull(state, "state is null");
        }
    }

    private PackageInfoApt() {}

    /// The commands known so far.
    static List<Argv> commands(PackageInfo.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        if (arguments.path().isPresent()) {
            String path = arguments.path().get().value();
            commands.add(owner(path));
            Optional<String> other = otherSpelling(path);
            boolean unowned = !soFar.isEmpty() && soFar.getFirst().exit() == 1;
            if (unowned && other.isPresent()) {
                commands.add(owner(other.get()));
            }
        }
        Optional<PackageName> name = name(arguments, owners(soFar));
        name.ifPresent(one -> {
            String text = one.value();
            commands.add(
                    Argv.of("dpkg-query", "-W", "-f", FORM, "--", text).alsoReadableWhenExit(1));
            commands.add(Argv.of("apt-cache", "policy", "--", text));
            commands.add(
                    Argv.of("apt-cache", "show", "--no-all-versions", "--", text)
                            .alsoReadableWhenExit(100));
        });
        boolean complete = name.isPresent() && soFar.size() >= commands.size();
        if (complete && AptPolicy.offers(find(soFar, "policy"), name.get().value()).isEmpty()) {
            commands.add(AptPolicy.sources());
        }
        return commands;
    }

    private static Argv owner(String path) {
        return Argv.of("dpkg-query", "-S", "--", path).alsoReadableWhenExit(1);
    }

    /// The same file through the merged `/usr`.
    private static Optional<String> otherSpelling(String path) {
        if (path.matches("/usr/(s?bin|lib[0-9a-z]*)/.+")) {
            return Optional.of(path.substring("/usr".length()));
        }
        return path.matches("/(s?bin|lib[0-9a-z]*)/.+")
                ? Optional.of("/usr" + path)
                : Optional.empty();
    }

    private static Capture find(List<Capture> captures, String word) {
        return captures.stream()
                .filter(one -> one.argv().words().contains(word))
                .findFirst()
                .orElseThrow();
    }

    /// The package asked for, or the only owner of the path.
    private static Optional<PackageName> name(
            PackageInfo.Arguments arguments, List<HostText> owners) {
        if (arguments.name().isPresent() || owners.size() != 1) {
            return arguments.name();
        }
        try {
            return Optional.of(new PackageName(owners.getFirst().value()));
        } catch (BadValue refused) {
            return Optional.empty();
        }
    }

    /// `a, b:amd64: /path`; lines about diversions name no owner.
    private static List<HostText> owners(List<Capture> captures) throws Unreadable {
        TreeSet<String> owners = new TreeSet<>();
        for (Capture capture : captures) {
            if (!capture.argv().words().contains("-S")) {
                continue;
            }
            List<String> lines = WholeLines.of(capture.readable());
            for (int index = 0; index < lines.size(); index++) {
                String line = lines.get(index);
                if (line.startsWith("diversion by ") || line.startsWith("local diversion ")) {
                    continue;
                }
                int end = line.indexOf(": /");
                if (end < 1) {
                    throw Unreadable.line(capture.argv(), index + 1, "package: /path", line);
                }
                for (String name : line.substring(0, end).split(", ")) {
                    owners.add(name.replaceFirst(":.*", ""));
                }
            }
        }
        return owners.stream().map(HostText::new).toList();
    }

    static Reading<PackageFacts> read(PackageInfo.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        List<HostText> owners = owners(captures);
        Optional<PackageName> name = name(arguments, owners);
        if (name.isEmpty()) {
            PackageFacts facts = PackageFacts.ofOwners(owners);
            return Reading.of(facts, owners.isEmpty(), List.of());
        }
        String text = name.get().value();
        Capture dpkg = find(captures, "-W").readable();
        List<Row> rows = rows(dpkg, text);
        Capture policy = find(captures, "policy").readable();
        Map<String, String> shown = shown(find(captures, "show").readable(), text);
        List<PackageFacts.Offer> offers = AptPolicy.offers(policy, text);
        List<Bilingual> gaps = new ArrayList<>();
        Capture last = captures.getLast();
        if (last.argv().equals(AptPolicy.sources()) && !AptPolicy.hasLists(last)) {
            gaps.add(AptPolicy.noLists());
        }
        boolean known = !rows.isEmpty() || !offers.isEmpty();
        PackageFacts facts =
                new PackageFacts(
                        known ? Optional.of(new HostText(text)) : Optional.empty(),
                        owners,
                        rows.stream().map(PackageInfoApt::installed).toList(),
                        AptPolicy.candidate(policy, text),
                        offers,
                        text(shown, "Description").map(PackageInfoApt::firstLine),
                        text(shown, "Homepage"),
                        Optional.empty(),
                        size(rows, shown),
                        source(rows, shown, known, text));
        return Reading.of(facts, facts.isNothing(), gaps);
    }

    /// Rows of packages that are there in some form, of this very name.
    private static List<Row> rows(Capture dpkg, String name) throws Unreadable {
        List<Row> rows = new ArrayList<>();
        for (Line line : Lines.whole(1, List.of(dpkg))) {
            List<String> columns = List.of(line.text().split("\t", -1));
            if (columns.size() != COLUMNS) {
                throw line.refused(COLUMNS + " columns of dpkg");
            }
            DpkgState state = DpkgState.of(line, columns.get(3));
            if (!state.isAbsent() && columns.getFirst().replaceFirst(":.*", "").equals(name)) {
                rows.add(new Row(columns, state));
            }
        }
        return rows;
    }

    private static PackageFacts.Installed installed(Row row) {
        return new PackageFacts.Installed(
                new HostText(row.columns().get(1)),
                new HostText(row.columns().get(2)),
                new HostText(row.state().text()),
                row.state().isHeld());
    }

    private static Map<String, String> shown(Capture show, String name) throws Unreadable {
        return Deb822.stanzas(show).stream()
                .filter(stanza -> name.equals(stanza.get("Package")))
                .findFirst()
                .orElse(Map.of());
    }

    private static Optional<HostText> text(Map<String, String> stanza, String field) {
        return Optional.ofNullable(stanza.get(field))
                .filter(value -> !value.isEmpty())
                .map(HostText::new);
    }

    private static HostText firstLine(HostText text) {
        return new HostText(text.value().lines().findFirst().orElse(""));
    }

    /// Both dpkg and apt state it in KiB.
    private static Optional<Bytes> size(List<Row> rows, Map<String, String> shown) {
        return rows.stream()
                .map(row -> row.columns().get(4))
                .filter(kib -> !kib.isEmpty())
                .findFirst()
                .or(() -> Optional.ofNullable(shown.get("Installed-Size")))
                .filter(kib -> kib.matches("[0-9]{1,12}"))
                .map(kib -> new Bytes(1024 * Long.parseLong(kib)));
    }

    /// A package without a `Source` was built from the source of its own name.
    private static Optional<HostText> source(
            List<Row> rows, Map<String, String> shown, boolean known, String name) {
        Optional<HostText> installed =
                rows.stream().map(row -> new HostText(row.columns().get(5))).findFirst();
        return installed
                .or(() ->
                        text(shown, "Source")
                                .map(text -> new HostText(text.value().replaceFirst(" .*", ""))))
                .or(() -> known ? Optional.of(new HostText(name)) : Optional.empty());
    }
}
