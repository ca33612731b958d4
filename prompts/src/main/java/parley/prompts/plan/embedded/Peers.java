package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells the two ends of a connection apart: "from web-1 to db-1", 从lb-1探10.0.0.11:80.
///
/// @param values what the other end is: `target`, and what a URL says of `port`, `path` and `kind`
/// @param targets the tokens that name the other end
record Peers(Map<String, String> values, List<Token> targets) {
    private static final Set<String> FROM =
            Set.of("from", "从", "自", "由", "在", "on", "at", "@", "between");
    private static final Set<String> SOURCE = Set.of("from", "从", "自", "由");
    private static final Set<String> TO =
            Set.of("to", "->", "→", ">", "=>", "到", "往", "and", "和", "跟", "与", "至", "对");
    private static final Set<String> OUTSIDE = Set.of("url", "domain", "address");

    Peers {
        values = Map.copyOf(values);
        targets = List.copyOf(targets);
    }

    static Peers of(List<Token> tokens) {
        List<Integer> outside = new ArrayList<>();
        List<Integer> hosts = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.is(Kind.VALUE) && OUTSIDE.contains(token.type())) {
                outside.add(at);
            } else if (token.is(Kind.HOST)) {
                hosts.add(at);
            }
        }
        if (!outside.isEmpty()) {
            Token first = tokens.get(outside.getFirst());
            return new Peers(
                    first.type().equals("url") ? url(first.value()) : target(first.value()),
                    List.of(first));
        }
        boolean group = tokens.stream().anyMatch(token -> token.is(Kind.GROUP) || isGroup(token));
        if (hosts.isEmpty()) {
            return new Peers(Map.of(), List.of());
        }
        if (hosts.size() == 1 && !group) {
            Token host = tokens.get(hosts.getFirst());
            return new Peers(target(name(host)), isFromThere(tokens) ? List.of(host) : List.of());
        }
        List<Token> targets = targets(tokens, hosts, group);
        return targets.isEmpty()
                ? new Peers(Map.of(), List.of())
                : new Peers(target(name(targets.getFirst())), targets);
    }

    private static boolean isGroup(Token token) {
        return token.concepts().stream().anyMatch(concept -> concept.startsWith("group:"));
    }

    /// "ping db-1 from it": the source was named before.
    private static boolean isFromThere(List<Token> tokens) {
        for (int at = 1; at < tokens.size(); at++) {
            boolean back = tokens.get(at).means("pronoun") || tokens.get(at).means("host.same");
            if (back && Set.of("from", "从", "在").contains(lower(tokens.get(at - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static List<Token> targets(List<Token> tokens, List<Integer> hosts, boolean group) {
        List<Token> from = new ArrayList<>();
        List<Token> to = new ArrayList<>();
        boolean reaching = false;
        boolean source =
                hosts.stream().anyMatch(at -> isMarked(tokens, at, SOURCE) && !hasPort(tokens, at));
        for (int at : hosts) {
            Token token = tokens.get(at);
            if ((isMarked(tokens, at, SOURCE) && !hasPort(tokens, at))
                    || (!source && isMarked(tokens, at, FROM) && !hasPort(tokens, at) && !group)) {
                from.add(token);
                reaching = false;
            } else if (reaching || isTarget(tokens, at)) {
                to.add(token);
                reaching = true;
            }
        }
        if (to.isEmpty()) {
            List<Token> others =
                    hosts.stream().map(tokens::get).filter(one -> !from.contains(one)).toList();
            if (!others.isEmpty()) {
                to.add(others.getLast());
            }
        }
        boolean everything = to.size() == hosts.size() && !group;
        return everything ? List.of(to.getLast()) : to;
    }

    private static boolean hasPort(List<Token> tokens, int at) {
        return at + 1 < tokens.size()
                && tokens.get(at + 1).is(Kind.VALUE)
                && tokens.get(at + 1).type().equals("port")
                && tokens.get(at + 1).start() == tokens.get(at).end();
    }

    private static boolean isMarked(List<Token> tokens, int at, Set<String> words) {
        int before = at - 1;
        while (before >= 0
                && (tokens.get(before).means("host.noun") || tokens.get(before).means("article"))) {
            before--;
        }
        if (before < 0) {
            return false;
        }
        String word = lower(tokens.get(before));
        return words.contains(word) || words.contains(word.substring(word.lastIndexOf(' ') + 1));
    }

    /// Whether what stands before a host says that it is to be reached, or a port follows it.
    private static boolean isTarget(List<Token> tokens, int at) {
        for (int before = at - 1; before >= Math.max(0, at - 3); before--) {
            Token token = tokens.get(before);
            if (TO.contains(lower(token))
                    || token.means("reach")
                    || token.means("ping")
                    || token.means("curl")
                    || token.means("connected")
                    || token.means("traceroute")
                    || token.means("unreachable")
                    || token.means("probe")) {
                return at > 1 || !token.means("reach");
            }
            if (!token.isSkippable() && !token.is(Kind.VALUE)) {
                break;
            }
        }
        return hasPort(tokens, at);
    }

    private static String lower(Token token) {
        return token.text().toLowerCase(java.util.Locale.ROOT);
    }

    private static String name(Token host) {
        String text = lower(host);
        return host.values().size() == 1 && text.matches("[a-z0-9._-]+")
                ? text
                : host.values().getLast();
    }

    private static Map<String, String> target(String value) {
        return Map.of("target", value);
    }

    private static Map<String, String> url(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Optional<URI> parsed = parse(text);
        if (parsed.isEmpty() || parsed.get().getHost() == null) {
            return target(text);
        }
        URI uri = parsed.get();
        values.put("target", uri.getHost());
        if (uri.getPort() > 0) {
            values.put("port", String.valueOf(uri.getPort()));
        }
        if (uri.getPath() != null && uri.getPath().length() > 1) {
            values.put("path", uri.getPath());
        }
        if (uri.getScheme().startsWith("http")) {
            values.put("kind", "http");
        }
        return values;
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }
}
