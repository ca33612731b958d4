package parley.safety.record;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.redact.Redactor;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Whether a secret that was taken out of an entry is the one somebody knows: keyed commitments are
/// compared, the secret itself is nowhere.
public final class Commitments {
    private final AuditReader reader;
    private final String commitment;

    private Commitments(AuditReader reader, String commitment) {
        this.reader = reader;
        this.commitment = commitment;
    }

    /// Asks about `value` with the key of the record in `directory`.
    ///
    /// @throws RecordUnavailable when its key cannot be read: only who may read it can ask
    public static Commitments of(Path directory, String value) throws RecordUnavailable {
        Layout layout = new Layout(directory);
        try {
            String hex = Files.readString(layout.redactionKey(), StandardCharsets.US_ASCII);
            Redactor redactor = new Redactor(HexFormat.of().parseHex(hex.strip()));
            return new Commitments(AuditReader.of(directory), redactor.commitment(value));
        } catch (IllegalArgumentException unreadable) {
            throw Refusals.damaged(
                    layout.redactionKey().toString(), "it does not hold a key", "其中不是有效的密钥");
        } catch (AccessDeniedException notKept) {
            throw Refusals.of(
                    "only who keeps the keys of the record can ask what a secret was: sudo -u"
                            + " USER parley audit was-it, where USER owns "
                            + directory,
                    "只有保管审计记录密钥的用户才能查询某个机密：sudo -u 用户 parley audit was-it，用户为 "
                            + directory
                            + " 的所有者",
                    notKept);
        } catch (IOException failure) {
            throw Refusals.io(layout.redactionKey(), failure);
        }
    }

    /// A place where the value was.
    ///
    /// @param in the role of the body, or the path of the field
    /// @param rule what it was taken for
    public record Place(String in, String rule) {}

    /// Where in `entry` the value was; empty also when what was taken out is not listed any more.
    public List<Place> in(Recorded entry) throws RecordUnavailable {
        Optional<byte[]> body =
                entry.header().has("redacted")
                        ? reader.body(entry, "redactions")
                        : Optional.empty();
        List<Place> places = new ArrayList<>();
        if (body.isPresent()) {
            try {
                for (JsonNode one : Json.mapper().readTree(body.get())) {
                    if (one.path("hmac").asText().equals(commitment)) {
                        places.add(new Place(one.path("in").asText(), one.path("rule").asText()));
                    }
                }
            } catch (IOException notJson) {
                throw Refusals.damaged(
                        entry.place(), "its list of redactions cannot be read", "其脱敏清单无法读取");
            }
        }
        return places;
    }
}
