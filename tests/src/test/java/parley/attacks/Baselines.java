package parley.attacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Composite;
import parley.tools.Family;
import parley.tools.Language;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Recording;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;
import parley.tools.schema.Schema;
import parley.tools.value.Text;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Harmless calls of every tool with every argument of text, and what they render to.
final class Baselines {
    private static final List<Platform> PLATFORMS =
            List.of(
                    new Platform(Family.APT, 252, "debian", "12"),
                    new Platform(Family.DNF, 252, "centos", "9"));

    private Baselines() {}

    /// An argument that takes text.
    ///
    /// @param example a harmless value
    /// @param base the other arguments of the call
    record Slot(Tool<?, ?> tool, String argument, boolean list, String example, ObjectNode base) {
        /// The call with this value in the slot.
        Call<?> with(String value) throws BadArguments {
            ObjectNode json = base.deepCopy();
            if (list) {
                json.putArray(argument).add(value);
            } else {
                json.put(argument, value);
            }
            return Catalogue.bind(tool, json);
        }

        @Override
        public String toString() {
            return tool.name() + "." + argument;
        }
    }

    static List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            if (tool instanceof Composite<?, ?>) {
                // It has no command of its own; the calls it makes are those of tools that are
                // here.
                continue;
            }
            for (RecordComponent component : tool.arguments().getRecordComponents()) {
                Class<?> type = element(component.getGenericType());
                Text text = type.getAnnotation(Text.class);
                if (text != null) {
                    boolean list =
                            component.getGenericType().getTypeName().contains("java.util.List");
                    slots.add(slot(tool, component.getName(), list, text.example()));
                }
            }
        }
        return slots;
    }

    /// With nothing but what is required, or with one more argument where a tool wants company.
    private static Slot slot(Tool<?, ?> tool, String argument, boolean list, String example) {
        for (ObjectNode base : bases(tool)) {
            Slot slot = new Slot(tool, argument, list, example, base);
            try {
                Call<?> ignored = slot.with(example);
                return slot;
            } catch (BadArguments alone) {
                // It wants another argument beside it.
            }
        }
        return recorded(tool, argument, list);
    }

    /// What somebody recorded: where the example of the type is not one that this tool takes.
    private static Slot recorded(Tool<?, ?> tool, String argument, boolean list) {
        for (Recording recording : Recording.all()) {
            JsonNode value = recording.description().path("arguments").path(argument);
            String text = list ? value.path(0).asText() : value.asText();
            if (recording.tool().equals(tool.name()) && !text.isEmpty()) {
                ObjectNode base = recording.description().required("arguments").deepCopy();
                return new Slot(tool, argument, list, text, base);
            }
        }
        throw new IllegalStateException("no harmless call of " + tool.name() + "." + argument);
    }

    private static Class<?> element(java.lang.reflect.Type type) {
        return type instanceof ParameterizedType generic
                ? element(generic.getActualTypeArguments()[0])
                : (Class<?>) type;
    }

    /// What is required, with each word of its closed sets; and each of those with one argument
    /// more.
    static List<ObjectNode> bases(Tool<?, ?> tool) {
        ObjectNode schema = Schema.of(tool.arguments(), Language.EN);
        List<ObjectNode> required = List.of(Json.mapper().createObjectNode());
        for (JsonNode name : schema.path("required")) {
            JsonNode property = schema.path("properties").path(name.asText());
            List<ObjectNode> longer = new ArrayList<>();
            for (ObjectNode base : required) {
                for (JsonNode word :
                        property.has("enum")
                                ? property.path("enum")
                                : List.of(value(tool, name.asText(), property))) {
                    longer.add(base.deepCopy().set(name.asText(), word));
                }
            }
            required = longer;
        }
        List<ObjectNode> all = new ArrayList<>(required);
        for (ObjectNode base : required) {
            schema.path("properties")
                    .properties()
                    .forEach(more ->
                            all.add(
                                    base.deepCopy()
                                            .set(
                                                    more.getKey(),
                                                    value(tool, more.getKey(), more.getValue()))));
        }
        return all;
    }

    private static JsonNode value(Tool<?, ?> tool, String name, JsonNode property) {
        if (property.path("type").asText().equals("array")) {
            return Json.mapper().createArrayNode().add(value(tool, name, property.path("items")));
        }
        if (property.has("enum")) {
            return property.path("enum").get(0);
        }
        if (property.path("type").asText().equals("integer")) {
            return property.path("minimum");
        }
        if (property.path("type").asText().equals("boolean")) {
            return Json.mapper().getNodeFactory().booleanNode(false);
        }
        for (RecordComponent component : tool.arguments().getRecordComponents()) {
            Text text = element(component.getGenericType()).getAnnotation(Text.class);
            if (component.getName().equals(name) && text != null) {
                return Json.mapper().getNodeFactory().textNode(text.example());
            }
        }
        throw new IllegalStateException("no value for " + tool.name() + "." + name);
    }

    /// Every command that is known before anything was read: the call's own, and those of its
    /// preview, on both families.
    static List<List<String>> rendered(Call<?> call) {
        List<List<String>> all = new ArrayList<>();
        for (Platform platform : PLATFORMS) {
            all.addAll(rendered(call, platform));
        }
        return all;
    }

    private static <A extends Record> List<List<String>> rendered(Call<A> call, Platform platform) {
        List<List<String>> all = new ArrayList<>();
        switch (call.tool()) {
            case Observation<A, ?> tool ->
                    first(tool, call.arguments(), platform)
                            .ifPresent(argv -> all.add(argv.words()));
            case Composite<A, ?> composite ->
                    throw new IllegalArgumentException(
                            "no command of its own: " + composite.name());
            case Change<A, ?> tool -> {
                tool.commands(call.arguments(), Preview.unseen(platform, "tester"))
                        .forEach(argv -> all.add(argv.words()));
                for (Call<?> preview : tool.preview(call.arguments())) {
                    all.addAll(rendered(preview, platform));
                }
            }
        }
        return all;
    }

    private static <A extends Record> Optional<Argv> first(
            Observation<A, ?> tool, A arguments, Platform platform) {
        return switch (tool.next(arguments, platform, List.of())) {
            case Next.Run run -> Optional.of(run.argv());
            case Next.Done ignored -> Optional.empty();
            case Next.NotSupported ignored -> Optional.empty();
        };
    }
}
