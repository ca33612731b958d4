package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// One message between a recorder and whoever speaks to it: a JSON object and long contents.
///
/// On the wire: length and bytes of the object, whose field `sizes` names role and length of each
/// content, then their bytes.
record Frame(ObjectNode json, Map<String, byte[]> bodies) {
    private static final int MOST_JSON = 1 << 20;
    private static final int MOST_BODIES = 1000;
    private static final long MOST_BYTES = 256L << 20;
    private static final String SIZES = "sizes";

    Frame {
        requireNonNull(json, "json is null");
        bodies = Map.copyOf(bodies);
    }

    static Frame of(ObjectNode json) {
        return new Frame(json, Map.of());
    }

    void write(DataOutputStream output) throws IOException {
        Map<String, byte[]> ordered = new LinkedHashMap<>(bodies);
        ObjectNode whole = json.deepCopy();
        ObjectNode sizes = whole.putObject(SIZES);
        ordered.forEach((role, body) -> sizes.put(role, body.length));
        byte[] head = Json.mapper().writeValueAsBytes(whole);
        output.writeInt(head.length);
        output.write(head);
        for (byte[] body : ordered.values()) {
            output.write(body);
        }
        output.flush();
    }

    /// The next one.
    ///
    /// @throws EOFException when the other side is gone
    /// @throws IOException when it is no frame, or larger than any may be
    static Frame read(DataInputStream input) throws IOException {
        int length = input.readInt();
        if (length < 2 || length > MOST_JSON) {
            throw new IOException("a message of " + length + " bytes");
        }
        JsonNode json = Json.mapper().readTree(exactly(input, length));
        if (!(json instanceof ObjectNode object)) {
            throw new IOException("a message that is no object");
        }
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        long left = MOST_BYTES;
        for (Map.Entry<String, JsonNode> size : object.path(SIZES).properties()) {
            int bytes = size.getValue().asInt(-1);
            left -= bytes;
            if (bytes < 0 || left < 0 || bodies.size() == MOST_BODIES) {
                throw new IOException("contents larger than any may be");
            }
            bodies.put(size.getKey(), exactly(input, bytes));
        }
        object.remove(SIZES);
        return new Frame(object, bodies);
    }

    /// Takes memory as the bytes come, not as somebody says they will.
    private static byte[] exactly(DataInputStream input, int length) throws IOException {
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the other side is gone");
        }
        return bytes;
    }
}
