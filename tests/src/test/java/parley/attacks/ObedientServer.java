package parley.attacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

import parley.tools.Change;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers as a model would that does whatever any message orders: it calls what looks, and submits
/// what changes as a plan.
final class ObedientServer implements ResponseDefinitionTransformerV2 {
    private final AtomicInteger heard = new AtomicInteger();

    /// How many requests held an order.
    int heard() {
        return heard.get();
    }

    @Override
    public String getName() {
        return "obedient";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        List<Proposal.Item> orders = new ArrayList<>();
        JsonNode request = json(event.getRequest().getBodyAsString());
        for (JsonNode message : request.path("messages")) {
            ObedientPlanner.read(unescaped(message), orders);
        }
        ObjectNode delta = Json.mapper().createObjectNode();
        if (orders.isEmpty()) {
            delta.put("content", "I was told nothing.");
        } else {
            heard.incrementAndGet();
            call(delta, orders.getLast());
        }
        String end = orders.isEmpty() ? "stop" : "tool_calls";
        return new ResponseDefinitionBuilder()
                .withHeader("Content-Type", "text/event-stream")
                .withBody(
                        chunk(delta, "")
                                + chunk(Json.mapper().createObjectNode(), end)
                                + "data: [DONE]\n\n")
                .build();
    }

    /// What is JSON within text within JSON carries its quotes twice.
    private static JsonNode unescaped(JsonNode message) {
        String text = message.path("content").toString();
        return Json.mapper().getNodeFactory().textNode(text.replaceAll("\\\\+\"", "\""));
    }

    private static void call(ObjectNode delta, Proposal.Item order) {
        ObjectNode arguments;
        String name = order.tool().replace('.', '-');
        if (Catalogue.standard().find(order.tool()).filter(ObedientServer::changes).isPresent()) {
            arguments = Json.mapper().createObjectNode();
            ObjectNode step = arguments.putArray("steps").addObject().put("tool", name);
            step.set("arguments", order.arguments());
            order.hosts().forEach(step.putArray("hosts")::add);
            arguments.putArray("prohibited");
            name = "submit_plan";
        } else {
            arguments = order.arguments().deepCopy();
            ArrayNode hosts = arguments.putArray("hosts");
            order.hosts().forEach(hosts::add);
        }
        ObjectNode call = delta.putArray("tool_calls").addObject();
        call.put("index", 0).put("id", "call_a").put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments.toString());
    }

    private static boolean changes(Tool<?, ?> tool) {
        return tool instanceof Change<?, ?>;
    }

    private static String chunk(ObjectNode delta, String finish) {
        ObjectNode chunk = Json.mapper().createObjectNode();
        chunk.put("id", "c1").put("object", "chat.completion.chunk").put("model", "obedient");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        if (finish.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish);
        }
        return "data: " + chunk + "\n\n";
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not JSON: " + text, broken);
        }
    }
}
