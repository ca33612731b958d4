package parley.safety.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The schema as Cedar writes it in JSON: which groups an action is in, which words are closed
/// sets, and what is left of it for one action and some circumstances.
final class Actions {
    private static final String CIRCUMSTANCES = "Circumstances";

    private final JsonNode schema;
    private final Map<String, Set<Name>> above = new HashMap<>();
    private final Map<String, Set<String>> words = new HashMap<>();
    private final Set<String> circumstances = new HashSet<>();

    /// @throws IllegalArgumentException when the schema is not built as ours is
    Actions(JsonNode schema) {
        this.schema = schema;
        JsonNode names = schema.path("");
        names.path("actions").fieldNames().forEachRemaining(name -> above.put(name, closure(name)));
        names.path("entityTypes").properties().stream()
                .filter(type -> type.getValue().has("enum"))
                .forEach(type -> {
                    Set<String> closed = new HashSet<>();
                    type.getValue().path("enum").forEach(word -> closed.add(word.asText()));
                    words.put(type.getKey(), closed);
                });
        attributes(schema).fieldNames().forEachRemaining(circumstances::add);
        if (schema.size() != 1 || above.isEmpty() || circumstances.isEmpty()) {
            throw new IllegalArgumentException("not the schema of policies of Parley");
        }
    }

    private static JsonNode attributes(JsonNode schema) {
        return schema.path("").path("commonTypes").path(CIRCUMSTANCES).path("attributes");
    }

    private Set<Name> closure(String action) {
        Set<Name> all = new HashSet<>();
        all.add(new Name("Action", action));
        for (JsonNode group : schema.path("").path("actions").path(action).path("memberOf")) {
            all.addAll(closure(group.path("id").asText()));
        }
        return all;
    }

    /// The action and every group that it is in; empty when there is no such action.
    Set<Name> above(String action) {
        return above.getOrDefault(action, Set.of());
    }

    /// Whether each of these is a word of this closed set.
    boolean areWords(String type, Set<String> said) {
        return words.getOrDefault(type, Set.of()).containsAll(said);
    }

    /// Every attribute of the circumstances.
    Set<String> circumstances() {
        return circumstances;
    }

    /// The schema without other actions than this and its groups, and without other circumstances.
    JsonNode only(String action, Set<String> attributes) {
        JsonNode copy = schema.deepCopy();
        Set<String> kept = new HashSet<>();
        above(action).forEach(name -> kept.add(name.id()));
        ((ObjectNode) copy.path("").path("actions")).retain(kept);
        ((ObjectNode) attributes(copy)).retain(attributes);
        return copy;
    }
}
