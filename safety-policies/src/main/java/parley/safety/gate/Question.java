package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.policy.Evidence;
import parley.safety.policy.Foreseen;
import parley.safety.policy.PolicyQuestion;
import parley.safety.policy.Situation;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Risk;
import parley.tools.schema.Json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything a verdict depends on, apart from the policies: so a decision can be written down,
/// asked again later by other policies, and asked by a machine.
///
/// @param objects names of what is touched or interrupted; never empty, `""` stands for none
public record Question(PolicyQuestion about, SortedSet<String> objects) {
    private static final Set<String> KEYS =
            Set.of(
                    "person",
                    "roles",
                    "tool",
                    "effect",
                    "host",
                    "objects",
                    "purpose",
                    "arguments",
                    "origins",
                    "textOrigins",
                    "sourceOrigins",
                    "outputRead",
                    "cloudMetadata",
                    "hosts",
                    "largePartOfGroup",
                    "removes",
                    "restarts",
                    "reboots",
                    "untouched",
                    "weekday",
                    "hour",
                    "freeze",
                    "outsideWindow",
                    "lockedByOther",
                    "ticket",
                    "breakGlass",
                    "freezeOverride",
                    "changesLastHour",
                    "failuresLastHour");
    private static final Set<String> HOST_KEYS =
            Set.of("name", "env", "groups", "labels", "local", "model");

    public Question {
        requireNonNull(about, "about is null");
        objects = new TreeSet<>(objects.isEmpty() ? Set.of("") : objects);
    }

    static Question of(Step step, Circumstances circumstances) {
        StepFacts facts = StepFacts.of(step, circumstances);
        return new Question(
                facts.question(step, circumstances, Gate.effect(step, circumstances)),
                facts.objects());
    }

    /// The fields, without those that say nothing out of the ordinary.
    public ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("person", about.person());
        put(json, "roles", about.roles());
        json.put("tool", about.tool()).put("effect", about.effect().word());
        json.set("host", host(about.host()));
        put(json, "objects", objects.stream().filter(object -> !object.isEmpty()).toList());
        PolicyQuestion.Facts facts = about.facts();
        json.put("purpose", facts.purpose());
        put(json, "arguments", facts.arguments());
        put(json, "origins", facts.origins());
        put(json, "textOrigins", facts.textOrigins());
        put(json, "sourceOrigins", facts.sourceOrigins());
        json.put("outputRead", facts.outputRead());
        json.put("cloudMetadata", facts.cloudMetadata());
        json.put("hosts", facts.hosts());
        json.put("largePartOfGroup", facts.largePartOfGroup());
        put(json, "removes", facts.foreseen().removes());
        json.put("restarts", facts.foreseen().restarts());
        json.put("reboots", facts.foreseen().reboots());
        json.put("untouched", facts.foreseen().untouched());
        situation(json, facts.situation());
        return json;
    }

    private static void situation(ObjectNode json, Situation now) {
        json.put("weekday", now.weekday()).put("hour", now.hour());
        json.put("freeze", now.freeze()).put("outsideWindow", now.outsideWindow());
        json.put("lockedByOther", now.lockedByOther()).put("ticket", now.ticket());
        json.put("breakGlass", now.breakGlass()).put("freezeOverride", now.freezeOverride());
        json.put("changesLastHour", now.changesLastHour());
        json.put("failuresLastHour", now.failuresLastHour());
    }

    private static ObjectNode host(Host host) {
        ObjectNode json = Json.mapper().createObjectNode().put("name", host.name());
        json.put("env", host.environment().word());
        put(json, "groups", host.groups());
        ObjectNode labels = json.putObject("labels");
        host.labels().forEach(labels::put);
        return json.put("local", host.isLocal()).put("model", host.modelAllowed());
    }

    private static void put(ObjectNode json, String name, Collection<String> texts) {
        texts.stream().sorted().forEach(json.putArray(name)::add);
    }

    /// Reads a question; what is left out is as usual: an observation of one development host by an
    /// operator in their own words, at a quiet hour.
    ///
    /// @throws IllegalArgumentException naming the field that is wrong or unknown
    public static Question read(JsonNode json) {
        known(json, KEYS);
        JsonNode tool = json.path("tool");
        if (!tool.isTextual()) {
            throw new IllegalArgumentException("a question names its tool");
        }
        Set<String> origins = texts(json, "origins", Set.of("operator"));
        PolicyQuestion.Facts facts =
                new PolicyQuestion.Facts(
                        json.path("purpose").asText("call"),
                        "",
                        texts(json, "arguments", Set.of()),
                        origins,
                        texts(json, "textOrigins", origins),
                        texts(json, "sourceOrigins", Set.of()),
                        truth(json, "outputRead", false),
                        truth(json, "cloudMetadata", false),
                        number(json, "hosts", 1),
                        truth(json, "largePartOfGroup", false),
                        new Foreseen(
                                texts(json, "removes", Set.of()),
                                number(json, "restarts", 0),
                                truth(json, "reboots", false),
                                number(json, "untouched", -1)),
                        situation(json));
        Set<String> objects = new TreeSet<>(texts(json, "objects", Set.of()));
        objects.addAll(facts.foreseen().removes());
        return new Question(
                new PolicyQuestion(
                        json.path("person").asText("somebody"),
                        texts(json, "roles", Set.of("viewer", "operator")),
                        tool.textValue(),
                        word(json, "effect", Risk.class, Risk.OBSERVE),
                        host(json.path("host")),
                        facts,
                        Evidence.NONE),
                new TreeSet<>(objects));
    }

    private static Situation situation(JsonNode json) {
        Situation calm = Situation.CALM;
        return new Situation(
                json.path("weekday").asText(calm.weekday()),
                Math.toIntExact(number(json, "hour", calm.hour())),
                truth(json, "freeze", false),
                truth(json, "outsideWindow", false),
                truth(json, "lockedByOther", false),
                json.path("ticket").asText(""),
                truth(json, "breakGlass", false),
                truth(json, "freezeOverride", false),
                number(json, "changesLastHour", 0),
                number(json, "failuresLastHour", 0));
    }

    private static Host host(JsonNode json) {
        if (json.isTextual()) {
            return host(Json.mapper().createObjectNode().put("name", json.textValue()));
        }
        known(json, HOST_KEYS);
        Map<String, String> labels = new LinkedHashMap<>();
        json.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new Host(
                json.path("name").asText("host-1"),
                truth(json, "local", false) ? Optional.empty() : Optional.of("192.0.2.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.NONE,
                word(json, "env", Environment.class, Environment.DEV),
                texts(json, "groups", Set.of()),
                Set.of(),
                truth(json, "model", true),
                labels);
    }

    private static void known(JsonNode json, Set<String> keys) {
        if (!json.isObject() && !json.isMissingNode()) {
            throw new IllegalArgumentException("not an object: " + json);
        }
        json.fieldNames()
                .forEachRemaining(key -> {
                    if (!keys.contains(key)) {
                        throw new IllegalArgumentException(
                                "there is no field \""
                                        + key
                                        + "\"; there are "
                                        + String.join(", ", new TreeSet<>(keys)));
                    }
                });
    }

    private static <E extends Enum<E>> E word(
            JsonNode json, String name, Class<E> type, E otherwise) {
        String text = json.path(name).asText("");
        if (text.isEmpty()) {
            return otherwise;
        }
        return Stream.of(type.getEnumConstants())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                name
                                        + " is one of "
                                        + Stream.of(type.getEnumConstants())
                                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", "))
                                        + "; not \""
                                        + text
                                        + "\""));
    }

    private static boolean truth(JsonNode json, String name, boolean otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + " is true or false, not " + value);
        }
        return value.booleanValue();
    }

    private static long number(JsonNode json, String name, long otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(name + " is a whole number, not " + value);
        }
        return value.longValue();
    }

    private static Set<String> texts(JsonNode json, String name, Set<String> otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isArray()) {
            throw new IllegalArgumentException(name + " is a list of texts, not " + value);
        }
        Set<String> texts = new TreeSet<>();
        value.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
