package parley.tools.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;

/// Output of one JSON object a line, as `journalctl -o json` prints it.
public final class JsonLines {
    private JsonLines() {}

    /// Every object, in order; element 0 is line 1.
    ///
    /// @throws Unreadable naming the first line that is not one JSON object
    public static List<ObjectNode> objects(Capture capture) throws Unreadable {
        List<ObjectNode> objects = new ArrayList<>();
        List<String> lines = WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            objects.add(object(capture, index + 1, lines.get(index)));
        }
        return List.copyOf(objects);
    }

    private static ObjectNode object(Capture capture, int number, String line) throws Unreadable {
        try {
            JsonNode node = Json.mapper().readTree(line);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(capture.argv(), number, "a JSON object", line);
        }
        throw Unreadable.line(capture.argv(), number, "a JSON object", line);
    }
}
