package parley.safety.record.verify;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The filter of a bundle, read and applied by the verifier itself.
///
/// Times have one form in records (`2026-11-21T20:33:55.378646Z`), so the order of their texts is
/// that of the times.
record BundleFilter(Map<String, String> wanted) {
    private static final Map<String, String> FIELDS =
            Map.of(
                    "operator", "actor",
                    "host", "host",
                    "tool", "tool",
                    "verdict", "verdict",
                    "type", "type",
                    "outcome", "outcome");
    private static final Set<String> OTHERS = Set.of("run", "since", "until");

    static BundleFilter of(@Nullable Object json) throws Malformed {
        if (!(json instanceof Map<?, ?> object)) {
            throw new Malformed("the filter is no object", "filter 不是对象");
        }
        Map<String, String> wanted = new HashMap<>();
        for (Map.Entry<?, ?> one : object.entrySet()) {
            String name = String.valueOf(one.getKey());
            if (!(one.getValue() instanceof String value)
                    || (!FIELDS.containsKey(name) && !OTHERS.contains(name))) {
                throw new Malformed(
                        "the filter asks for \"" + name + "\", which is not known here",
                        "不认识筛选条件“" + name + "”");
            }
            wanted.put(name, value);
        }
        return new BundleFilter(wanted);
    }

    boolean isMeant(Map<String, Object> header) {
        for (Map.Entry<String, String> one : wanted.entrySet()) {
            if (!fits(one.getKey(), one.getValue(), header)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String name, String wanted, Map<String, Object> header) {
        return switch (name) {
            case "run" -> text(header, "run").startsWith(wanted);
            case "since" -> text(header, "ts").compareTo(wanted) >= 0;
            case "until" -> text(header, "ts").compareTo(wanted) < 0;
            default -> text(header, FIELDS.getOrDefault(name, name)).equals(wanted);
        };
    }

    static String text(Map<String, Object> header, String field) {
        return header.get(field) instanceof String text ? text : "";
    }
}
