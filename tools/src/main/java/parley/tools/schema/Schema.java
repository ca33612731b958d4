package parley.tools.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Means;
import parley.tools.value.Text;
import parley.tools.value.Whole;

import java.lang.reflect.RecordComponent;

/// The JSON Schema (draft 2020-12) of an arguments record, derived from its components and their
/// value types.
public final class Schema {
    /// No argument takes a longer list.
    static final int MOST_ITEMS = 20;

    private Schema() {}

    /// The schema with descriptions in `language`.
    public static ObjectNode of(Class<? extends Record> arguments, Language language) {
        ObjectNode schema = Json.mapper().createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.mapper().createArrayNode();
        for (RecordComponent component : arguments.getRecordComponents()) {
            Shape shape = Shape.of(component);
            ObjectNode property = properties.putObject(Arguments.name(component));
            if (shape.kind().isList()) {
                property.put("type", "array").put("minItems", 1).put("maxItems", MOST_ITEMS);
                describe(property.putObject("items"), shape, component);
            } else {
                describe(property, shape, component);
            }
            property.put("description", meaning(component).in(language));
            if (!shape.kind().isOptional()) {
                required.add(Arguments.name(component));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    /// What an argument means.
    static Bilingual meaning(RecordComponent component) {
        Means means =
                requireNonNull(
                        component.getAnnotation(Means.class),
                        () -> "no @Means on argument " + Arguments.name(component));
        return Bilingual.of(means.en(), means.zh());
    }

    private static void describe(ObjectNode node, Shape shape, RecordComponent component) {
        if (shape.isBoolean()) {
            node.put("type", "boolean");
        } else if (shape.type().isEnum()) {
            node.put("type", "string");
            ArrayNode words = node.putArray("enum");
            shape.words().forEach(words::add);
        } else if (shape.isText()) {
            Text text = requireNonNull(shape.type().getAnnotation(Text.class));
            node.put("type", "string")
                    .put("pattern", "^(?:" + text.pattern() + ")$")
                    .put("maxLength", text.most());
        } else {
            Whole bounds = bounds(shape, component);
            node.put("type", "integer")
                    .put("minimum", bounds.least())
                    .put("maximum", bounds.most());
        }
    }

    static Whole bounds(Shape shape, RecordComponent component) {
        @Nullable Whole narrower = component.getAnnotation(Whole.class);
        return narrower != null
                ? narrower
                : requireNonNull(
                        shape.type().getAnnotation(Whole.class),
                        () -> "not a value type: " + shape.type().getName());
    }
}
