package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The repositories of dnf and yum, from their own files: sections of `key=value`. `[main]` states
/// what holds for those that say nothing themselves; what it does not state either is off, but for
/// `enabled` and `sslverify`.
final class RpmRepositories {
    private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)\\]\\s*(?:[#;].*)?");
    private static final Pattern SETTING =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*[=:]\\s*(.*)");
    private static final Set<String> TRUE = Set.of("1", "yes", "true", "on");
    private static final Set<String> PLACES = Set.of("baseurl", "mirrorlist", "metalink");

    private record Section(ConfigLine head, Map<String, String> settings) {}

    private RpmRepositories() {}

    static Argv command() {
        return ConfigLine.grep(
                List.of("*.repo", "dnf.conf", "yum.conf"),
                "/etc/yum.repos.d",
                "/etc/dnf/dnf.conf",
                "/etc/yum.conf");
    }

    /// @param dnf4 whether a check that nothing states is known to be off
    static List<Repository> read(
            int number, List<Capture> captures, boolean dnf4, List<Bilingual> gaps)
            throws Unreadable {
        Map<String, String> main = new LinkedHashMap<>();
        List<Section> sections = new ArrayList<>();
        for (List<ConfigLine> file : ConfigLine.files(number, captures, gaps).sequencedValues()) {
            for (Section section : sections(file)) {
                if (name(section).equals("main")) {
                    main.putAll(section.settings());
                } else {
                    sections.add(section);
                }
            }
        }
        if (main.containsKey("reposdir")) {
            gaps.add(
                    Bilingual.of(
                            "the configuration names other folders for repositories (reposdir),"
                                    + " which were not looked into",
                            "配置用 reposdir 指定了其他软件源目录，未读取"));
        }
        List<Repository> repositories = new ArrayList<>();
        for (Section section : sections) {
            repositories.add(repository(section, main, dnf4));
        }
        return repositories;
    }

    private static List<Section> sections(List<ConfigLine> file) throws Unreadable {
        List<Section> sections = new ArrayList<>();
        String last = "";
        for (ConfigLine line : file) {
            String text = line.text();
            Matcher head = SECTION.matcher(text);
            Matcher setting = SETTING.matcher(text);
            if (text.isBlank() || text.matches("\\s*[#;].*")) {
                continue;
            }
            if (head.matches()) {
                sections.add(new Section(line, new LinkedHashMap<>()));
                last = "";
            } else if (sections.isEmpty()) {
                throw line.at().refused("[repository]");
            } else if (text.matches("\\s.*") && !last.isEmpty()) {
                sections.getLast()
                        .settings()
                        .merge(last, text.strip(), (before, more) -> before + " " + more);
            } else if (setting.matches()) {
                last = setting.group(1).toLowerCase(Locale.ROOT);
                sections.getLast().settings().put(last, setting.group(2).strip());
            } else {
                throw line.at().refused("key=value");
            }
        }
        return sections;
    }

    private static String name(Section section) {
        Matcher head = SECTION.matcher(section.head().text());
        return head.matches() ? head.group(1) : "";
    }

    private static Repository repository(Section section, Map<String, String> main, boolean dnf4) {
        Map<String, String> all = new LinkedHashMap<>(main);
        all.putAll(section.settings());
        Map<String, String> own = section.settings();
        List<HostText> urls = new ArrayList<>();
        own.forEach((key, value) -> {
            if (PLACES.contains(key)) {
                words(value).forEach(url -> urls.add(new HostText(Addresses.masked(url))));
            }
        });
        Optional<Boolean> packages = flag(all, "gpgcheck").or(() -> flag(all, "pkg_gpgcheck"));
        return new Repository(
                new HostText(name(section)),
                Optional.ofNullable(own.get("name")).map(HostText::new),
                urls,
                Optional.empty(),
                flag(own, "enabled").orElse(true),
                packages.isEmpty() && dnf4 ? Optional.of(false) : packages,
                flag(all, "repo_gpgcheck").orElse(false),
                Optional.empty(),
                words(own.getOrDefault("gpgkey", "")).stream().map(HostText::new).toList(),
                flag(all, "sslverify").orElse(true),
                Optional.ofNullable(own.get("priority"))
                        .filter(text -> text.matches("-?\\d{1,9}"))
                        .map(Long::parseLong),
                Optional.empty(),
                Optional.empty(),
                new HostText(section.head().file()),
                section.head().at().at());
    }

    private static List<String> words(String value) {
        return value.isBlank() ? List.of() : List.of(value.strip().split("[\\s,]+"));
    }

    private static Optional<Boolean> flag(Map<String, String> settings, String key) {
        return Optional.ofNullable(settings.get(key))
                .map(value -> TRUE.contains(value.toLowerCase(Locale.ROOT)));
    }
}
