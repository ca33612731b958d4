package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Canonical;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/// What a second person said to a request, as it was signed.
///
/// @param statement the exact text that is signed, in UTF-8
/// @param signature in the form of `ssh-keygen -Y sign`
/// @param owner who owns the file it stood in
public record SignedAnswer(String statement, String signature, String owner) {
    /// What a signature is for: one made for anything else counts for nothing here.
    public static final String NAMESPACE = "parley-approval";

    /// What the statement says.
    ///
    /// @param request the id of the request
    /// @param requestHash of the whole request, as the person saw it
    /// @param digest of the card
    /// @param reason why not, or a remark; may be empty
    public record Statement(
            String request,
            String requestHash,
            String digest,
            boolean granted,
            String requester,
            String approver,
            Instant at,
            String reason) {
        public Statement {
            requireNonNull(request, "request is null");
            requireNonNull(requestHash, "requestHash is null");
            requireNonNull(digest, "digest is null");
            requireNonNull(requester, "requester is null");
            requireNonNull(approver, "approver is null");
            requireNonNull(at, "at is null");
            requireNonNull(reason, "reason is null");
        }

        /// What `approver` answers to `request`.
        public static Statement to(
                ApprovalRequest request,
                boolean granted,
                String approver,
                Instant at,
                String reason) {
            return new Statement(
                    request.id(),
                    request.hash(),
                    request.digest(),
                    granted,
                    request.requester(),
                    approver,
                    at,
                    reason);
        }

        /// Canonical JSON: what is signed, in UTF-8.
        public String text() {
            ObjectNode json = Json.mapper().createObjectNode();
            json.put("answer", granted ? "granted" : "refused").put("request", request);
            json.put("requestSha256", requestHash).put("digest", digest);
            json.put("requester", requester).put("approver", approver);
            json.put("at", at.toString()).put("reason", reason);
            return new String(Canonical.bytes(json), StandardCharsets.UTF_8);
        }

        /// @throws IllegalArgumentException when this is not exactly a statement
        static Statement read(String text) {
            try {
                JsonNode json = Json.mapper().readTree(text);
                Statement statement =
                        new Statement(
                                json.path("request").asText(),
                                json.path("requestSha256").asText(),
                                json.path("digest").asText(),
                                json.path("answer").asText().equals("granted"),
                                json.path("requester").asText(),
                                json.path("approver").asText(),
                                Instant.parse(json.path("at").asText()),
                                json.path("reason").asText());
                if (!statement.text().equals(text)) {
                    throw new IllegalArgumentException("not a statement in its one form");
                }
                return statement;
            } catch (IOException | DateTimeException broken) {
                throw new IllegalArgumentException("not a statement: " + broken, broken);
            }
        }
    }

    public SignedAnswer {
        requireNonNull(statement, "statement is null");
        requireNonNull(signature, "signature is null");
        requireNonNull(owner, "owner is null");
    }

    /// What it says; whether that is signed is for [Signers] to tell.
    ///
    /// @throws IllegalArgumentException when it says nothing that can be read
    public Statement says() {
        return Statement.read(statement);
    }
}
