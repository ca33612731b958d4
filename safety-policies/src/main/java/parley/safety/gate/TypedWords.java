package parley.safety.gate;

import parley.tools.Risk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The words that a person types to approve: the change itself, never "yes". The same in every
/// language, in letters that every keyboard has.
final class TypedWords {
    private static final Pattern TYPABLE = Pattern.compile("[!-~]{1,64}");
    private static final int MOST_VALUES = 4;

    private TypedWords() {}

    /// `restart nginx on web-1`, `upgrade nginx, restart nginx on 3 hosts`. Values that cannot be
    /// typed safely are stood for by the beginning of the digest.
    static String of(List<Judged> steps) {
        List<CardCall> changes =
                CardCall.group(steps).stream()
                        .filter(call -> call.effect() != Risk.OBSERVE || call.rung() == 2)
                        .toList();
        Map<List<String>, List<CardCall>> byHosts = new LinkedHashMap<>();
        changes.forEach(call ->
                byHosts.computeIfAbsent(call.hosts(), ignored -> new ArrayList<>()).add(call));
        List<String> parts = new ArrayList<>();
        byHosts.forEach((hosts, calls) ->
                parts.add(
                        String.join(", ", calls.stream().map(TypedWords::words).toList())
                                + " on "
                                + (hosts.size() == 1
                                        ? hosts.getFirst()
                                        : hosts.size() + " hosts")));
        return String.join(", ", parts);
    }

    private static String words(CardCall call) {
        String tool = call.call().tool().name();
        List<String> words = new ArrayList<>();
        words.add(tool.substring(tool.indexOf('.') + 1).replace('_', ' '));
        List<String> values = new ArrayList<>();
        call.arguments().forEach((name, given) -> given.forEach(value -> add(values, name, value)));
        if (values.size() <= MOST_VALUES
                && values.stream().allMatch(value -> TYPABLE.matcher(value).matches())) {
            words.addAll(values);
        } else {
            words.add(shortest(call));
        }
        return String.join(" ", words);
    }

    /// A switch that is on is typed by its name; one that is off goes without saying.
    private static void add(List<String> values, String name, String value) {
        switch (value) {
            case "true" -> values.add(name);
            case "false" -> {}
            default -> values.add(value);
        }
    }

    private static String shortest(CardCall call) {
        return call.steps().stream()
                .map(judged -> judged.step().digest().substring(0, 8))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
