package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// Contents as a recorder hands them out: believed when they are what the entry commits to.
final class RecorderContents {
    private static final byte[] NONE = {};

    private RecorderContents() {}

    static Content read(RecorderLine line, String run, String commitment, String file)
            throws RecordUnavailable {
        ObjectNode question = Json.mapper().createObjectNode().put("op", "content");
        question.put("run", run).put("c", commitment).put("e", file);
        Frame answer = line.ask(Frame.of(question));
        JsonNode json = answer.json();
        return switch (json.path("is").asText()) {
            case "present" -> present(answer, commitment);
            case "erased" -> new Content.Erased(json.path("by").asLong());
            case "missing" -> new Content.Missing();
            default -> new Content.Locked();
        };
    }

    private static Content present(Frame answer, String commitment) throws RecordUnavailable {
        byte[] salt = answer.bodies().getOrDefault("salt", NONE);
        byte[] bytes = answer.bodies().getOrDefault("bytes", NONE);
        ByteArrayOutputStream salted = new ByteArrayOutputStream();
        salted.writeBytes(salt);
        salted.writeBytes(bytes);
        byte[] hash = Canonical.sha256(salted.toByteArray());
        if (!HexFormat.of().formatHex(hash).equals(commitment)) {
            throw Refusals.of(
                    "the recorder handed out another content than was recorded", "记录进程给出的内容与记录时不符");
        }
        return new Content.Present(salt, bytes);
    }
}
