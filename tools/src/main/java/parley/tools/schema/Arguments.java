package parley.tools.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.Checks;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// An arguments record from JSON and back.
public final class Arguments {
    private Arguments() {}

    /// What people and models call this argument: the component's own name unless it says another,
    /// as a word that Java keeps for itself must.
    public static String name(RecordComponent component) {
        JsonProperty other = component.getAccessor().getAnnotation(JsonProperty.class);
        return other == null ? component.getName() : other.value();
    }

    /// The record that `json` describes. Unknown names, wrong types and refused values are errors.
    ///
    /// @throws BadArguments naming the argument and what it takes
    public static <A extends Record> A read(Class<A> type, JsonNode json) throws BadArguments {
        if (!(json instanceof ObjectNode object)) {
            throw new BadArguments(
                    Bilingual.of("the arguments must be a JSON object", "参数必须是一个 JSON 对象"));
        }
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(object, components);
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int index = 0; index < components.length; index++) {
            types[index] = components[index].getType();
            values[index] = value(components[index], object.path(name(components[index])));
        }
        try {
            Constructor<A> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof BadValue bad) {
                throw new BadArguments(bad.why());
            }
            throw new IllegalStateException(
                    "the constructor of " + type.getName() + " failed", refused);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("not a public record: " + type.getName(), broken);
        }
    }

    private static void refuseUnknown(ObjectNode object, RecordComponent[] components)
            throws BadArguments {
        TreeSet<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        List<String> known = Arrays.stream(components).map(Arguments::name).toList();
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            String takes = known.isEmpty() ? "none" : String.join(", ", known);
            throw new BadArguments(
                    Bilingual.of(
                            "no argument \"" + unknown.first() + "\"; it takes: " + takes,
                            "没有参数“"
                                    + unknown.first()
                                    + "”；可用参数："
                                    + (known.isEmpty() ? "无" : takes)));
        }
    }

    private static Object value(RecordComponent component, JsonNode json) throws BadArguments {
        Shape shape = Shape.of(component);
        boolean absent = json.isMissingNode() || json.isNull();
        return switch (shape.kind()) {
            case OPTIONAL -> absent ? Optional.empty() : Optional.of(one(component, shape, json));
            case LIST -> list(component, shape, json);
            case OPTIONAL_LIST ->
                    absent ? Optional.empty() : Optional.of(list(component, shape, json));
            case REQUIRED -> {
                if (absent) {
                    throw missing(component);
                }
                yield one(component, shape, json);
            }
        };
    }

    private static List<Object> list(RecordComponent component, Shape shape, JsonNode json)
            throws BadArguments {
        if (!(json instanceof ArrayNode array)
                || array.isEmpty()
                || array.size() > Schema.MOST_ITEMS) {
            if (json.isMissingNode() || json.isNull()) {
                throw missing(component);
            }
            throw bad(
                    component,
                    Bilingual.of(
                            "a list of 1 to " + Schema.MOST_ITEMS + " is needed",
                            "需要 1 到 " + Schema.MOST_ITEMS + " 项的列表"));
        }
        List<Object> values = new ArrayList<>();
        for (JsonNode element : array) {
            values.add(one(component, shape, element));
        }
        return List.copyOf(values);
    }

    private static Object one(RecordComponent component, Shape shape, JsonNode json)
            throws BadArguments {
        try {
            if (shape.isBoolean()) {
                if (json.isBoolean()) {
                    return json.booleanValue();
                }
                throw bad(component, Bilingual.of("it is true or false", "只能是 true 或 false"));
            }
            if (shape.type().isEnum()) {
                int index = shape.words().indexOf(json.asText());
                if (index >= 0 && json.isTextual()) {
                    return shape.type().getEnumConstants()[index];
                }
                String words = String.join(", ", shape.words());
                throw bad(
                        component,
                        Bilingual.of(json + " is not one of: " + words, json + " 不在可选值中：" + words));
            }
            if (shape.isText() && json.isTextual()) {
                return shape.make(json.textValue());
            }
            if (shape.type() == Bytes.class && json.isIntegralNumber() && json.canConvertToLong()) {
                return new Bytes(json.longValue());
            }
            if (!shape.isText() && json.isIntegralNumber() && json.canConvertToLong()) {
                Checks.within(shape.type(), Schema.bounds(shape, component), json.longValue());
                return shape.make(json.longValue());
            }
        } catch (BadValue refused) {
            throw bad(component, refused.why());
        }
        throw bad(
                component,
                Bilingual.of(
                        json + " is not " + (shape.isText() ? "text" : "a whole number"),
                        json + " 不是" + (shape.isText() ? "文本" : "整数")));
    }

    private static BadArguments missing(RecordComponent component) {
        Bilingual meaning = Schema.meaning(component);
        return new BadArguments(
                Bilingual.of(
                        "the argument \"" + name(component) + "\" is missing: " + meaning.en(),
                        "缺少参数“" + name(component) + "”：" + meaning.zh()));
    }

    private static BadArguments bad(RecordComponent component, Bilingual why) {
        return new BadArguments(
                Bilingual.of(
                        "argument \"" + name(component) + "\": " + why.en(),
                        "参数“" + name(component) + "”：" + why.zh()));
    }

    /// The JSON that [#read] turns back into an equal record; arguments not given are left out.
    public static ObjectNode write(Record arguments) {
        ObjectNode object = Json.mapper().createObjectNode();
        for (RecordComponent component : arguments.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(arguments);
                switch (value) {
                    case Optional<?> optional ->
                            optional.ifPresent(inner -> object.set(name(component), node(inner)));
                    case null ->
                            throw new IllegalStateException("null argument " + name(component));
                    default -> object.set(name(component), node(value));
                }
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(
                        "not a public record: " + arguments.getClass().getName(), broken);
            }
        }
        return object;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Enum<?> constant -> Json.mapper().getNodeFactory().textNode(Shape.word(constant));
            case Bytes bytes -> Json.mapper().getNodeFactory().textNode(bytes.exact());
            case List<?> list -> {
                ArrayNode array = Json.mapper().createArrayNode();
                list.forEach(inner -> array.add(node(inner)));
                yield array;
            }
            default -> {
                JsonNode node = Json.mapper().valueToTree(value);
                // as a parser reads it: for Jackson the same number as int and as long differs
                yield node.isLong() && node.canConvertToInt()
                        ? Json.mapper().getNodeFactory().numberNode(node.intValue())
                        : node;
            }
        };
    }
}
