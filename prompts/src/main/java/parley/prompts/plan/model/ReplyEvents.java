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

/// Stands between the stream and the library: stops at the first error, and hands tool calls on
/// only when they are whole.
///
/// Servers interleave the pieces of parallel calls, repeat names and identifiers in each piece, or
/// give every call the same index; and a stream that breaks off leaves half a call. So pieces are
/// put together here, and reach the library in one event, with the reason why the reply ended. A
/// reply that does not say that it ended has no calls.
final class ReplyEvents implements ServerSentEventListener {
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
        if (choice.path("finish_reason").asText().isEmpty()) {
            choice.remove("finish_reason");
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
