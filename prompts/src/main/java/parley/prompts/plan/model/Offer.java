package parley.prompts.plan.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;

import parley.prompts.plan.Planned;
import parley.tools.Change;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.schema.Json;
import parley.tools.schema.Schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The functions a model is offered: observing tools, and some of the planner's own. A change is no
/// function: it can only be a step of a submitted plan.
final class Offer {
    static final String ASK = "ask_user";
    static final String DECLINE = "decline";
    static final String SUBMIT = "submit_plan";
    static final String FIND = "find_functions";
    static final String HOSTS = "hosts";
    static final String SOUGHT = "words";

    /// Above it, names are described instead of listed with every function.
    private static final int MOST_LISTED = 60;

    private static final int MOST_SKETCH = 300;

    private final Collection<Tool<?, ?>> tools;
    private final boolean more;
    private final Visible visible;
    private final Language language;
    private final Words words;

    /// @param more whether there are other tools that the model may look for
    Offer(Collection<Tool<?, ?>> tools, boolean more, Visible visible, Language language) {
        this.tools = tools;
        this.more = more;
        this.visible = visible;
        this.language = language;
        this.words = Words.in(language);
    }

    /// `disk.usage` as functions are allowed to be called.
    static String wireName(Tool<?, ?> tool) {
        return wireName(tool.name());
    }

    static String wireName(String tool) {
        return tool.replace('.', '-');
    }

    List<ToolSpecification> functions() {
        List<ToolSpecification> functions = new ArrayList<>();
        tools.stream()
                .filter(tool -> !(tool instanceof Change<?, ?>))
                .map(this::observing)
                .forEach(functions::add);
        functions.add(submit());
        if (more) {
            functions.add(function(FIND, findSchema()));
        }
        functions.add(function(ASK, askSchema()));
        functions.add(function(DECLINE, declineSchema()));
        return functions;
    }

    private ToolSpecification observing(Tool<?, ?> tool) {
        ObjectNode schema = Schema.of(tool.arguments(), language);
        schema.withObjectProperty("properties").set(HOSTS, hosts());
        schema.withArrayProperty("required").add(HOSTS);
        Map<String, String> about =
                Map.of(
                        "title", title(tool),
                        "example", tool.card().examples().getFirst().in(language),
                        "reading", Clean.line(ReadingShape.of(tool).sketch(), MOST_SKETCH));
        return specification(wireName(tool), words.get("observing", about), schema);
    }

    private String title(Tool<?, ?> tool) {
        return tool.card().title().in(language);
    }

    private ObjectNode hosts() {
        ObjectNode hosts = Json.mapper().createObjectNode();
        hosts.put("type", "array").put("minItems", 1).put("description", words.get("hosts"));
        ObjectNode items = hosts.putObject("items").put("type", "string");
        List<String> targets = visible.targets();
        if (!targets.isEmpty() && targets.size() <= MOST_LISTED) {
            ArrayNode names = items.putArray("enum");
            targets.forEach(names::add);
        }
        return hosts;
    }

    private ToolSpecification submit() {
        ObjectNode schema = Json.mapper().createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ObjectNode steps = properties.putObject("steps").put("type", "array").put("minItems", 1);
        steps.put("maxItems", Replies.MOST_CALLS);
        ArrayNode kinds = steps.putObject("items").putArray("anyOf");
        tools.stream()
                .filter(Change.class::isInstance)
                .forEach(tool ->
                        kinds.add(step(List.of(tool), Schema.of(tool.arguments(), language))));
        List<Tool<?, ?>> observing =
                tools.stream().filter(tool -> !(tool instanceof Change<?, ?>)).toList();
        if (!observing.isEmpty()) {
            ObjectNode any = Json.mapper().createObjectNode().put("type", "object");
            kinds.add(step(observing, any.put("description", words.get("step-arguments"))));
        }
        ObjectNode prohibited = properties.putObject("prohibited").put("type", "array");
        prohibited.put("description", words.get("prohibited"));
        prohibited.putObject("items").put("type", "string");
        schema.putArray("required").add("steps");
        return function(SUBMIT, schema);
    }

    private ObjectNode step(List<Tool<?, ?>> kinds, ObjectNode arguments) {
        ObjectNode step = Json.mapper().createObjectNode().put("type", "object");
        if (kinds.size() == 1) {
            step.put("description", title(kinds.getFirst()));
        }
        ObjectNode properties = step.putObject("properties");
        ArrayNode names = properties.putObject("tool").put("type", "string").putArray("enum");
        kinds.forEach(tool -> names.add(wireName(tool)));
        properties.set("arguments", arguments);
        properties.set(HOSTS, hosts());
        properties.set("condition", condition());
        step.putArray("required").add("tool").add("arguments").add(HOSTS);
        return step;
    }

    private ObjectNode condition() {
        ObjectNode condition = Json.mapper().createObjectNode().put("type", "object");
        condition.put("description", words.get("condition"));
        ObjectNode properties = condition.putObject("properties");
        properties.putObject("step").put("type", "integer").put("minimum", 1);
        properties.putObject("pointer").put("type", "string");
        ArrayNode comparisons =
                properties.putObject("comparison").put("type", "string").putArray("enum");
        Arrays.stream(Proposal.Comparison.values()).map(Offer::word).forEach(comparisons::add);
        ArrayNode types = properties.putObject("value").putArray("type");
        types.add("string").add("number").add("boolean");
        condition.putArray("required").add("step").add("pointer").add("comparison").add("value");
        return condition;
    }

    private static ObjectNode findSchema() {
        ObjectNode schema = Json.mapper().createObjectNode().put("type", "object");
        schema.putObject("properties").putObject(SOUGHT).put("type", "string");
        schema.putArray("required").add(SOUGHT);
        return schema;
    }

    private ObjectNode askSchema() {
        ObjectNode schema = Json.mapper().createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("question").put("type", "string");
        ArrayNode about = properties.putObject("about").put("type", "string").putArray("enum");
        Arrays.stream(Planned.About.values()).map(Planned.About::word).forEach(about::add);
        ObjectNode choices = properties.putObject("choices").put("type", "array");
        choices.put("maxItems", Replies.MOST_CHOICES).putObject("items").put("type", "string");
        schema.putArray("required").add("question").add("about");
        return schema;
    }

    private ObjectNode declineSchema() {
        ObjectNode schema = Json.mapper().createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode reason = properties.putObject("reason").put("type", "string").putArray("enum");
        Arrays.stream(Planned.Reason.values()).map(Offer::word).forEach(reason::add);
        properties.putObject("message").put("type", "string");
        schema.putArray("required").add("reason").add("message");
        return schema;
    }

    private ToolSpecification function(String name, ObjectNode schema) {
        return specification(name, words.get(name), schema);
    }

    private static ToolSpecification specification(String name, String what, ObjectNode schema) {
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        schema.path("properties")
                .properties()
                .forEach(property ->
                        parameters.addProperty(
                                property.getKey(),
                                JsonRawSchema.from(property.getValue().toString())));
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(argument -> required.add(argument.textValue()));
        return ToolSpecification.builder()
                .name(name)
                .description(what)
                .parameters(parameters.required(required).additionalProperties(false).build())
                .build();
    }

    /// `NOT_EQUAL` as `not-equal`.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
