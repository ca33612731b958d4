package parley.prompts.plan.embedded;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

import parley.tools.value.Bytes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Arguments that are another form of a value in the words: minutes of "in half an hour", megabytes
/// of "2G".
final class Derived {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhdw])");
    private static final Pattern CLOCK = Pattern.compile("(?:today|yesterday) (\\d\\d:\\d\\d)");

    /// @param base the type of the value in the words
    private record Form(String base, Function<String, Optional<JsonNode>> of) {}

    private static final Map<String, Form> FORMS =
            Map.ofEntries(
                    entry("minutes", new Form("since", value -> span(value, 60))),
                    entry("seconds", new Form("since", value -> span(value, 1))),
                    entry("days", new Form("since", value -> span(value, 86_400))),
                    entry("clock.from", new Form("since", Derived::clock)),
                    entry("clock.to", new Form("until", Derived::clock)),
                    entry("day", new Form("since", Derived::day)),
                    entry("megabytes", new Form("size", Derived::megabytes)));

    private Derived() {}

    static boolean isForm(String type) {
        return FORMS.containsKey(type);
    }

    static String base(String type) {
        return requireNonNull(FORMS.get(type), "no such form").base();
    }

    /// The value in the form `type`; empty when it has none.
    static Optional<JsonNode> of(String type, String value) {
        return requireNonNull(FORMS.get(type), "no such form").of().apply(value);
    }

    private static Optional<JsonNode> span(String value, int unit) {
        Matcher matcher = SPAN.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int seconds = List.of("s", "m", "h", "d", "w").indexOf(matcher.group(2));
        long[] each = {1, 60, 3600, 86_400, 604_800};
        long total = Long.parseLong(matcher.group(1)) * each[seconds];
        return total % unit == 0
                ? Optional.of(IntNode.valueOf((int) (total / unit)))
                : Optional.empty();
    }

    private static Optional<JsonNode> clock(String value) {
        if (value.equals("today") || value.equals("yesterday")) {
            return Optional.empty();
        }
        Matcher matcher = CLOCK.matcher(value);
        return matcher.matches()
                ? Optional.of(TextNode.valueOf(matcher.group(1)))
                : Optional.empty();
    }

    private static Optional<JsonNode> day(String value) {
        return value.startsWith("yesterday") ? Optional.of(IntNode.valueOf(1)) : Optional.empty();
    }

    private static Optional<JsonNode> megabytes(String value) {
        long bytes = Bytes.of(value).value();
        return bytes % (1 << 20) == 0
                ? Optional.of(IntNode.valueOf((int) (bytes >> 20)))
                : Optional.empty();
    }
}
