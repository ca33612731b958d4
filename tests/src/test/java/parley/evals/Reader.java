package parley.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Strict looks into one JSON object of a scenario: what is missing, of the wrong form or not known
/// is told with the name of its place.
record Reader(String place, ObjectNode object) {
    /// @throws BadScenario when it is no object, or has a field that is not `known`
    static Reader of(String place, JsonNode node, Set<String> known) throws BadScenario {
        String what = place.isEmpty() ? "a scenario" : place;
        if (!(node instanceof ObjectNode object)) {
            throw new BadScenario(
                    what + " has to be a JSON object, not " + brief(node),
                    (place.isEmpty() ? "场景" : place) + " 必须是 JSON 对象，而不是 " + brief(node));
        }
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())) {
                String all = String.join(", ", new TreeSet<>(known));
                throw new BadScenario(
                        what + " has no field \"" + field.getKey() + "\"; there are: " + all,
                        (place.isEmpty() ? "场景" : place)
                                + " 没有字段“"
                                + field.getKey()
                                + "”；可用："
                                + all);
            }
        }
        return new Reader(place, object);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    String name(String field) {
        return place.isEmpty() ? field : place + "." + field;
    }

    JsonNode node(String field) {
        return object.path(field);
    }

    String text(String field) throws BadScenario {
        return text(name(field), object.path(field));
    }

    Optional<String> perhaps(String field) throws BadScenario {
        return has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    static String text(String place, JsonNode node) throws BadScenario {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw new BadScenario(
                    node.isMissingNode()
                            ? place + " is missing; it has to be text"
                            : place + " has to be text, not " + brief(node),
                    node.isMissingNode()
                            ? "缺少 " + place + "，它必须是文本"
                            : place + " 必须是文本，而不是 " + brief(node));
        }
        return node.textValue().strip();
    }

    /// One of these words; the first of them when it is not said.
    String oneOf(String field, List<String> words) throws BadScenario {
        String word = has(field) ? text(field) : words.getFirst();
        if (!words.contains(word)) {
            throw new BadScenario(
                    name(field)
                            + " is one of "
                            + String.join(", ", words)
                            + ", not \""
                            + word
                            + "\"",
                    name(field) + " 只能是 " + String.join("、", words) + " 之一，不能是“" + word + "”");
        }
        return word;
    }

    /// A text, or a list of texts; empty when it is not said.
    List<String> texts(String field) throws BadScenario {
        List<String> texts = new ArrayList<>();
        for (Place one : list(field)) {
            texts.add(text(one.place(), one.node()));
        }
        return texts;
    }

    /// An expression, or a list of them, or one in each language: `{"en": …, "zh": …}`.
    List<Words> words(String field) throws BadScenario {
        List<Words> all = new ArrayList<>();
        for (Place one : list(field)) {
            all.add(words(one.place(), one.node()));
        }
        return all;
    }

    static Words words(String place, JsonNode node) throws BadScenario {
        if (node.isObject()) {
            Reader both = Reader.of(place, node, Set.of("en", "zh"));
            return new Words(
                    pattern(both.name("en"), both.text("en")),
                    pattern(both.name("zh"), both.text("zh")));
        }
        Pattern same = pattern(place, text(place, node));
        return new Words(same, same);
    }

    private static Pattern pattern(String place, String expression) throws BadScenario {
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException bad) {
            throw new BadScenario(
                    place
                            + " is no regular expression: "
                            + bad.getDescription()
                            + ": "
                            + expression,
                    place + " 不是正则表达式：" + bad.getDescription() + "：" + expression);
        }
    }

    /// A part of the scenario and its place in it.
    record Place(String place, JsonNode node) {}

    /// The elements of a list; a single value is a list of one.
    List<Place> list(String field) {
        List<Place> list = new ArrayList<>();
        JsonNode node = object.path(field);
        if (!node.isArray()) {
            if (!node.isMissingNode() && !node.isNull()) {
                list.add(new Place(name(field), node));
            }
            return list;
        }
        for (JsonNode element : node) {
            list.add(new Place(name(field) + "[" + (list.size() + 1) + "]", element));
        }
        return list;
    }

    ObjectNode objectOrEmpty(String field) throws BadScenario {
        if (!has(field)) {
            return Json.mapper().createObjectNode();
        }
        if (object.path(field) instanceof ObjectNode found) {
            return found;
        }
        throw new BadScenario(
                name(field) + " has to be a JSON object, not " + brief(object.path(field)),
                name(field) + " 必须是 JSON 对象，而不是 " + brief(object.path(field)));
    }

    static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
