package parley.evals;

import parley.console.turn.HostResult;
import parley.console.turn.TurnResult;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a model says against what was read, looked at once more and apart from Parley's own check:
/// evidence that is named exists, what is quoted stands there, and so do figures of two digits and
/// more. A sentence that Parley itself has marked as unsupported is known to be so, and a fault of
/// the model's all the same.
final class Grounds {
    private static final Pattern ID = Pattern.compile("#\\d{1,4}");
    private static final Pattern QUOTE =
            Pattern.compile("“([^”]{3,300})”|\"([^\"]{3,300})\"|`([^`]{3,300})`|「([^」]{2,300})」");
    private static final Pattern FIGURE =
            Pattern.compile("(?<![\\w.#-])\\d{2,}(?:\\.\\d+)?(?![\\w-])");

    private Grounds() {}

    /// Everything that a call printed, and what it was read as.
    static String text(HostResult result) {
        StringBuilder text = new StringBuilder();
        result.captures()
                .forEach(one ->
                        text.append(one.stdout()).append('\n').append(one.stderr()).append('\n'));
        result.reading()
                .ifPresent(read -> text.append(Json.mapper().valueToTree(read.value()).toString()));
        result.findings()
                .forEach(one ->
                        text.append('\n')
                                .append(one.statement().en())
                                .append('\n')
                                .append(one.statement().zh()));
        return text.append('\n').append(result.outcome().says().en()).toString();
    }

    /// What a model's answer states and nothing it names holds.
    static List<String> missing(TurnResult turn) {
        if (turn.modelWords().isBlank()) {
            return List.of();
        }
        Map<String, String> read = new HashMap<>();
        turn.results().stream()
                .flatMap(HostResult::all)
                .forEach(one -> read.put(one.id(), text(one)));
        List<String> missing = new ArrayList<>();
        for (String sentence : turn.modelWords().split("(?<=[.!?。！？])\\s+|(?<=[。！？])|\\n")) {
            missing(sentence, read, missing);
        }
        return missing;
    }

    private static void missing(String sentence, Map<String, String> read, List<String> missing) {
        List<String> ids = ID.matcher(sentence).results().map(found -> found.group()).toList();
        ids.stream()
                .filter(id -> !read.containsKey(id))
                .forEach(id -> missing.add("there is no evidence " + id + ": " + sentence.strip()));
        String held =
                plain(
                        ids.stream()
                                .map(id -> read.getOrDefault(id, ""))
                                .collect(Collectors.joining("\n")));
        String bare = ID.matcher(sentence).replaceAll("");
        Matcher quotes = QUOTE.matcher(bare);
        while (quotes.find()) {
            String quote = quotes.group().substring(1, quotes.group().length() - 1);
            if (!held.contains(plain(quote))) {
                missing.add("not in " + named(ids) + ": “" + quote + "”");
            }
        }
        if (!ids.isEmpty()) {
            FIGURE.matcher(bare)
                    .results()
                    .map(found -> found.group())
                    .filter(figure -> !held.contains(figure))
                    .forEach(figure -> missing.add("not in " + named(ids) + ": " + figure));
        }
    }

    private static String named(List<String> ids) {
        return ids.isEmpty() ? "any evidence that is named" : String.join(", ", ids);
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\\\\"'“”…]|\\.{3}", "").toLowerCase(java.util.Locale.ROOT);
    }
}
