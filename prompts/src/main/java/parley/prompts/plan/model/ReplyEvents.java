package parley.prompts.plan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;

import parley.tools.schema.Json;

import java.util.Map;
import java.util.Set;

/// Stands between the stream and the library: stops at the first error, and hands tool calls on
/// only when they are whole.
///
/// Servers interleave the pieces of parallel calls, repeat names and identifiers in each piece, or
/// give every call the same index; and a stream that breaks off leaves half a call. So pieces are
/// put together here, and reach the library in one event, with the reason why the reply ended. A
/// reply that does not say that it ended has no calls.
final class ReplyEvents implements ServerSentEventListener {
    /// What some servers write instead of null while a reply goes on.
    private static final Set<String> NO_REASONS = Set.of("", "null");

    /// Other words for how a reply came to its end. One that is not known is no end: what was
    /// aborted is not used.
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("complete", "stop"),
                    Map.entry("end_turn", "stop"),
                    Map.entry("eos", "stop"),
                    Map.entry("eos_token", "stop"),
                    Map.entry("max_output_tokens", "length"),
                    Map.entry("max_tokens", "length"),
                    Map.entry("model_length", "length"),
                    Map.entry("stop_sequence", "stop"),
                    Map.entry("tool_call", "tool_calls"),
                    Map.entry("tool_use", "tool_calls"));

    private final ServerSentEventListener next;
    private final ModelSettings settings;
    private final CallPieces pieces = new CallPieces();
    private boolean failed;

    ReplyEvents(ServerSentEventListener next, ModelSettings settings) {
        this.next = next;
        this.settings = settings;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        next.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (failed || event.data().strip().equals("[DONE]")) {
            return;
        }
        try {
            JsonNode json = Json.mapper().readTree(settings.hideKeyIn(event.data()));
            if (!(json instanceof ObjectNode chunk)) {
                onError(new Refused("not a JSON object: " + event.data()));
            } else if ("error".equals(event.event()) || chunk.hasNonNull("error")) {
                onError(new Refused(reason(chunk)));
            } else {
                if (settings.provider().sendsPieces()) {
                    gather(chunk);
                }
                next.onEvent(new ServerSentEvent(event.event(), chunk.toString()), context);
            }
        } catch (JsonProcessingException broken) {
            onError(new Refused("not JSON: " + event.data()));
        }
    }

    private void gather(ObjectNode chunk) {
        if (!(chunk.path("choices").path(0) instanceof ObjectNode choice)) {
            return;
        }
        if (NO_REASONS.contains(choice.path("finish_reason").asText())) {
            choice.remove("finish_reason");
        } else {
            String reason = choice.path("finish_reason").asText();
            choice.put("finish_reason", REASONS.getOrDefault(reason, reason));
        }
        if (choice.path("delta") instanceof ObjectNode delta
                && delta.remove("tool_calls") instanceof ArrayNode calls) {
            calls.forEach(pieces::add);
        }
        if (choice.hasNonNull("finish_reason") && !pieces.isEmpty()) {
            choice.withObjectProperty("delta").set("tool_calls", pieces.whole());
        }
    }

    private static String reason(ObjectNode chunk) {
        JsonNode error = chunk.path("error");
        return error.isTextual() ? error.textValue() : error.path("message").asText("" + chunk);
    }

    @Override
    public void onError(Throwable broken) {
        if (!failed) {
            failed = true;
            next.onError(broken);
        }
    }

    @Override
    public void onClose() {
        if (!failed) {
            next.onClose();
        }
    }

    /// The endpoint said, within the stream, that it failed.
    static final class Refused extends RuntimeException {
        Refused(String words) {
            super(words);
        }
    }
}
