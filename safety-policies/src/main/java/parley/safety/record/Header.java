package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the line of an entry: canonical JSON of at most 16 KiB.
///
/// `mono` counts microseconds (nanoseconds would outgrow exact JSON numbers after 104 days of
/// uptime) and compares only within one `boot`. `pid` tells a running intent from an abandoned one.
final class Header {
    static final int MOST_BYTES = 16 * 1024;
    static final long VERSION = 1;
    static final String NOTHING_BEFORE = "0".repeat(64);

    private static final Set<String> OWN =
            Set.of(
                    "v", "seq", "prev", "log", "ts", "mono", "boot", "pid", "type", "outcome",
                    "run", "actor", "bodies", "seal", "peer");
    private static final long MOST_EXACT = (1L << 53) - 1;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final String log;
    private final InstantSource clock;
    private final String boot = bootId();
    private final long pid = ProcessHandle.current().pid();

    Header(String log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// @param bodies `{role: {c, size}}` of what is already stored
    /// @param seal the checkpoint that ends just before this entry; empty when there is none
    /// @param peer the process it was recorded for, when that is another one
    byte[] line(
            Entry entry,
            long sequence,
            String previous,
            String seal,
            ObjectNode bodies,
            Optional<Peer> peer)
            throws RecordUnavailable {
        ObjectNode header = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> field : entry.fields().properties()) {
            if (OWN.contains(field.getKey())) {
                throw unfit(entry, "the field \"" + field.getKey() + "\" is the record's own");
            }
            header.set(field.getKey(), checked(entry, field.getKey(), field.getValue()));
        }
        Instant now = clock.instant();
        header.put("v", VERSION)
                .put("seq", sequence)
                .put("prev", previous)
                .put("log", log)
                .put("ts", TIME.format(now))
                .put("mono", System.nanoTime() / 1000)
                .put("boot", boot)
                .put("pid", peer.map(Peer::process).orElse(pid))
                .put("type", entry.type())
                .put("outcome", whole(entry.outcome()))
                .put("run", whole(entry.run()))
                .put("actor", whole(entry.actor()));
        peer.ifPresent(other -> header.put("peer", other.user()));
        if (!bodies.isEmpty()) {
            header.set("bodies", bodies);
        }
        if (!seal.isEmpty()) {
            header.put("seal", seal);
        }
        byte[] line = Canonical.bytes(header);
        if (line.length > MOST_BYTES) {
            throw unfit(
                    entry,
                    "it has "
                            + line.length
                            + " bytes, at most "
                            + MOST_BYTES
                            + " fit; long contents belong into bodies");
        }
        return line;
    }

    /// Canonical JSON has one form for every value only when numbers are exact and text is Unicode.
    private static JsonNode checked(Entry entry, String name, JsonNode value)
            throws RecordUnavailable {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = Json.mapper().createObjectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String inner = whole(field.getKey());
                copy.set(inner, checked(entry, name + "." + inner, field.getValue()));
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = Json.mapper().createArrayNode();
            for (JsonNode element : array) {
                copy.add(checked(entry, name + "[]", element));
            }
            return copy;
        }
        if (value.isTextual()) {
            return TextNode.valueOf(whole(value.textValue()));
        }
        if (value.isBoolean() || value.isNull() || isExact(value)) {
            return value;
        }
        throw unfit(
                entry, value.asText() + " in \"" + name + "\" has no exact form; write it as text");
    }

    private static boolean isExact(JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() <= MOST_EXACT
                && value.longValue() >= -MOST_EXACT;
    }

    /// Half a surrogate pair, left by a cut, has no UTF-8 form: U+FFFD stands for it.
    private static String whole(String text) {
        if (text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .forEach(mended::appendCodePoint);
        return mended.toString();
    }

    private static RecordUnavailable unfit(Entry entry, String why) {
        return Refusals.of(
                "an entry \""
                        + entry.type()
                        + "\" cannot be recorded: "
                        + why
                        + ". This is a fault of Parley: please report it",
                "无法记录类型为 “" + entry.type() + "” 的条目：" + why + "。这是 Parley 的缺陷，请报告");
    }

    static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException unknown) {
            return "unknown";
        }
    }
}
