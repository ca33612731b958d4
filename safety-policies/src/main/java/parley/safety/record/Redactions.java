package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import parley.safety.redact.Redacted;
import parley.safety.redact.Redaction;
import parley.safety.redact.Redactor;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Takes the secrets out of what is to be recorded, before anything is hashed or written.
///
/// An entry that lost some has the field `redacted` (how many by rule) and a body `redactions`: a
/// JSON array of `{in, rule, offset, length, hmac}`, where `in` is the role of the body or the path
/// of the field. `digest` and other hashes that the entry carries are those of the true words.
final class Redactions {
    private static final int KEY_BYTES = 32;
    private static final String BODY = "redactions";

    private final Redactor redactor;

    private Redactions(Redactor redactor) {
        this.redactor = redactor;
    }

    /// Loads the key of this record, or makes one.
    static Redactions open(Layout layout) throws RecordUnavailable {
        try {
            if (!Durable.isThere(layout.redactionKey())) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Durable.createWhole(
                        layout.redactionKey(),
                        (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            String hex = Files.readString(layout.redactionKey(), StandardCharsets.US_ASCII);
            return new Redactions(new Redactor(HexFormat.of().parseHex(hex.strip())));
        } catch (IllegalArgumentException unreadable) {
            throw Refusals.damaged(
                    layout.redactionKey().toString(), "it does not hold a key", "其中不是有效的密钥");
        } catch (IOException failure) {
            throw Refusals.io(layout.redactionKey(), failure);
        }
    }

    Redactor redactor() {
        return redactor;
    }

    /// `entry` without its secrets.
    Entry clean(Entry entry) {
        Found found = new Found();
        Map<String, byte[]> bodies = new TreeMap<>();
        new TreeMap<>(entry.bodies())
                .forEach((role, body) -> bodies.put(role, body(role, body, found)));
        ObjectNode fields = object("", entry.fields(), found);
        if (found.byRule.isEmpty()) {
            return entry;
        }
        ObjectNode counts = fields.putObject("redacted");
        found.byRule.forEach(counts::put);
        bodies.put(BODY, Canonical.bytes(found.list));
        return new Entry(entry.type(), entry.outcome(), entry.run(), entry.actor(), fields, bodies);
    }

    /// What was taken out of one entry.
    private static final class Found {
        private final ArrayNode list = Json.mapper().createArrayNode();
        private final Map<String, Integer> byRule = new TreeMap<>();

        String take(String in, Redacted redacted) {
            for (Redaction one : redacted.redactions()) {
                byRule.merge(one.rule(), 1, Integer::sum);
                list.addObject()
                        .put("in", in)
                        .put("rule", one.rule())
                        .put("offset", one.offset())
                        .put("length", one.length())
                        .put("hmac", one.commitment());
            }
            if (!redacted.complete()) {
                byRule.merge("not-searched", 1, Integer::sum);
                list.addObject().put("in", in).put("rule", "not-searched");
            }
            return redacted.text();
        }
    }

    private byte[] body(String role, byte[] body, Found found) {
        // What is no UTF-8 is searched byte by byte, so that nothing but secrets changes.
        Charset charset = isUtf8(body) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        Redacted redacted = redactor.redact(new String(body, charset));
        return redacted.redactions().isEmpty() && redacted.complete()
                ? body
                : found.take(role, redacted).getBytes(charset);
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    private ObjectNode object(String path, ObjectNode object, Found found) {
        ObjectNode clean = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            clean.set(field.getKey(), value(inner, field.getValue(), found));
        }
        return clean;
    }

    private JsonNode value(String path, JsonNode value, Found found) {
        if (value instanceof ObjectNode object) {
            return object(path, object, found);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode clean = Json.mapper().createArrayNode();
            array.forEach(element -> clean.add(value(path + "[]", element, found)));
            return clean;
        }
        return value.isTextual()
                ? TextNode.valueOf(found.take(path, redactor.redact(value.textValue())))
                : value;
    }
}
