package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The repositories of apt: one-line entries in `*.list` (a commented-out one counts as disabled),
/// stanzas in `*.sources`; and what apt itself knows of each, by `apt-get indextargets`.
final class AptSources {
    private static final Pattern ENTRY =
            Pattern.compile(
                    "\\s*(#+)?\\s*deb\\s+(?:\\[([^\\]]*)\\]\\s+)?(\\S+:\\S+)\\s+(\\S+)(.*)");
    private static final Pattern OTHER = Pattern.compile("\\s*(#.*|deb-src\\s.*)?");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z-]+):\\s*(.*)");
    private static final int COLUMNS = 6;

    /// One entry, whichever way it was written.
    private record Entry(
            ConfigLine at,
            boolean enabled,
            List<String> uris,
            List<String> suites,
            Map<String, String> options) {}

    /// What apt knows of one repository.
    private record Target(boolean fetched, boolean trusted, String origin) {}

    private AptSources() {}

    static Argv command() {
        return ConfigLine.grep(
                List.of("*.list", "*.sources"), "/etc/apt/sources.list", "/etc/apt/sources.list.d");
    }

    static Argv targets() {
        return Argv.of(
                "apt-get",
                "indextargets",
                "--format",
                "$(REPO_URI)|$(RELEASE)|$(TRUSTED)|$(SUITE)|$(CODENAME)|$(ORIGIN)",
                "Created-By: Packages");
    }

    /// @param configured number of the capture of [#command]; that of [#targets] comes next
    static List<Repository> read(int configured, List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Map<String, Target> targets = targets(configured + 1, captures);
        List<Repository> repositories = new ArrayList<>();
        for (List<ConfigLine> file :
                ConfigLine.files(configured, captures, gaps).sequencedValues()) {
            boolean stanzas = file.getFirst().file().endsWith(".sources");
            for (Entry entry : stanzas ? stanzas(file) : lines(file)) {
                for (String uri : entry.uris()) {
                    for (String suite : entry.suites()) {
                        repositories.add(repository(entry, uri, suite, targets));
                    }
                }
            }
        }
        return repositories;
    }

    private static Map<String, Target> targets(int number, List<Capture> captures)
            throws Unreadable {
        Map<String, Target> targets = new HashMap<>();
        for (Line line : Lines.of(number, captures)) {
            String[] columns = line.text().split("\\|", -1);
            if (columns.length != COLUMNS) {
                throw line.refused(COLUMNS + " columns");
            }
            // what apt does not know stays as it stood in the format
            boolean fetched = !columns[3].startsWith("$(") || !columns[5].startsWith("$(");
            targets.put(
                    columns[0] + " " + columns[1],
                    new Target(
                            fetched,
                            columns[2].equals("yes"),
                            columns[5].startsWith("$(") ? "" : columns[5]));
        }
        return targets;
    }

    private static List<Entry> lines(List<ConfigLine> file) throws Unreadable {
        List<Entry> entries = new ArrayList<>();
        for (ConfigLine line : file) {
            Matcher form = ENTRY.matcher(line.text());
            if (form.matches()) {
                Map<String, String> options = new LinkedHashMap<>();
                for (String option : words(Optional.ofNullable(form.group(2)).orElse(""))) {
                    String[] parts = option.split("=", 2);
                    options.put(
                            parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? parts[1] : "");
                }
                entries.add(
                        new Entry(
                                line,
                                form.group(1) == null,
                                List.of(form.group(3)),
                                List.of(form.group(4)),
                                options));
            } else if (!OTHER.matcher(line.text()).matches()) {
                throw line.at().refused("deb [options] address suite components");
            }
        }
        return entries;
    }

    private static List<Entry> stanzas(List<ConfigLine> file) throws Unreadable {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        ConfigLine head = file.getFirst();
        String last = "";
        for (ConfigLine line : file) {
            String text = line.text();
            Matcher field = FIELD.matcher(text);
            if (text.isBlank()) {
                add(entries, head, fields);
                fields = new LinkedHashMap<>();
                last = "";
            } else if (text.matches("\\s.*") && !last.isEmpty()) {
                fields.merge(last, text.strip(), (before, more) -> before + "\n" + more);
            } else if (field.matches()) {
                if (fields.isEmpty()) {
                    head = line;
                }
                last = field.group(1).toLowerCase(Locale.ROOT);
                fields.put(last, field.group(2).strip());
            } else if (!text.startsWith("#")) {
                throw line.at().refused("Field: value");
            }
        }
        add(entries, head, fields);
        return entries;
    }

    private static void add(List<Entry> entries, ConfigLine head, Map<String, String> fields) {
        if (words(fields.getOrDefault("types", "")).contains("deb")) {
            entries.add(
                    new Entry(
                            head,
                            !fields.getOrDefault("enabled", "yes").matches("(?i)no|false|0|off"),
                            words(fields.getOrDefault("uris", "")),
                            words(fields.getOrDefault("suites", "")),
                            fields));
        }
    }

    private static Repository repository(
            Entry entry, String uri, String suite, Map<String, Target> targets) {
        String base = uri.endsWith("/") ? uri : uri + "/";
        Optional<Target> target = Optional.ofNullable(targets.get(base + " " + suite));
        Map<String, String> options = entry.options();
        boolean insecure =
                yes(options, "trusted")
                        || yes(options, "allow-insecure")
                        || yes(options, "allow-weak");
        return new Repository(
                new HostText(id(base, suite)),
                Optional.empty(),
                List.of(new HostText(Addresses.masked(uri))),
                Optional.of(new HostText(suite)),
                entry.enabled(),
                Optional.empty(),
                !insecure,
                target.filter(Target::fetched).map(one -> one.trusted() && !insecure),
                keyFiles(options.getOrDefault("signed-by", "")),
                !options.getOrDefault("verify-peer", "yes").matches("(?i)no|false|0|off"),
                Optional.empty(),
                target.map(Target::origin).filter(text -> !text.isEmpty()).map(HostText::new),
                Optional.empty(),
                new HostText(entry.at().file()),
                entry.at().at().at());
    }

    private static boolean yes(Map<String, String> options, String key) {
        return options.getOrDefault(key, "no").matches("(?i)yes|true|1|on");
    }

    /// Server and path, as apt names the files of its lists, and the suite.
    private static String id(String base, String suite) {
        String place =
                base.replaceFirst("^[a-z+]+:/*", "")
                        .replaceFirst("^[^/@]*@", "")
                        .replaceFirst("/+$", "")
                        .replace('/', '_');
        return suite.endsWith("/") ? place : place + ":" + suite;
    }

    /// Paths only: a fingerprint or a whole key may stand there, too.
    private static List<HostText> keyFiles(String signedBy) {
        return Arrays.stream(signedBy.split("[\\s,]+"))
                .filter(word -> word.startsWith("/"))
                .map(HostText::new)
                .toList();
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /// How apt calls the files of a repository's lists, up to the file's own name.
    static String listStem(Repository one) {
        String uri = one.urls().getFirst().value().replaceFirst("/*$", "/");
        String suite = one.suite().map(HostText::value).orElse("./");
        String place = uri + (suite.endsWith("/") ? suite : "dists/" + suite + "/");
        return place.replaceFirst("^[a-z+]+:(//)?", "")
                .replaceFirst("^[^/@]*@", "")
                .replace('/', '_');
    }

    /// The key files that any repository names, once each.
    static List<String> namedKeys(List<Repository> repositories) {
        return repositories.stream()
                .filter(Repository::enabled)
                .flatMap(one -> one.keys().stream())
                .map(HostText::value)
                .filter(path -> path.matches("/[A-Za-z0-9._/+@-]{1,200}"))
                .distinct()
                .limit(40)
                .toList();
    }
}
