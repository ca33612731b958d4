package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.value.BadValue;
import parley.tools.value.PackageQuery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Packages by words, by what they provide, or by a file in them.
///
/// Source: the package lists that the host has, and its installed packages; nothing is fetched. All
/// words must stand in the name or the summary (apt: or the description). *Empty* means that
/// nothing fits and everything was searched: apt has no lists of the files of packages that are not
/// installed, so there a search for a file is partial.
public final class PackageSearch
        implements ManagerObservation<PackageSearch.Arguments, FoundPackages> {
    /// How many packages are looked at more closely, and listed.
    static final int MOST = 100;

    private static final int MOST_NAMED = 10;

    /// How to search.
    public enum Kind {
        KEYWORD,
        PROVIDES,
        FILE
    }

    public record Arguments(
            @Means(en = "what to search for", zh = "要搜索的内容") PackageQuery query,
            @Means(
                            en =
                                    "by words (keyword), by what a package provides, or by a file"
                                            + " in it",
                            zh = "按关键词（keyword）、按提供的功能（provides）或按包含的文件（file）")
                    Optional<Kind> kind) {
        public Arguments {
            boolean blank = query.value().contains(" ");
            if (blank && kind.filter(one -> one != Kind.KEYWORD).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "only a search by words may have blanks in it", "只有按关键词搜索时才能包含空格"));
            }
        }

        Kind how() {
            return kind.orElse(Kind.KEYWORD);
        }

        List<String> words() {
            return List.of(query.value().split(" +"));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.search",
                "packages",
                Bilingual.of("Find packages", "搜索软件包"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "search for a package called haproxy on lb-1", "在 lb-1 上搜索 haproxy 软件包"),
                Bilingual.of("search packages for redis on cache-1", "cache-1 上搜一下 redis 相关的软件包"),
                Bilingual.of(
                        "search for packages named tb-tool on web-1",
                        "在 web-1 上搜索名为 tb-tool 的软件包"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        String offered = "repoquery {{--available||--installed}} --qf " + PackageSearchDnf.FORM;
        return List.of(
                Dnf.rootCommand("search -- <query>..."),
                Dnf.rootCommand(offered + " -- <package>..."),
                Dnf.rootCommand(offered + " --whatprovides <query>"),
                Dnf.rootCommand(offered + " --file <~([*]/)?[A-Za-z0-9/][A-Za-z0-9._+/:()@-]*>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, FoundPackages>> dialect(Family family) {
        return switch (family) {
            case APT -> Dialect.of(PackageSearchApt::commands, PackageSearchApt::read);
            case DNF -> Dialect.of(PackageSearchDnf::commands, PackageSearchDnf::read);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Optional.empty();
        };
    }

    /// `names` without doubles: those that were asked for by name first, then those with all words
    /// in the name, then the others; at most [#MOST].
    static List<String> ranked(Arguments arguments, Collection<String> names) {
        String query = arguments.query().value().toLowerCase(Locale.ROOT);
        List<String> words = List.of(query.split(" +"));
        return names.stream()
                .distinct()
                .sorted(
                        Comparator.comparing((String name) ->
                                        !name.toLowerCase(Locale.ROOT).equals(query))
                                .thenComparing(name ->
                                        !words.stream()
                                                .allMatch(name.toLowerCase(Locale.ROOT)::contains))
                                .thenComparing(name -> name))
                .limit(MOST)
                .toList();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<FoundPackages> reading) {
        FoundPackages value = reading.value();
        String what = "\"" + arguments.query() + "\"";
        String whatZh = "“" + arguments.query() + "”";
        if (value.found() == 0) {
            boolean partial = reading.status() == Reading.Status.PARTIAL;
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            (partial
                                            ? "none of the packages that could be searched fits "
                                            : "no package fits ")
                                    + what,
                            (partial ? "能搜索到的软件包中没有符合 " : "没有软件包符合 ") + whatZh));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Finding.of(
                        Severity.NOTICE,
                        value.found()
                                + (value.found() == 1 ? " package fits " : " packages fit ")
                                + what
                                + ": "
                                + names(value, " (installed)"),
                        "符合 "
                                + whatZh
                                + " 的软件包有 "
                                + value.found()
                                + " 个："
                                + names(value, "（已安装）")));
        if (value.found() > value.packages().size()) {
            int shown = value.packages().size();
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "only the first {0} are listed; a longer query finds fewer",
                            "只列出前 {0} 个；更具体的搜索词结果更少",
                            shown));
        }
        return List.copyOf(findings);
    }

    private static String names(FoundPackages value, String installed) {
        return value.packages().stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.name() + (one.installed().isPresent() ? installed : ""))
                        .collect(Collectors.joining(", "))
                + (value.packages().size() > MOST_NAMED ? ", …" : "");
    }
}
