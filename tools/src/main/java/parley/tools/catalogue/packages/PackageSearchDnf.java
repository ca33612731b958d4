package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageSearch] on hosts with dnf 4: `dnf -C search` for words, then what `dnf -C repoquery`
/// says of the offered and of the installed packages that fit, each the newest.
final class PackageSearchDnf {
    static final String FORM =
            "%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}|%{summary}";
    private static final int COLUMNS = 7;
    private static final Pattern HEADING = Pattern.compile("=+ .* =+");
    private static final Pattern FOUND = Pattern.compile("(\\S+)\\.([A-Za-z0-9_]+) : .*");

    private PackageSearchDnf() {}

    /// The commands known so far.
    static List<Argv> commands(PackageSearch.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        String query = arguments.query().value();
        return switch (arguments.how()) {
            case KEYWORD -> byWords(arguments, soFar);
            case PROVIDES -> both("--whatprovides", query);
            case FILE -> both("--file", query.startsWith("/") ? query : "*/" + query);
        };
    }

    private static List<Argv> both(String... selection) {
        return List.of(
                Dnf.cached("repoquery", "--available", "--qf", FORM).plus(selection),
                Dnf.cached("repoquery", "--installed", "--qf", FORM).plus(selection));
    }

    private static List<Argv> byWords(PackageSearch.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        commands.add(Dnf.cached("search", "--").plus(arguments.words().toArray(String[]::new)));
        if (!soFar.isEmpty() && !Dnf.lacksCache(soFar.getFirst())) {
            List<String> names = PackageSearch.ranked(arguments, named(soFar));
            if (!names.isEmpty()) {
                List<String> selection = new ArrayList<>(List.of("--"));
                selection.addAll(names);
                commands.addAll(both(selection.toArray(String[]::new)));
            }
        }
        return commands;
    }

    /// The names in the answer of `dnf search`, below headings that are passed over.
    private static List<String> named(List<Capture> captures) throws Unreadable {
        TreeSet<String> names = new TreeSet<>();
        for (Line line : Lines.whole(1, captures)) {
            if (!line.has(HEADING) && !line.text().isBlank()) {
                Matcher form = line.match(FOUND, "package.architecture : summary");
                names.add(form.group(1));
            }
        }
        return List.copyOf(names);
    }

    static Reading<FoundPackages> read(PackageSearch.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        boolean words = arguments.how() == PackageSearch.Kind.KEYWORD;
        List<Bilingual> gaps = new ArrayList<>();
        if (Dnf.lacksCache(captures.getFirst())) {
            gaps.add(Dnf.noCache());
        }
        if (captures.getFirst().truncated()) {
            gaps.add(Bilingual.of("the output was cut: more packages fit", "输出过长被截断：符合的软件包更多"));
        }
        int first = words ? 1 : 0;
        Map<String, Row> offered = newest(captures, first);
        Map<String, Row> installed = newest(captures, first + 1);
        TreeSet<String> names = new TreeSet<>(offered.keySet());
        names.addAll(installed.keySet());
        long found = names.size();
        if (words && gaps.isEmpty()) {
            found = named(captures).size();
        }
        List<FoundPackages.Hit> hits = new ArrayList<>();
        for (String name : PackageSearch.ranked(arguments, names)) {
            hits.add(
                    hit(
                            name,
                            Optional.ofNullable(offered.get(name)),
                            Optional.ofNullable(installed.get(name))));
        }
        return Reading.of(new FoundPackages(found, hits), found == 0, gaps);
    }

    /// A row of `repoquery`.
    private record Row(RpmVersion version, HostText repository, HostText summary) {
        HostText text() {
            return new HostText(version.text());
        }
    }

    /// The newest row of each name in a capture; none where there is no such capture, or no lists.
    private static Map<String, Row> newest(List<Capture> captures, int index) throws Unreadable {
        Map<String, Row> newest = new LinkedHashMap<>();
        if (captures.size() <= index || Dnf.lacksCache(captures.get(index))) {
            return newest;
        }
        Capture capture = captures.get(index);
        for (List<String> row : Dnf.rows(capture, COLUMNS)) {
            newest.merge(
                    row.getFirst(),
                    new Row(
                            Dnf.version(capture, row, 1),
                            new HostText(row.get(5)),
                            new HostText(row.get(6))),
                    (one, other) -> other.version().compareTo(one.version()) > 0 ? other : one);
        }
        return newest;
    }

    private static FoundPackages.Hit hit(
            String name, Optional<Row> offered, Optional<Row> installed) {
        Optional<HostText> present = installed.map(Row::text);
        return new FoundPackages.Hit(
                new HostText(name),
                offered.map(Row::text).or(() -> present),
                offered.map(Row::repository),
                present,
                offered.or(() -> installed).map(Row::summary));
    }
}
