package parley.prompts.plan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the pieces of streamed tool calls together, in whatever order they come.
final class CallPieces {
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> current = new LinkedHashMap<>();

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /// A piece belongs to the call of its index; one that brings another identifier and a name
    /// begins a new call, whatever its index says.
    void add(JsonNode piece) {
        int index = piece.path("index").asInt(0);
        String id = piece.path("id").asText("");
        String name = piece.path("function").path("name").asText("");
        String arguments = arguments(piece.path("function").path("arguments"));
        if (id.isEmpty() && name.isEmpty() && arguments.isEmpty()) {
            return;
        }
        Call call = current.get(index);
        if (call == null || (!name.isEmpty() && (call.isOther(id) || call.isWhole(id, name)))) {
            call = new Call();
            current.put(index, call);
            calls.add(call);
        }
        call.add(id, name, arguments);
    }

    /// Some servers send the arguments as the object that they are, not as text.
    private static String arguments(JsonNode arguments) {
        return arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
    }

    /// The calls in the order in which they began, as one streamed message holds them. Identifiers
    /// are ours: nothing depends on the endpoint's.
    ArrayNode whole() {
        ArrayNode whole = Json.mapper().createArrayNode();
        for (Call call : calls) {
            int index = whole.size();
            whole.addObject()
                    .put("index", index)
                    .put("id", "call_" + (index + 1))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name.toString())
                    .put("arguments", call.arguments.toString());
        }
        calls.clear();
        current.clear();
        return whole;
    }

    private static final class Call {
        private String id = "";
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();

        boolean isOther(String newId) {
            return !id.isEmpty() && !newId.isEmpty() && !id.equals(newId);
        }

        /// Whether a named piece without identifiers cannot go on with this call: its arguments are
        /// whole. A server that gives neither identifiers nor numbers sends whole calls.
        boolean isWhole(String newId, String newName) {
            if (!id.isEmpty() || !newId.isEmpty() || newName.isEmpty() || arguments.isEmpty()) {
                return false;
            }
            try {
                return Json.mapper().readTree(arguments.toString()).isContainerNode();
            } catch (JsonProcessingException part) {
                return false;
            }
        }

        void add(String newId, String moreName, String moreArguments) {
            id = newId.isEmpty() ? id : newId;
            if (!name.toString().equals(moreName)) {
                name.append(moreName);
            }
            arguments.append(moreArguments);
        }
    }
}
