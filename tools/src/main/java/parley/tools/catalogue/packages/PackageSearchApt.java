package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [PackageSearch] on Debian and its kin: `apt-cache search` (words are patterns there, so their
/// special characters are escaped), `apt-cache showpkg` for what packages provide, or `dpkg-query
/// -S` for files of installed packages (exit 1: none); then `apt-cache policy` of what was found.
final class PackageSearchApt {
    private static final String NAME = "[a-z0-9][a-z0-9+.-]*";
    private static final Pattern FOUND = Pattern.compile("(" + NAME + ")(?::\\S+)? - (.*)");
    private static final Pattern OWNED =
            Pattern.compile("(" + NAME + "(?::\\S+)?(?:, " + NAME + "(?::\\S+)?)*): (/.*)");
    private static final Pattern PROVIDER = Pattern.compile("(" + NAME + ")(?::\\S+)? \\S+ .*");
    private static final Pattern VERSION = Pattern.compile("\\S+ \\(.*\\)");
    private static final String VERSIONS = "Versions:";
    private static final String PROVIDERS = "Reverse Provides:";

    private PackageSearchApt() {}

    /// The commands known so far.
    static List<Argv> commands(PackageSearch.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(List.of(AptPolicy.sources(), search(arguments)));
        if (soFar.size() >= commands.size()) {
            List<String> names = PackageSearch.ranked(arguments, found(arguments, soFar).keySet());
            if (!names.isEmpty()) {
                commands.add(
                        Argv.of("apt-cache", "policy", "--").plus(names.toArray(String[]::new)));
            }
        }
        return commands;
    }

    private static Argv search(PackageSearch.Arguments arguments) {
        String query = arguments.query().value();
        return switch (arguments.how()) {
            case KEYWORD ->
                    Argv.of("apt-cache", "search", "--")
                            .plus(
                                    arguments.words().stream()
                                            .map(PackageSearchApt::literal)
                                            .toArray(String[]::new))
                            .within(Duration.ofMinutes(1))
                            .keeping(PackageList.MOST_BYTES);
            case PROVIDES -> Argv.of("apt-cache", "showpkg", "--", query).alsoReadableWhenExit(100);
            case FILE ->
                    Argv.of("dpkg-query", "-S", "--", query)
                            .alsoReadableWhenExit(1)
                            .keeping(PackageList.MOST_BYTES);
        };
    }

    /// A POSIX pattern that only the word itself matches.
    private static String literal(String word) {
        return word.replaceAll("[.+()]", "[$0]");
    }

    /// The names found, with what fits.
    private static Map<String, Optional<HostText>> found(
            PackageSearch.Arguments arguments, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.whole(2, captures);
        return switch (arguments.how()) {
            case KEYWORD -> byWords(lines);
            case PROVIDES -> providers(arguments.query().value(), lines);
            case FILE -> owners(lines);
        };
    }

    private static Map<String, Optional<HostText>> byWords(List<Line> lines) throws Unreadable {
        Map<String, Optional<HostText>> found = new LinkedHashMap<>();
        for (Line line : lines) {
            Matcher form = line.match(FOUND, "package - summary");
            found.putIfAbsent(form.group(1), Optional.of(new HostText(form.group(2))));
        }
        return found;
    }

    /// Who provides it; a package of that very name with any version provides it, too.
    private static Map<String, Optional<HostText>> providers(String query, List<Line> lines)
            throws Unreadable {
        Map<String, Optional<HostText>> found = new LinkedHashMap<>();
        String section = "";
        for (Line line : lines) {
            String text = line.text().strip();
            if (text.equals(VERSIONS) || text.equals(PROVIDERS)) {
                section = text;
            } else if (text.equals("Reverse Depends:")) {
                section = "";
            } else if (section.equals(VERSIONS) && line.has(VERSION)) {
                found.put(query, Optional.empty());
            } else if (section.equals(PROVIDERS) && !text.isEmpty()) {
                Matcher form = line.match(PROVIDER, "package version (= what it provides)");
                found.putIfAbsent(form.group(1), Optional.empty());
            }
        }
        return found;
    }

    private static Map<String, Optional<HostText>> owners(List<Line> lines) throws Unreadable {
        Map<String, Optional<HostText>> found = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.text().startsWith("diversion by ")
                    || line.text().startsWith("local diversion ")) {
                continue;
            }
            Matcher form = line.match(OWNED, "package: /path");
            for (String name : form.group(1).split(", ")) {
                found.putIfAbsent(
                        name.replaceFirst(":.*", ""), Optional.of(new HostText(form.group(2))));
            }
        }
        return found;
    }

    static Reading<FoundPackages> read(PackageSearch.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        Map<String, Optional<HostText>> found = found(arguments, captures);
        List<Bilingual> gaps = new ArrayList<>();
        if (arguments.how() == PackageSearch.Kind.FILE) {
            gaps.add(
                    Bilingual.of(
                            "only installed packages were searched: apt keeps no lists of the files"
                                    + " of others",
                            "只搜索了已安装的软件包：apt 没有未安装软件包的文件列表"));
        } else if (!AptPolicy.hasLists(captures.getFirst())) {
            gaps.add(AptPolicy.noLists());
        }
        if (captures.get(1).truncated()) {
            gaps.add(Bilingual.of("the output was cut: more packages fit", "输出过长被截断：符合的软件包更多"));
        }
        List<FoundPackages.Hit> hits = new ArrayList<>();
        for (String name : PackageSearch.ranked(arguments, found.keySet())) {
            hits.add(hit(name, found.getOrDefault(name, Optional.empty()), captures.get(2)));
        }
        return Reading.of(new FoundPackages(found.size(), hits), found.isEmpty(), gaps);
    }

    private static FoundPackages.Hit hit(String name, Optional<HostText> fits, Capture policy)
            throws Unreadable {
        Optional<HostText> installed = AptPolicy.installed(policy, name);
        Optional<HostText> version = AptPolicy.candidate(policy, name).or(() -> installed);
        Optional<HostText> repository =
                AptPolicy.offers(policy, name).stream()
                        .filter(offer -> version.filter(offer.version()::equals).isPresent())
                        .map(PackageFacts.Offer::repository)
                        .findFirst();
        return new FoundPackages.Hit(new HostText(name), version, repository, installed, fits);
    }
}
