package parley.prompts.plan.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.tools.schema.Json;

/// Bodies of streamed replies, as servers write them.
public final class Sse {
    private final StringBuilder body = new StringBuilder();

    /// One piece of words.
    public Sse text(String words) {
        ObjectNode delta = Json.mapper().createObjectNode().put("content", words);
        return chunk(delta, null);
    }

    /// One piece of a call, with an identifier and a name where they are not empty.
    public Sse call(int index, String id, String name, String arguments) {
        ObjectNode delta = Json.mapper().createObjectNode();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", index);
        if (!id.isEmpty()) {
            call.put("id", id).put("type", "function");
        }
        ObjectNode function = call.putObject("function");
        if (!name.isEmpty()) {
            function.put("name", name);
        }
        function.put("arguments", arguments);
        return chunk(delta, null);
    }

    /// The end of a reply, its usage, and the end of the stream.
    public String end(String reason) {
        chunk(Json.mapper().createObjectNode(), reason);
        ObjectNode usage = Json.mapper().createObjectNode();
        usage.put("object", "chat.completion.chunk").putArray("choices");
        usage.putObject("usage")
                .put("prompt_tokens", 100)
                .put("completion_tokens", 20)
                .put("total_tokens", 120);
        return data(usage.toString()).data("[DONE]").cut();
    }

    /// Everything so far and no end.
    public String cut() {
        return body.toString();
    }

    public Sse data(String data) {
        body.append("data: ").append(data).append("\n\n");
        return this;
    }

    private Sse chunk(ObjectNode delta, @Nullable String finish) {
        ObjectNode chunk = Json.mapper().createObjectNode();
        chunk.put("id", "c1").put("object", "chat.completion.chunk").put("model", "tiny");
        ArrayNode choices = chunk.putArray("choices");
        choices.addObject().put("index", 0).put("finish_reason", finish).set("delta", delta);
        return data(chunk.toString());
    }

    public static Sse reply() {
        return new Sse();
    }

    public static String words(String words) {
        return reply().text(words).end("stop");
    }

    /// One whole call in a few pieces.
    public static String called(String name, String arguments) {
        int half = arguments.length() / 2;
        return reply().call(0, "call_a", name, "")
                .call(0, "", "", arguments.substring(0, half))
                .call(0, "", "", arguments.substring(half))
                .end("tool_calls");
    }
}
