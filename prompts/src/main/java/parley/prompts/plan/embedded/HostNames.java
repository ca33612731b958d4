package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Host;
import parley.tools.Hosts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds hosts, aliases, addresses and groups of the inventory in a text.
final class HostNames {
    private static final Pattern STEM = Pattern.compile("([a-z][a-z.]*?(?:-[a-z]+)*)[-_ ]?(\\d+)");

    /// `web-1/2`, `web-1,2 and 3`, `web-1到3`, `web-1 to web-3`: further hosts of the same stem.
    private static final String JOINT =
            "\\G ?(/|,|、|and|&|\\+|和|跟|与|to|-|~|到|至|through|thru|\\.\\.) ?";

    private static final String NUMBER_END = "(?![\\w.:%]|-\\w| ?[%a-z分小时天行条点层个次])";

    private static final List<String> RANGES =
            List.of("to", "-", "~", "到", "至", "through", "thru", "..");

    private final Hosts hosts;
    private final List<String> names;
    private final Set<String> stems = new HashSet<>();
    private final Map<String, Pattern> more = new ConcurrentHashMap<>();
    private final Optional<Pattern> anyHost;
    private final Optional<Pattern> anyGroup;

    HostNames(Hosts hosts) {
        this.hosts = hosts;
        this.names = namesOf(hosts);
        for (String name : names) {
            Matcher matcher = STEM.matcher(name);
            if (matcher.matches()) {
                stems.add(matcher.group(1));
            }
        }
        anyHost = anyOf(names);
        anyGroup = anyOf(hosts.groups().stream().map(g -> g.toLowerCase(Locale.ROOT)).toList());
    }

    private static List<String> namesOf(Hosts hosts) {
        Set<String> all = new TreeSet<>();
        for (Host host : hosts.all()) {
            all.add(host.name());
            host.aliases().forEach(alias -> all.add(alias.toLowerCase(Locale.ROOT)));
            host.address().ifPresent(address -> all.add(address.toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(all);
    }

    private static Optional<Pattern> anyOf(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String alternatives =
                String.join(
                        "|",
                        words.stream()
                                .sorted(Comparator.comparingInt(String::length).reversed())
                                .map(Pattern::quote)
                                .toList());
        return Optional.of(
                Pattern.compile(
                        "(?<![a-z0-9_./-])(?:"
                                + alternatives
                                + ")(?![a-z0-9_]|[-.][a-z0-9]|/\\d+\\.)"));
    }

    void spot(NormalText text, List<Token> found) {
        anyHost.ifPresent(pattern -> hostsIn(text, found, pattern.matcher(text.lower())));
        anyGroup.ifPresent(pattern -> groupsIn(text, found, pattern.matcher(text.lower())));
    }

    private void hostsIn(NormalText text, List<Token> found, Matcher matcher) {
        while (matcher.find()) {
            Host host = hosts.find(matcher.group()).orElseThrow();
            List<String> all = new ArrayList<>(List.of(host.name()));
            int end = withMoreNumbers(text, matcher.group(), matcher.end(), all);
            Spotter.add(
                    found,
                    new Token(
                            matcher.start(),
                            end,
                            text.text().substring(matcher.start(), end),
                            Kind.HOST,
                            "host",
                            all,
                            Set.of(),
                            false));
        }
    }

    private Pattern more(String start) {
        return more.computeIfAbsent(
                start,
                stem ->
                        Pattern.compile(
                                JOINT
                                        + "(?:"
                                        + Pattern.quote(stem)
                                        + "(\\d{1,2})(?![\\w-])|(\\d{1,2})"
                                        + NUMBER_END
                                        + ")"));
    }

    private int withMoreNumbers(NormalText text, String first, int from, List<String> all) {
        Matcher stem = STEM.matcher(first);
        if (!stem.matches()) {
            return from;
        }
        String start = first.substring(0, stem.start(2));
        int end = from;
        int last = Integer.parseInt(stem.group(2));
        Matcher more = more(start).matcher(text.lower());
        while (more.find(end) && more.start() == end) {
            String digits = more.group(2) == null ? more.group(3) : more.group(2);
            int number = Integer.parseInt(digits);
            boolean range = RANGES.contains(more.group(1));
            List<String> added = new ArrayList<>();
            for (int n = range ? last + 1 : number; n <= number; n++) {
                hosts.find(start + n).ifPresent(host -> added.add(host.name()));
            }
            if (added.size() != (range ? number - last : 1)) {
                break;
            }
            all.addAll(added);
            end = more.end();
            last = number;
        }
        return end;
    }

    private void groupsIn(NormalText text, List<Token> found, Matcher matcher) {
        while (matcher.find()) {
            SortedSet<String> members = hosts.inGroup(matcher.group());
            Spotter.add(
                    found,
                    new Token(
                            matcher.start(),
                            matcher.end(),
                            text.text().substring(matcher.start(), matcher.end()),
                            Kind.GROUP,
                            matcher.group(),
                            List.copyOf(members),
                            Set.of(),
                            false));
        }
    }

    /// Whether `word` looks like a host, but is none: the next number, or a typing error.
    boolean isNearHost(String word) {
        Matcher matcher = STEM.matcher(word);
        if (matcher.matches() && stems.contains(matcher.group(1))) {
            return true;
        }
        return word.length() >= 4 && nearest(word).isPresent();
    }

    /// The host names that `word` may be a typing error of, nearest first.
    List<String> suggestions(String word) {
        List<String> near =
                names.stream()
                        .filter(name -> Edits.distance(word, name) <= 2)
                        .sorted(Comparator.comparingInt(name -> Edits.distance(word, name)))
                        .map(name -> hosts.find(name).orElseThrow().name())
                        .distinct()
                        .limit(4)
                        .toList();
        return near;
    }

    private Optional<String> nearest(String word) {
        return names.stream()
                .filter(name -> name.length() >= 4 && !Character.isDigit(name.charAt(0)))
                .filter(name -> Edits.distance(word, name) <= (name.length() <= 5 ? 1 : 2))
                .findFirst();
    }
}
