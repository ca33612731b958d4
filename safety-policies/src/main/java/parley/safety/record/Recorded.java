package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.schema.Json;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One entry as it stands in the record.
///
/// @param sequence its number, the first being 0
/// @param time what the writer's clock said; a claim, not evidence
/// @param type `request`, `exec.intent`, …; `unreadable` for a line that is no entry
/// @param place file and line (`seg/00000000000000.jsonl:12`), the first line being 1
/// @param header all its fields
public record Recorded(
        long sequence,
        Instant time,
        String type,
        String outcome,
        String run,
        String actor,
        String place,
        JsonNode header) {
    static final String UNREADABLE = "unreadable";

    public Recorded {
        requireNonNull(time, "time is null");
        requireNonNull(type, "type is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(run, "run is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(place, "place is null");
        requireNonNull(header, "header is null");
    }

    /// Whether the line could be read as an entry. If not, `audit verify` says what is wrong.
    public boolean readable() {
        return !type.equals(UNREADABLE);
    }

    /// The roles of its bodies (`stdout`, `prompt`, …), sorted.
    public Set<String> roles() {
        Set<String> roles = new TreeSet<>();
        for (Map.Entry<String, JsonNode> body : header.path("bodies").properties()) {
            roles.add(body.getKey());
        }
        return roles;
    }

    /// @param expected the number by its place, for a line that has none
    static Recorded of(byte[] line, long expected, String place) {
        try {
            JsonNode header = Json.mapper().readTree(line);
            if (header.isObject() && header.path("seq").canConvertToLong()) {
                return new Recorded(
                        header.path("seq").longValue(),
                        Instant.parse(header.path("ts").asText()),
                        header.path("type").asText(),
                        header.path("outcome").asText(),
                        header.path("run").asText(),
                        header.path("actor").asText(),
                        place,
                        header);
            }
        } catch (JsonProcessingException | DateTimeParseException notAnEntry) {
            return unreadable(expected, place);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return unreadable(expected, place);
    }

    private static Recorded unreadable(long expected, String place) {
        return new Recorded(
                expected,
                Instant.EPOCH,
                UNREADABLE,
                "",
                "",
                "",
                place,
                Json.mapper().createObjectNode());
    }
}
