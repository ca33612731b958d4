package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageDeps] on Debian and its kin. Among installed packages: `dpkg-query -W` of all of them,
/// since only that tells the needs of the very versions that are there, and what provides what.
/// Else `apt-cache depends` and `rdepends` (exit 100: no such package).
final class PackageDepsApt {
    private static final String FORM =
            "${Package}\\t${Version}\\t${db:Status-Abbrev}\\t${Pre-Depends}\\t${Depends}"
                    + "\\t${Provides}\\n";
    private static final int COLUMNS = 6;
    private static final Pattern HEAD = Pattern.compile("<?[a-z0-9][a-z0-9+.:-]*>?");
    private static final Pattern NEED =
            Pattern.compile(" ([ |])(?:Pre)?Depends: (<?)([a-z0-9][a-z0-9+.:-]*)>?");
    private static final Pattern REVERSE = Pattern.compile(" ([ |])([a-z0-9][a-z0-9+.:,-]*)");
    private static final Pattern PROVIDER = Pattern.compile(" {4}([a-z0-9][a-z0-9+.:-]*)");
    private static final String REVERSE_HEAD = "Reverse Depends:";

    /// A package on the host with what it needs and provides.
    ///
    /// @param whole whether it is there in full; what is there in part fulfils nothing
    private record Installed(
            Line line,
            String name,
            HostText version,
            boolean whole,
            List<DebianNeed> needs,
            Set<String> provides) {
        Installed {
            requireNonNull(line, "line is null");
            needs = List.copyOf(needs);
            provides = Set.copyOf(provides);
        }

        boolean isMeant(DebianNeed.Alternative one) {
            return name.equals(one.name()) || provides.contains(one.name());
        }

        boolean fulfils(DebianNeed.Alternative one) {
            return whole && isMeant(one);
        }
    }

    private PackageDepsApt() {}

    static Argv command(PackageDeps.Arguments arguments) {
        if (arguments.onlyInstalled()) {
            return Argv.of("dpkg-query", "-W", "-f", FORM).keeping(PackageList.MOST_BYTES);
        }
        return Argv.of(
                        "apt-cache",
                        arguments.reverse() ? "rdepends" : "depends",
                        "--important",
                        "--",
                        arguments.name().value())
                .alsoReadableWhenExit(100);
    }

    static Reading<PackageRelations> read(PackageDeps.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        if (captures.getFirst().truncated()) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: there may be more relations",
                            "输出过长被截断：可能还有更多依赖关系"));
        }
        return arguments.onlyInstalled()
                ? installed(arguments, captures, gaps)
                : offered(arguments, captures, gaps);
    }

    private static Reading<PackageRelations> installed(
            PackageDeps.Arguments arguments, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        List<Installed> all = all(captures);
        List<Installed> asked =
                all.stream().filter(one -> one.name().equals(arguments.name().value())).toList();
        List<PackageRelations.Relation> relations = new ArrayList<>();
        List<HostText> unmet = new ArrayList<>();
        for (Installed one : asked) {
            if (arguments.reverse()) {
                all.stream()
                        .filter(other -> !other.name().equals(one.name()))
                        .forEach(other -> relations.addAll(needing(one, other, all)));
            } else {
                needed(one, all, relations, unmet);
            }
        }
        return PackageDeps.reading(arguments, !asked.isEmpty(), relations, unmet, gaps);
    }

    /// Packages of which more than their configuration is there.
    private static List<Installed> all(List<Capture> captures) throws Unreadable {
        List<Installed> all = new ArrayList<>();
        for (Line line : Lines.whole(1, captures)) {
            List<String> row = List.of(line.text().split("\t", -1));
            if (row.size() != COLUMNS) {
                throw line.refused(COLUMNS + " columns of dpkg");
            }
            DpkgState state = DpkgState.of(line, row.get(2));
            if (state.isAbsent() || state.isLeftover()) {
                continue;
            }
            List<DebianNeed> needs = new ArrayList<>(DebianNeed.of(line, row.get(3)));
            needs.addAll(DebianNeed.of(line, row.get(4)));
            Set<String> provides = new HashSet<>();
            for (DebianNeed one : DebianNeed.of(line, row.get(5))) {
                provides.add(one.alternatives().getFirst().name());
            }
            all.add(
                    new Installed(
                            line,
                            row.get(0),
                            new HostText(row.get(1)),
                            state.isWhole(),
                            needs,
                            provides));
        }
        return all;
    }

    private static void needed(
            Installed one,
            List<Installed> all,
            List<PackageRelations.Relation> relations,
            List<HostText> unmet) {
        for (DebianNeed need : one.needs()) {
            List<Installed> providers = providers(need, all);
            if (providers.isEmpty()) {
                unmet.add(new HostText(need.text()));
            }
            for (Installed provider : providers) {
                relations.add(relation(provider, need, distinct(providers) > 1, one.line().at()));
            }
        }
    }

    private static List<PackageRelations.Relation> needing(
            Installed one, Installed other, List<Installed> all) {
        List<PackageRelations.Relation> relations = new ArrayList<>();
        for (DebianNeed need : other.needs()) {
            if (need.alternatives().stream().anyMatch(one::isMeant)) {
                boolean others =
                        providers(need, all).stream()
                                .anyMatch(end -> !end.name().equals(one.name()));
                relations.add(relation(other, need, others, other.line().at()));
            }
        }
        return relations;
    }

    private static List<Installed> providers(DebianNeed need, List<Installed> all) {
        return all.stream()
                .filter(other -> need.alternatives().stream().anyMatch(other::fulfils))
                .toList();
    }

    /// The same package in two architectures is no alternative to itself.
    private static long distinct(List<Installed> packages) {
        return packages.stream().map(Installed::name).distinct().count();
    }

    private static PackageRelations.Relation relation(
            Installed end, DebianNeed need, boolean replaceable, Finding.Lines at) {
        return new PackageRelations.Relation(
                new HostText(end.name()),
                Optional.of(end.version()),
                Optional.of(new HostText(need.text())),
                Optional.of(replaceable),
                at);
    }

    /// What apt-cache says; virtual names, which it puts in angle brackets, stand for the packages
    /// indented below them.
    private static Reading<PackageRelations> offered(
            PackageDeps.Arguments arguments, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        List<PackageRelations.Relation> relations = new ArrayList<>();
        List<Line> lines = Lines.whole(1, captures);
        for (Line line : lines) {
            boolean head = line.has(HEAD) || line.text().equals(REVERSE_HEAD);
            boolean provider = line.has(PROVIDER);
            if (head || provider) {
                continue;
            }
            Matcher form =
                    arguments.reverse()
                            ? line.match(REVERSE, "the name of a package")
                            : line.match(NEED, "Depends: and the name of a package");
            String name = form.group(form.groupCount());
            relations.add(
                    new PackageRelations.Relation(
                            new HostText(name),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(form.group(1).equals("|")),
                            line.at()));
        }
        return PackageDeps.reading(
                arguments, !lines.isEmpty(), distinctNames(relations), List.of(), gaps);
    }

    private static List<PackageRelations.Relation> distinctNames(
            List<PackageRelations.Relation> relations) {
        Set<HostText> seen = new HashSet<>();
        return relations.stream().filter(one -> seen.add(one.name())).toList();
    }
}
