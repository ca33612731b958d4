package parley.prompts.plan.model;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Tool;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Which fields the reading of a tool has, so that a condition on it can be written before anything
/// was read, and a condition on a field that does not exist is refused instead of never holding.
sealed interface ReadingShape {
    /// An object with these fields.
    record Fields(List<Field> all) implements ReadingShape {}

    /// One field of an object.
    record Field(String name, ReadingShape shape) {}

    /// A list of such elements.
    record Elements(ReadingShape each) implements ReadingShape {}

    /// A text, a number, a truth value.
    record Value() implements ReadingShape {}

    /// Something that has no fixed form: every pointer into it may be right.
    record Open() implements ReadingShape {}

    /// The deepest nesting that is looked at.
    int DEEPEST = 6;

    static ReadingShape of(Tool<?, ?> tool) {
        for (Type type : tool.getClass().getGenericInterfaces()) {
            if (type instanceof ParameterizedType generic
                    && generic.getActualTypeArguments().length == 2) {
                return of(generic.getActualTypeArguments()[1], DEEPEST);
            }
        }
        return new Open();
    }

    private static ReadingShape of(Type type, int depth) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw) {
            Type first = generic.getActualTypeArguments()[0];
            if (raw == Optional.class) {
                return of(first, depth);
            }
            return Collection.class.isAssignableFrom(raw) && depth > 0
                    ? new Elements(of(first, depth - 1))
                    : new Open();
        }
        if (type instanceof Class<?> plain && plain.isRecord() && !isValue(plain)) {
            return depth == 0 ? new Open() : fields(plain, depth);
        }
        boolean open =
                !(type instanceof Class<?> plain) || plain == Object.class || plain.isInterface();
        return open ? new Open() : new Value();
    }

    private static ReadingShape fields(Class<?> type, int depth) {
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(new Field(component.getName(), of(component.getGenericType(), depth - 1)));
        }
        return new Fields(List.copyOf(fields));
    }

    /// Whether JSON shows it as a single value.
    private static boolean isValue(Class<?> type) {
        boolean onComponent =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getAccessor)
                        .anyMatch(accessor -> accessor.isAnnotationPresent(JsonValue.class));
        return onComponent
                || Arrays.stream(type.getMethods())
                        .filter(method -> method.getParameterCount() == 0)
                        .anyMatch((Method method) -> method.isAnnotationPresent(JsonValue.class));
    }

    /// Whether `names`, the parts of a JSON pointer, can lead to a value.
    default boolean leads(List<String> names) {
        if (this instanceof Open) {
            return true;
        }
        if (names.isEmpty()) {
            return this instanceof Value;
        }
        String name = names.getFirst();
        List<String> rest = names.subList(1, names.size());
        return switch (this) {
            case Fields(List<Field> all) ->
                    all.stream()
                            .anyMatch(field ->
                                    field.name().equals(name) && field.shape().leads(rest));
            case Elements(ReadingShape each) ->
                    name.matches("\\*|0|[1-9][0-9]{0,5}") && each.leads(rest);
            case Value() -> false;
            case Open() -> true;
        };
    }

    /// For a model: `{count, mounts: [{path, used}]}`.
    default String sketch() {
        return switch (this) {
            case Fields(List<Field> all) ->
                    "{"
                            + String.join(
                                    ", ",
                                    all.stream()
                                            .map(field ->
                                                    field.shape() instanceof Value
                                                            ? field.name()
                                                            : field.name()
                                                                    + ": "
                                                                    + field.shape().sketch())
                                            .toList())
                            + "}";
            case Elements(ReadingShape each) -> "[" + each.sketch() + "]";
            case Value() -> "value";
            case Open() -> "…";
        };
    }
}
