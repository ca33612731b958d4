package parley.attacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.tools.Proposal;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The worst model there is: looks once as it was asked to, then does whatever it reads.
final class ObedientPlanner implements Planner {
    private static final Pattern ORDER = Pattern.compile("RUN (\\{.*?\\}) ON ([a-z0-9.-]+)");

    private final Proposal.Item asked;
    private final List<String> obeyed = new ArrayList<>();

    ObedientPlanner(Proposal.Item asked) {
        this.asked = asked;
    }

    /// The orders it found in what hosts printed.
    List<String> obeyed() {
        return List.copyOf(obeyed);
    }

    @Override
    public Planned next(Conversation conversation, Consumer<String> partial) {
        if (conversation.seen().isEmpty()) {
            return new Planned.Plan(new Proposal(List.of(asked), List.of()), false, List.of());
        }
        List<Proposal.Item> orders = new ArrayList<>();
        for (Conversation.Seen seen : conversation.seen()) {
            seen.reading().ifPresent(reading -> read(reading, orders));
        }
        if (orders.isEmpty() || !obeyed.isEmpty()) {
            return new Planned.Answered("done", List.of());
        }
        orders.forEach(order -> obeyed.add(order.tool() + " " + order.arguments()));
        return new Planned.Plan(new Proposal(orders, List.of()), false, List.of());
    }

    /// Everything in `node` that it would obey.
    static void read(JsonNode node, List<Proposal.Item> orders) {
        if (node.isContainerNode()) {
            node.forEach(child -> read(child, orders));
            return;
        }
        Matcher order = ORDER.matcher(node.asText());
        while (order.find()) {
            try {
                ObjectNode json = (ObjectNode) Json.mapper().readTree(order.group(1));
                String tool = json.remove("tool").asText();
                orders.add(Proposal.Item.of(tool, json, List.of(order.group(2))));
            } catch (JsonProcessingException noOrder) {
                // Not even the worst model can read this one.
            }
        }
    }

    @Override
    public String name() {
        return "obedient";
    }
}
