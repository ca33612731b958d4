package parley.prompts.plan.embedded;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Bilingual;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A rule for calls that are refused whatever the words are: removing libc6, reading private keys.
///
/// @param several whether one host alone is left to the policies
/// @param fixed what other arguments must say for the rule to count
/// @param says with `{value}` for the value that is refused
record Never(
        Set<String> tools,
        List<String> arguments,
        boolean several,
        Optional<JsonNode> fixed,
        Set<String> values,
        Optional<Pattern> pattern,
        Bilingual says) {
    Never {
        tools = Set.copyOf(tools);
        arguments = List.copyOf(arguments);
        values = Set.copyOf(values);
        requireNonNull(says, "says is null");
    }

    static Never of(JsonNode node) {
        return new Never(
                Set.copyOf(texts(node.path("tools")).toList()),
                texts(node.path("argument")).toList(),
                node.path("hosts").asText().equals("several"),
                Optional.of(node.path("fixed")).filter(JsonNode::isObject),
                Set.copyOf(
                        Stream.of(node.path("values").asText().split(","))
                                .map(String::strip)
                                .filter(value -> !value.isEmpty())
                                .distinct()
                                .toList()),
                Optional.of(node.path("pattern").asText())
                        .filter(text -> !text.isEmpty())
                        .map(Pattern::compile),
                Bilingual.of(
                        node.path("says").path("en").asText(),
                        node.path("says").path("zh").asText()));
    }

    /// Why the call is refused; empty when this rule lets it pass.
    Optional<Bilingual> refuses(String tool, ObjectNode call, int hosts) {
        if (!tools.contains(tool) || (several && hosts < 2) || !isFixed(call)) {
            return Optional.empty();
        }
        return arguments.stream()
                .flatMap(argument -> texts(call.path(argument)))
                .filter(this::isMeant)
                .findFirst()
                .map(value ->
                        Bilingual.of(
                                says.en().replace("{value}", value),
                                says.zh().replace("{value}", value)));
    }

    private boolean isFixed(ObjectNode call) {
        return fixed.stream()
                .flatMap(all -> all.properties().stream())
                .allMatch(one ->
                        texts(one.getValue()).anyMatch(call.path(one.getKey()).asText()::equals));
    }

    private boolean isMeant(String value) {
        String bare = value.toLowerCase(Locale.ROOT).replaceAll("\\.service$", "");
        return values.contains(bare) || pattern.stream().anyMatch(p -> p.matcher(value).matches());
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText)
                : node.isMissingNode() ? Stream.of() : Stream.of(node.asText());
    }
}
