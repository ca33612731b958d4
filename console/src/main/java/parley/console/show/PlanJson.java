package parley.console.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Planned;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

/// A plan as JSON: one object, the same for one request and for each line of a batch.
public final class PlanJson {
    private PlanJson() {}

    public static ObjectNode of(
            String id, Planned planned, Catalogue catalogue, Language language) {
        ObjectNode json = Json.mapper().createObjectNode().put("id", id);
        ArrayNode steps = Json.mapper().createArrayNode();
        switch (planned) {
            case Planned.Plan plan -> {
                json.put("kind", "plan");
                plan.proposal().items().forEach(item -> step(steps.addObject(), item, catalogue));
                json.set("steps", steps);
                json.put("message", "");
            }
            case Planned.Clarify clarify -> {
                json.put("kind", "clarify").put("about", clarify.about().word());
                json.set("steps", steps);
                json.put("message", clarify.question().in(language));
                clarify.choices().forEach(json.putArray("choices")::add);
            }
            case Planned.Decline decline -> {
                json.put("kind", "decline");
                json.set("steps", steps);
                json.put("message", decline.message().in(language));
            }
            case Planned.Answered answered -> {
                json.put("kind", "plan");
                json.set("steps", steps);
                json.put("message", answered.words());
            }
        }
        return json;
    }

    /// A line that could not be planned.
    public static ObjectNode error(String id, String message) {
        return Json.mapper()
                .createObjectNode()
                .put("id", id)
                .put("kind", "error")
                .put("message", message);
    }

    private static void step(ObjectNode json, Proposal.Item item, Catalogue catalogue) {
        json.put("tool", item.tool());
        json.set("args", item.arguments());
        item.hosts().forEach(json.putArray("hosts")::add);
        json.put("conditional", item.condition().isPresent());
        json.put(
                "effect",
                catalogue.find(item.tool()).map(tool -> effect(tool, item)).orElse("unknown"));
    }

    private static <A extends Record> String effect(Tool<A, ?> tool, Proposal.Item item) {
        try {
            return Catalogue.bind(tool, item.arguments()).risk().word();
        } catch (BadArguments refused) {
            // Arguments that will be refused do nothing; the worst is the honest word until then.
            return tool.card().worst().word();
        }
    }

    /// The message of an error that stopped one line.
    public static ObjectNode error(String id, Bilingual why, Language language) {
        return error(id, why.in(language));
    }
}
