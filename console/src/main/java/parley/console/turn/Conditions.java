package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Bilingual;
import parley.tools.Proposal.Condition;
import parley.tools.Reading;
import parley.tools.schema.Json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Evaluates the conditions of a plan on what was read. A condition that cannot be evaluated never
/// counts as true.
final class Conditions {
    private Conditions() {}

    /// Whether `condition` holds for the host that `result` is about.
    ///
    /// @throws Stopped when the reading it needs is missing or has no such value
    static boolean holds(Condition condition, HostResult result) throws Stopped {
        if (result.reading().isEmpty()) {
            throw Stopped.of(
                    Outcome.Kind.NOT_BEGUN,
                    Bilingual.of(
                            "the condition could not be checked: " + result.outcome().says().en(),
                            "无法检查条件：" + result.outcome().says().zh()));
        }
        JsonNode reading = Json.mapper().valueToTree(result.reading().get().value());
        List<JsonNode> values = new ArrayList<>(List.of(reading));
        for (String part : condition.pointer().substring(1).split("/")) {
            values = part.equals("*") ? elements(values) : fields(values, part);
        }
        if (values.isEmpty()) {
            throw Stopped.of(
                    Outcome.Kind.NOT_BEGUN,
                    Bilingual.of(
                            "the condition could not be checked: nothing was read at "
                                    + condition.pointer(),
                            "无法检查条件：读数中没有 " + condition.pointer()));
        }
        for (JsonNode value : values) {
            if (compares(value, condition)) {
                return true;
            }
        }
        if (result.reading().get().status() == Reading.Status.PARTIAL || result.truncated()) {
            throw Stopped.of(
                    Outcome.Kind.NOT_BEGUN,
                    Bilingual.of(
                            "the condition cannot be decided: not everything could be read",
                            "无法判断条件：有内容没有读到"));
        }
        return false;
    }

    private static List<JsonNode> elements(List<JsonNode> arrays) {
        List<JsonNode> all = new ArrayList<>();
        arrays.forEach(array -> array.forEach(all::add));
        return all;
    }

    private static List<JsonNode> fields(List<JsonNode> objects, String name) {
        return objects.stream()
                .filter(object -> object.hasNonNull(name))
                .map(object -> object.get(name))
                .toList();
    }

    private static boolean compares(JsonNode value, Condition condition) throws Stopped {
        Optional<BigDecimal> read = number(value);
        Optional<BigDecimal> wanted = number(condition.value());
        boolean numbers = read.isPresent() && wanted.isPresent();
        return switch (condition.comparison()) {
            case EQUAL -> numbers ? read.equals(wanted) : isSame(value, condition.value());
            case NOT_EQUAL -> !(numbers ? read.equals(wanted) : isSame(value, condition.value()));
            case ABOVE -> order(condition, read, wanted) > 0;
            case BELOW -> order(condition, read, wanted) < 0;
        };
    }

    private static boolean isSame(JsonNode value, JsonNode wanted) {
        return value.asText().equalsIgnoreCase(wanted.asText());
    }

    /// More and less exist between numbers only.
    private static int order(
            Condition condition, Optional<BigDecimal> read, Optional<BigDecimal> wanted)
            throws Stopped {
        if (read.isEmpty() || wanted.isEmpty()) {
            throw Stopped.of(
                    Outcome.Kind.NOT_BEGUN,
                    Bilingual.of(
                            "the condition cannot be decided: {0} is no number",
                            "无法判断条件：{0} 不是数字", condition.pointer()));
        }
        return read.get().compareTo(wanted.get());
    }

    /// The number that this is, also when it was written as text: `80`, `80%`.
    private static Optional<BigDecimal> number(JsonNode node) {
        String text = node.asText().strip().replaceAll("\\s*%$", "");
        return text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")
                ? Optional.of(new BigDecimal(text).stripTrailingZeros())
                : Optional.empty();
    }
}
