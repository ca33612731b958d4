package parley.prompts.plan.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.util.regex.Pattern;

/// Takes out of a text what a reader would not see or a terminal would obey: escape sequences,
/// control characters, direction marks, zero-width and tag characters. Hygiene, not a control.
final class Clean {
    /// Control and operating-system sequences with their introducers, seven and eight bit.
    private static final Pattern ESCAPES =
            Pattern.compile(
                    "(?:\\x1b\\]|\\x9d)[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)?"
                        + "|(?:\\x1b[PX^_]|[\\x90\\x98\\x9e\\x9f])[^\\x1b\\x9c]*(?:\\x1b\\\\|\\x9c)?|(?:\\x1b\\[|\\x9b)[0-?]*["
                        + " -/]*[@-~]?|\\x1b[ -/]*[0-~]?");

    private Clean() {}

    static String text(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        ESCAPES.matcher(raw)
                .replaceAll("")
                .codePoints()
                .filter(Clean::isShown)
                .map(point -> isLone(point) ? 0xfffd : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// One line of at most `most` characters.
    static String line(String raw, int most) {
        String line = text(raw).replaceAll("\\s+", " ").strip();
        return line.length() <= most ? line : head(line, most) + "…";
    }

    /// The first `most` characters, never half of one.
    static String head(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /// The last `most` characters, never half of one.
    static String tail(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int from = text.length() - most;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /// The same JSON with every name and every text cleaned.
    static JsonNode json(JsonNode raw) {
        return switch (raw) {
            case ObjectNode object -> {
                ObjectNode clean = Json.mapper().createObjectNode();
                object.properties()
                        .forEach(field -> clean.set(text(field.getKey()), json(field.getValue())));
                yield clean;
            }
            case ArrayNode array -> {
                ArrayNode clean = Json.mapper().createArrayNode();
                array.forEach(element -> clean.add(json(element)));
                yield clean;
            }
            default ->
                    raw.isTextual()
                            ? Json.mapper().getNodeFactory().textNode(text(raw.textValue()))
                            : raw;
        };
    }

    private static boolean isLone(int point) {
        return point >= 0xd800 && point <= 0xdfff;
    }

    private static boolean isShown(int point) {
        if (point == '\n' || point == '\t') {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default ->
                    !(point >= 0xfe00 && point <= 0xfe0f)
                            && !(point >= 0xe0000 && point <= 0xe0fff);
        };
    }
}
