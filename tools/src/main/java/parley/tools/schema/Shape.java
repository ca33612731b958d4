package parley.tools.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

import parley.tools.value.Text;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How one component of an arguments record is built: `T`, `Optional<T>`, `List<T>` or
/// `Optional<List<T>>`, where `T` is an enumeration, a boolean or a value type.
record Shape(Kind kind, Class<?> type) {
    enum Kind {
        REQUIRED,
        OPTIONAL,
        LIST,
        OPTIONAL_LIST;

        boolean isList() {
            return this == LIST || this == OPTIONAL_LIST;
        }

        boolean isOptional() {
            return this == OPTIONAL || this == OPTIONAL_LIST;
        }
    }

    static Shape of(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            boolean optional = generic.getRawType() == Optional.class;
            if (optional
                    && argument instanceof ParameterizedType inner
                    && inner.getRawType() == List.class) {
                return new Shape(Kind.OPTIONAL_LIST, (Class<?>) inner.getActualTypeArguments()[0]);
            }
            if (optional) {
                return new Shape(Kind.OPTIONAL, (Class<?>) argument);
            }
            if (generic.getRawType() == List.class) {
                return new Shape(Kind.LIST, (Class<?>) argument);
            }
        }
        if (type instanceof Class<?> plain) {
            return new Shape(Kind.REQUIRED, plain);
        }
        throw new IllegalArgumentException("no argument can have the type " + type);
    }

    boolean isBoolean() {
        return type == boolean.class || type == Boolean.class;
    }

    boolean isText() {
        return type.isAnnotationPresent(Text.class);
    }

    /// The words of an enumeration, as they stand in JSON.
    List<String> words() {
        return Arrays.stream(type.getEnumConstants()).map(Shape::word).toList();
    }

    /// `RELOAD_OR_RESTART` as `reload-or-restart`, unless its `@JsonProperty` says otherwise.
    static String word(Object constant) {
        Enum<?> one = (Enum<?>) constant;
        return Arrays.stream(one.getDeclaringClass().getFields())
                .filter(field -> field.getName().equals(one.name()))
                .flatMap(field -> Arrays.stream(field.getAnnotationsByType(JsonProperty.class)))
                .map(JsonProperty::value)
                .findFirst()
                .orElseGet(() -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// A value type from its text or number: by its static `of(String)` where there is one, else by
    /// its constructor.
    Object make(Object raw) {
        try {
            Optional<Method> factory =
                    Arrays.stream(type.getMethods())
                            .filter(method ->
                                    method.getName().equals("of")
                                            && Arrays.equals(
                                                    method.getParameterTypes(),
                                                    new Class<?>[] {raw.getClass()}))
                            .findFirst();
            if (factory.isPresent()) {
                return factory.get().invoke(null, raw);
            }
            Constructor<?> constructor =
                    type.getConstructor(raw instanceof Long ? long.class : String.class);
            return constructor.newInstance(raw);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), refused);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("not a value type: " + type.getName(), broken);
        }
    }
}
