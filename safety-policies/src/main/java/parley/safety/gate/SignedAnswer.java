package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Canonical;
import parley.tools.schema.Json;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/// What a second person said to a request, as it was signed.
///
/// @param statement the exact bytes that are signed
/// @param signature in the form of `ssh-keygen -Y sign`
/// @param owner who owns the file it stood in
public record SignedAnswer(byte[] statement, byte[] signature, String owner) {
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

        /// Canonical JSON: the bytes to sign.
        public byte[] bytes() {
            ObjectNode json = Json.mapper().createObjectNode();
            json.put("answer", granted ? "granted" : "refused").put("request", request);
            json.put("requestSha256", requestHash).put("digest", digest);
            json.put("requester", requester).put("approver", approver);
            json.put("at", at.toString()).put("reason", reason);
            return Canonical.bytes(json);
        }

        /// @throws IllegalArgumentException when these bytes are not exactly a statement
        static Statement read(byte[] bytes) {
            try {
                JsonNode json = Json.mapper().readTree(bytes);
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
                if (!java.util.Arrays.equals(statement.bytes(), bytes)) {
                    throw new IllegalArgumentException("not a statement in its one form");
                }
                return statement;
            } catch (IOException | DateTimeException broken) {
                throw new IllegalArgumentException("not a statement: " + broken, broken);
            }
        }
    }

    public SignedAnswer {
        statement = statement.clone();
        signature = signature.clone();
        requireNonNull(owner, "owner is null");
    }

    @Override
    public byte[] statement() {
        return statement.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /// What it says; whether that is signed is for [Signers] to tell.
    ///
    /// @throws IllegalArgumentException when it says nothing that can be read
    public Statement says() {
        return Statement.read(statement);
    }
}
