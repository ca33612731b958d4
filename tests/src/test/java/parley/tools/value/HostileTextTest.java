package parley.tools.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What no argument made of text accepts, whatever it means.
class HostileTextTest {
    private static final Map<String, Function<String, Object>> TYPES =
            Map.of(
                    "/var/log", AbsolutePath::new,
                    "500M", Bytes::of,
                    "gunicorn", NamePart::new,
                    "nginx", PackageName::new,
                    "libstdc++", PackagePart::new,
                    "6h", Since::new,
                    "nginx.service", UnitName::new);

    private static final List<String> APPENDED =
            List.of(
                    "\n",
                    "\r",
                    "\0",
                    "\t",
                    "\u001b[31m",
                    "\u0085",
                    "\u202e",
                    "\u2066",
                    "\u200b",
                    "\u2028",
                    "\ufeff",
                    "\ud800",
                    "x".repeat(64 * 1024));

    private static final List<String> WHOLE =
            List.of("", " ", "-", "--help", "-rf", "$(id)", "`id`", ";id", "a b", "*", "'", "\"");

    static Stream<Map.Entry<String, Function<String, Object>>> types() {
        return TYPES.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void theExampleIsAcceptedAndKept(Map.Entry<String, Function<String, Object>> type) {
        Object value = type.getValue().apply(type.getKey());
        assertTrue(
                value instanceof Bytes || value.toString().equals(type.getKey()),
                () -> type.getKey() + " became " + value);
    }

    @ParameterizedTest
    @MethodSource("types")
    void hostileTextIsRefusedInShortWords(Map.Entry<String, Function<String, Object>> type) {
        List<String> hostile = new ArrayList<>(WHOLE);
        APPENDED.forEach(more -> hostile.add(type.getKey() + more));
        APPENDED.forEach(more -> hostile.add(more + type.getKey()));
        for (String text : hostile) {
            BadValue refused =
                    assertThrows(
                            BadValue.class,
                            () -> type.getValue().apply(text),
                            () -> "accepted: " + text.codePoints().boxed().limit(40).toList());
            assertTrue(refused.why().en().length() < 400, "the refusal repeats the whole text");
            assertFalse(refused.why().zh().isBlank());
        }
        assertEquals(WHOLE.size() + 2 * APPENDED.size(), hostile.size());
    }
}
