package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Bilingual;
import parley.tools.Proposal.Condition;
import parley.tools.schema.Json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

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
        return values.stream().anyMatch(value -> compares(value, condition));
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

    private static boolean compares(JsonNode value, Condition condition) {
        JsonNode wanted = condition.value();
        int order =
                value.isNumber() && wanted.isNumber()
                        ? value.decimalValue().compareTo(new BigDecimal(wanted.asText()))
                        : value.asText().compareToIgnoreCase(wanted.asText());
        return switch (condition.comparison()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case ABOVE -> order > 0;
            case BELOW -> order < 0;
        };
    }
}
