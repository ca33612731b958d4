package parley.tools.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Bilingual;
import parley.tools.value.Bytes;
import parley.tools.value.PackageName;
import parley.tools.value.UnitName;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Arguments as they are typed on a command line: `unit=nginx`, `lines=50`, `names=nginx,redis`.
public final class ArgumentWords {
    private ArgumentWords() {}

    /// The JSON that these words stand for. Names that do not exist are kept, so that reading the
    /// JSON refuses them.
    ///
    /// @throws BadArguments on a word without `=`, an argument given twice, or text where a number
    ///   belongs
    public static ObjectNode json(Class<? extends Record> type, List<String> words)
            throws BadArguments {
        ObjectNode json = Json.mapper().createObjectNode();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new BadArguments(
                        Bilingual.of("\"{0}\" is not name=value", "“{0}”不是 名称=值 的形式", word));
            }
            String name = word.substring(0, equals);
            if (json.has(name)) {
                throw new BadArguments(Bilingual.of(name + " is given twice", name + " 给出了两次"));
            }
            put(json, type, name, word.substring(equals + 1));
        }
        return json;
    }

    /// What a value of an argument can be, as far as it can be completed.
    public sealed interface Values {
        /// One of these words.
        record Fixed(List<String> words) implements Values {
            public Fixed {
                words = List.copyOf(words);
            }
        }

        /// A unit of the host.
        record Units() implements Values {}

        /// A package of the host.
        record Packages() implements Values {}

        /// Anything else.
        record Free() implements Values {}
    }

    /// The names of the arguments, in their order.
    public static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(Arguments::name).toList();
    }

    /// What the values of this argument can be; free where there is no such argument.
    public static Values values(Class<? extends Record> type, String name) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (Arguments.name(component).equals(name)) {
                Shape shape = Shape.of(component);
                if (shape.isBoolean()) {
                    return new Values.Fixed(List.of("true", "false"));
                }
                if (shape.type().isEnum()) {
                    return new Values.Fixed(shape.words());
                }
                if (shape.type() == UnitName.class) {
                    return new Values.Units();
                }
                return shape.type() == PackageName.class
                        ? new Values.Packages()
                        : new Values.Free();
            }
        }
        return new Values.Free();
    }

    /// The words that [#json] reads back to these arguments.
    public static List<String> words(Record arguments) {
        List<String> words = new ArrayList<>();
        Arguments.write(arguments)
                .properties()
                .forEach(entry -> {
                    List<String> values = new ArrayList<>();
                    if (entry.getValue().isArray()) {
                        entry.getValue().forEach(one -> values.add(one.asText()));
                    } else {
                        values.add(entry.getValue().asText());
                    }
                    words.add(entry.getKey() + "=" + String.join(",", values));
                });
        return List.copyOf(words);
    }

    private static void put(
            ObjectNode json, Class<? extends Record> type, String name, String value)
            throws BadArguments {
        for (RecordComponent component : type.getRecordComponents()) {
            if (Arguments.name(component).equals(name)) {
                Shape shape = Shape.of(component);
                if (shape.kind().isList()) {
                    ArrayNode array = json.putArray(name);
                    List.of(value.split(",")).forEach(array::add);
                } else if (shape.isBoolean() && (value.equals("true") || value.equals("false"))) {
                    json.put(name, value.equals("true"));
                } else if (!shape.isText()
                        && !shape.isBoolean()
                        && !shape.type().isEnum()
                        && shape.type() != Bytes.class) {
                    json.put(name, number(name, value));
                } else {
                    json.put(name, value);
                }
                return;
            }
        }
        json.put(name, value);
    }

    private static long number(String name, String value) throws BadArguments {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new BadArguments(
                    Bilingual.of(
                            "argument \"{0}\": \"{1}\" is not a whole number",
                            "参数“{0}”：“{1}”不是整数", name, value));
        }
    }
}
