package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import parley.prompts.plan.Conversation;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Sanitiser;
import parley.safety.policy.Decision;
import parley.safety.redact.Redactor;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Reading;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What planners are shown of results, and what of it could come back as an argument.
final class Shown {
    private Shown() {}

    /// Whether the policies let a reading go to a model.
    ///
    /// @param part what read it
    record Visible(HostResult part, Decision decision) {}

    /// The decisions about everything that `result` says: what a diagnosis says was read by its
    /// parts, on whichever hosts.
    static List<Visible> visible(HostResult result, House house) {
        return result.all()
                .flatMap(part ->
                        part.hosts().stream()
                                .map(name -> new Visible(part, decision(part, name, house))))
                .toList();
    }

    private static Decision decision(HostResult part, String name, House house) {
        Optional<Host> host = house.hosts().named(name);
        if (host.isEmpty()) {
            return new Decision(false, List.of(), List.of("no host " + name));
        }
        Circumstances circumstances =
                Circumstances.observing(house.actor(), name)
                        .in(house.situations().observing(host.get(), house.actor().id()));
        return house.gate().mayShow(part.call(), host.get(), circumstances);
    }

    /// `result` as a planner may see it: without the reading where the policies forbid that.
    ///
    /// @param visible as [#visible] says
    static Conversation.Seen seen(HostResult result, House house, List<Visible> visible) {
        boolean allowed = visible.stream().allMatch(one -> one.decision().allowed());
        Optional<Reading<?>> reading = allowed ? result.reading() : Optional.empty();
        List<Bilingual> missing = new ArrayList<>();
        if (reading.isEmpty()) {
            missing.add(result.outcome().saysToModels());
        } else {
            missing.addAll(reading.get().gaps());
            if (result.truncated()) {
                missing.add(Bilingual.of("the output was cut", "输出已截断"));
            }
        }
        return new Conversation.Seen(
                result.id(),
                result.call().tool().name(),
                result.arguments(),
                result.host(),
                reading.map(read ->
                        clean(
                                Json.mapper().<JsonNode>valueToTree(read.value()),
                                house.log().redactor())),
                missing.stream()
                        .reduce((one, other) -> Bilingual.of("{0}; {1}", "{0}；{1}", one, other)));
    }

    /// `node` with marks in the place of the secrets that are found in its texts: no planner sees
    /// what the record would not hold.
    static JsonNode clean(JsonNode node, Redactor redactor) {
        if (node instanceof ObjectNode object) {
            ObjectNode clean = Json.mapper().createObjectNode();
            object.properties()
                    .forEach(field -> clean.set(field.getKey(), clean(field.getValue(), redactor)));
            return clean;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode clean = Json.mapper().createArrayNode();
            array.forEach(element -> clean.add(clean(element, redactor)));
            return clean;
        }
        return node.isTextual() ? TextNode.valueOf(redactor.redact(node.textValue()).text()) : node;
    }

    /// Everything of hosts' outputs that a planner was shown, value by value and as a whole.
    ///
    /// @param heard the same of earlier requests
    static List<String> outputs(List<String> heard, List<Conversation.Seen> seen) {
        List<String> outputs = new ArrayList<>(heard);
        for (Conversation.Seen one : seen) {
            one.problem().ifPresent(problem -> outputs.add(problem.en()));
            one.reading().ifPresent(reading -> leaves(reading, outputs));
        }
        return outputs;
    }

    static void leaves(JsonNode node, List<String> texts) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, texts));
        } else {
            texts.add(node.asText());
            texts.add(Sanitiser.line(node.asText()));
        }
    }
}
