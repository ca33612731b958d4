package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// [PackageDeps] on hosts with dnf 4: `dnf -C repoquery` with `--whatrequires`, or with `--requires
/// --resolve` beside the needs as written. Needs that dnf can resolve to no package just vanish
/// from its answer, so when it resolves none of them that is told.
final class PackageDepsDnf {
    static final String FORM = "%{name}|%{epoch}|%{version}|%{release}|%{arch}";
    private static final int COLUMNS = 5;

    private PackageDepsDnf() {}

    static List<Argv> commands(PackageDeps.Arguments arguments) {
        String where = arguments.onlyInstalled() ? "--installed" : "--available";
        String name = arguments.name().value();
        List<Argv> commands = new ArrayList<>();
        commands.add(Dnf.cached("repoquery", where, "--qf", FORM, "--", name));
        if (arguments.reverse()) {
            commands.add(Dnf.cached("repoquery", where, "--qf", FORM, "--whatrequires", name));
        } else {
            commands.add(
                    Dnf.cached(
                            "repoquery",
                            where,
                            "--requires",
                            "--resolve",
                            "--qf",
                            FORM,
                            "--",
                            name));
            commands.add(Dnf.cached("repoquery", where, "--requires", "--", name));
        }
        return commands;
    }

    static Reading<PackageRelations> read(PackageDeps.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        for (Capture capture : captures) {
            if (Dnf.lacksCache(capture)) {
                return PackageDeps.reading(
                        arguments, false, List.of(), List.of(), List.of(Dnf.noCache()));
            }
        }
        boolean known =
                Dnf.rows(captures.getFirst(), COLUMNS).stream()
                        .anyMatch(row -> row.getFirst().equals(arguments.name().value()));
        Capture related = captures.get(1);
        List<PackageRelations.Relation> relations = new ArrayList<>();
        List<List<String>> rows = Dnf.rows(related, COLUMNS);
        Set<List<String>> seen = new HashSet<>();
        for (int index = 0; index < rows.size(); index++) {
            List<String> row = rows.get(index);
            boolean itself = row.getFirst().equals(arguments.name().value());
            if (!itself && seen.add(row)) {
                relations.add(
                        new PackageRelations.Relation(
                                new HostText(row.getFirst()),
                                Optional.of(new HostText(Dnf.version(related, row, 1).text())),
                                Optional.empty(),
                                Optional.empty(),
                                new Finding.Lines(2, index + 1, index + 1)));
            }
        }
        List<HostText> unmet = List.of();
        if (!arguments.reverse() && rows.isEmpty()) {
            unmet = needs(captures.get(2));
        }
        return PackageDeps.reading(arguments, known, relations, unmet, gaps);
    }

    /// The needs as written, without those that rpm and the package itself fulfil.
    private static List<HostText> needs(Capture capture) {
        return WholeLines.of(capture).stream()
                .filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("rpmlib(") && !line.startsWith("config("))
                .map(HostText::new)
                .toList();
    }
}
