package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Next;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// [PackageDeps] wherever there is an rpm database, among installed packages: what the package
/// needs or provides, by name, and then who provides or needs that. rpm exits with the number of
/// names it found nothing for, and says of each that nobody has it. Versions of needs are not
/// compared: the package is installed, so they are met.
record PackageDepsRpm(Family family) implements Dialect<PackageDeps.Arguments, PackageRelations> {
    private static final String FORM = "%{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}\\n";
    private static final int COLUMNS = 5;

    /// As many names as are asked for at once; rpm's exit code counts no further either.
    private static final int MOST_NAMES = 200;

    /// A name that comes from the host and goes back to it as a word: no blank, so no condition,
    /// and none of rpm's macros.
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/_][A-Za-z0-9/_.+:()~^@,=-]{0,250}");

    private static final Pattern NOBODY =
            Pattern.compile("no package (provides|requires) \\S+|error: file .*");

    @Override
    public Next next(PackageDeps.Arguments arguments, List<Capture> soFar) {
        if (!arguments.onlyInstalled()) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "on hosts with {0} only installed packages can be looked at"
                                    + " (installedOnly)",
                            "在使用 {0} 的主机上只能查看已安装的软件包（installedOnly）", family.word()));
        }
        return Next.known(soFar, () -> commands(arguments, soFar));
    }

    private static List<Argv> commands(PackageDeps.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        String name = arguments.name().value();
        String own = arguments.reverse() ? "[%{PROVIDENAME}\\n]" : "[%{REQUIRENAME}\\n]";
        commands.add(query("--qf", FORM, "--", name).alsoReadableWhenExit(1));
        if (!soFar.isEmpty() && isInstalled(arguments, soFar.getFirst())) {
            commands.add(query("--qf", own, "--", name));
        }
        if (soFar.size() > 1) {
            List<String> asked = asked(soFar.get(1));
            List<String> words =
                    Stream.concat(
                                    Stream.of(
                                            arguments.reverse()
                                                    ? "--whatrequires"
                                                    : "--whatprovides",
                                            "--qf",
                                            FORM,
                                            "--"),
                                    asked.stream())
                            .toList();
            if (!asked.isEmpty()) {
                commands.add(
                        query(words.toArray(String[]::new))
                                .alsoReadableWhenExit(
                                        IntStream.rangeClosed(1, asked.size())
                                                .boxed()
                                                .toArray(Integer[]::new)));
            }
        }
        return commands;
    }

    private static Argv query(String... words) {
        List<String> all = new ArrayList<>(List.of("rpm", "-q"));
        all.addAll(List.of(words));
        return Argv.of(all).keeping(1024 * 1024);
    }

    private static boolean isInstalled(PackageDeps.Arguments arguments, Capture query)
            throws Unreadable {
        String absent = "package " + arguments.name() + " is not installed";
        Dnf.sound(query.readable());
        return !query.stdout().strip().equals(absent) && !Dnf.rows(query, COLUMNS).isEmpty();
    }

    private static Set<String> names(Capture own) throws Unreadable {
        Set<String> names = new LinkedHashSet<>();
        for (String line : WholeLines.of(Dnf.sound(own.readable()))) {
            if (!line.isBlank() && !line.startsWith("rpmlib(") && !line.startsWith("config(")) {
                names.add(line.strip());
            }
        }
        return names;
    }

    private static List<String> asked(Capture own) throws Unreadable {
        return names(own).stream()
                .filter(name -> PLAIN.matcher(name).matches())
                .limit(MOST_NAMES)
                .toList();
    }

    @Override
    public Reading<PackageRelations> read(PackageDeps.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        boolean known = isInstalled(arguments, captures.getFirst());
        List<Bilingual> gaps = new ArrayList<>();
        List<PackageRelations.Relation> relations = new ArrayList<>();
        List<HostText> unmet = new ArrayList<>();
        if (known) {
            gaps.addAll(gaps(arguments, captures.get(1)));
        }
        if (captures.size() > 2) {
            Capture related = Dnf.sound(captures.get(2).readable());
            List<String> lines = WholeLines.of(related);
            Set<String> seen = new HashSet<>();
            for (int index = 0; index < lines.size(); index++) {
                String line = lines.get(index);
                if (line.startsWith("no package provides ")) {
                    unmet.add(new HostText(line.substring("no package provides ".length())));
                } else if (!NOBODY.matcher(line).matches() && seen.add(line)) {
                    relation(arguments, related, line, index + 1).ifPresent(relations::add);
                }
            }
        }
        return PackageDeps.reading(arguments, known, relations, unmet, gaps);
    }

    private static Optional<PackageRelations.Relation> relation(
            PackageDeps.Arguments arguments, Capture related, String line, int number)
            throws Unreadable {
        List<String> row = List.of(line.split("\\|", -1));
        if (row.size() != COLUMNS) {
            throw Unreadable.line(related.argv(), number, COLUMNS + " columns", line);
        }
        if (row.getFirst().equals(arguments.name().value())) {
            return Optional.empty();
        }
        return Optional.of(
                new PackageRelations.Relation(
                        new HostText(row.getFirst()),
                        Optional.of(new HostText(Dnf.version(related, row, 1).text())),
                        Optional.empty(),
                        Optional.empty(),
                        new Finding.Lines(3, number, number)));
    }

    /// What was not asked for, and what asking by name cannot see.
    private static List<Bilingual> gaps(PackageDeps.Arguments arguments, Capture own)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        int left = names(own).size() - asked(own).size();
        if (left > 0) {
            gaps.add(
                    Bilingual.of(
                            "{0} of its relations were not looked up: conditions, or too many",
                            "有 {0} 项关系没有查询：带条件，或数量过多", left));
        }
        if (arguments.reverse()) {
            gaps.add(
                    Bilingual.of(
                            "who needs a single file of it was not looked for",
                            "没有查询哪些软件包依赖其中的某个文件"));
        }
        return gaps;
    }
}
