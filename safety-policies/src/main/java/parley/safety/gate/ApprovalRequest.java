package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Canonical;
import parley.tools.schema.Json;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a person lays before a second one: the exact steps, what the card said, and until when an
/// answer counts.
///
/// The steps are whole, so that the second person's console computes the digests itself and shows
/// what would run from them; the card's text is only the requester's word.
///
/// @param digest of the card
/// @param policies the hash of the policies it was judged by
/// @param steps the bindings, as [Step#binding] gives them
/// @param shown the lines of the card
/// @param words what each of the two people types
/// @param order how it goes over several hosts, as [Card#order] says it
/// @param answerBy from this moment on an answer no longer counts
/// @param runWithin how long after the answer it may be run
public record ApprovalRequest(
        String id,
        String digest,
        String policies,
        String requester,
        Instant asked,
        Instant answerBy,
        Duration runWithin,
        List<ObjectNode> steps,
        List<String> shown,
        String words,
        String order) {
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{8,64}");
    private static final int VERSION = 1;

    public ApprovalRequest {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a request: " + id);
        }
        requireNonNull(digest, "digest is null");
        requireNonNull(policies, "policies is null");
        requireNonNull(requester, "requester is null");
        requireNonNull(asked, "asked is null");
        requireNonNull(answerBy, "answerBy is null");
        requireNonNull(runWithin, "runWithin is null");
        steps = steps.stream().map(ObjectNode::deepCopy).toList();
        shown = List.copyOf(shown);
        requireNonNull(words, "words is null");
        requireNonNull(order, "order is null");
    }

    /// The request that lays `card` before somebody.
    public static ApprovalRequest of(
            String id, Card card, Actor requester, Instant now, Duration answer, Duration run) {
        return new ApprovalRequest(
                id,
                card.digest(),
                card.policies(),
                requester.id(),
                now,
                now.plus(answer),
                run,
                card.steps().stream().map(judged -> judged.step().binding()).toList(),
                card.lines(),
                card.wordsToType(),
                card.order());
    }

    /// The digest of the steps as they stand in this request.
    public String computed() {
        return Card.digest(steps.stream().map(Step::digest).toList(), policies, order);
    }

    /// SHA-256, in hex, of the whole request: what an answer holds to.
    public String hash() {
        return Canonical.sha256(json());
    }

    /// Canonical JSON, as it stands in its file.
    public byte[] bytes() {
        return Canonical.bytes(json());
    }

    private ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode().put("v", VERSION);
        json.put("id", id).put("digest", digest).put("policies", policies);
        json.put("requester", requester).put("asked", asked.toString());
        json.put("answerBy", answerBy.toString()).put("runWithinSeconds", runWithin.toSeconds());
        steps.forEach(json.putArray("steps")::add);
        shown.forEach(json.putArray("shown")::add);
        return json.put("words", words).put("order", order);
    }

    /// Reads a request back.
    ///
    /// @throws IllegalArgumentException when it is not one, or its digest is not that of its steps
    public static ApprovalRequest read(byte[] bytes) {
        try {
            JsonNode json = Json.mapper().readTree(bytes);
            List<ObjectNode> steps = new ArrayList<>();
            for (JsonNode step : json.path("steps")) {
                steps.add((ObjectNode) step);
            }
            List<String> shown = new ArrayList<>();
            json.path("shown").forEach(line -> shown.add(line.asText()));
            ApprovalRequest request =
                    new ApprovalRequest(
                            json.path("id").asText(),
                            json.path("digest").asText(),
                            json.path("policies").asText(),
                            json.path("requester").asText(),
                            Instant.parse(json.path("asked").asText()),
                            Instant.parse(json.path("answerBy").asText()),
                            Duration.ofSeconds(json.path("runWithinSeconds").asLong()),
                            steps,
                            shown,
                            json.path("words").asText(),
                            json.path("order").asText());
            if (json.path("v").asInt() != VERSION
                    || steps.isEmpty()
                    || !request.computed().equals(request.digest())) {
                throw new IllegalArgumentException("the digest is not that of its steps");
            }
            return request;
        } catch (JsonProcessingException | DateTimeParseException | ClassCastException broken) {
            throw new IllegalArgumentException("not a request for approval: " + broken, broken);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
