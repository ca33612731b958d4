package parley.safety.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Risk;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One case of `tests/decisions/*.yaml`.
record Cases(String name, Step step, Circumstances circumstances, String expected) {
    private static final Set<String> KEYS =
            Set.of(
                    "case",
                    "tool",
                    "arguments",
                    "effect",
                    "preview",
                    "env",
                    "groups",
                    "roles",
                    "from",
                    "purpose",
                    "objects",
                    "alsoHit",
                    "hit",
                    "size",
                    "outputRead",
                    "verdict",
                    "rules");

    static List<Cases> all() throws IOException, BadArguments {
        List<Cases> all = new ArrayList<>();
        try (var files = Files.list(Path.of("decisions"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                for (JsonNode one : new YAMLMapper().readTree(Files.readString(file))) {
                    all.addAll(each((ObjectNode) one));
                }
            }
        }
        return all;
    }

    /// The case itself, or one for each value of the argument that `each` names.
    private static List<Cases> each(ObjectNode json) throws BadArguments {
        if (!json.has("each")) {
            return List.of(read(json));
        }
        List<Cases> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> argument : json.path("each").properties()) {
            for (JsonNode value : argument.getValue()) {
                ObjectNode one = json.deepCopy();
                one.remove("each");
                one.withObject("/arguments").set(argument.getKey(), value);
                one.put("case", json.path("case").asText() + ": " + value.asText());
                all.add(read(one));
            }
        }
        return all;
    }

    private static Cases read(ObjectNode json) throws BadArguments {
        json.fieldNames()
                .forEachRemaining(key -> {
                    if (!KEYS.contains(key)) {
                        throw new IllegalArgumentException("unknown key " + key);
                    }
                });
        ObjectNode arguments =
                json.path("arguments") instanceof ObjectNode given
                        ? given
                        : Json.mapper().createObjectNode();
        String tool = json.path("tool").asText();
        Call<?> call =
                json.has("effect")
                        ? TestTools.call(tool, risk(json, "effect"), arguments)
                        : TestTools.call(tool, arguments);
        Step step =
                new Step(
                        call,
                        host(json.path("env").asText("dev"), texts(json, "groups")),
                        Argv.of("true"),
                        Step.Elevation.NONE,
                        Step.Purpose.valueOf(upper(json, "purpose", "call")),
                        from(arguments, json.path("from")));
        Set<String> roles =
                json.has("roles") ? texts(json, "roles") : Set.of("viewer", "operator", "reader");
        Circumstances circumstances =
                new Circumstances(
                        new Actor("ann", roles),
                        Set.of("web-1"),
                        json.path("size").asInt(),
                        json.path("hit").asInt(),
                        risk(json, "preview"),
                        texts(json, "objects"),
                        texts(json, "alsoHit"),
                        List.of(),
                        List.of(),
                        json.path("outputRead").asBoolean());
        return new Cases(
                json.path("case").asText(),
                step,
                circumstances,
                json.path("verdict").asText() + " " + texts(json, "rules"));
    }

    private static Map<String, Provenance> from(ObjectNode arguments, JsonNode from) {
        Map<String, Provenance> provenance = new HashMap<>();
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            String word = from.path(argument.getKey()).asText("operator");
            if (!word.equals("none")) {
                provenance.put(
                        argument.getKey(), Provenance.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return provenance;
    }

    private static Risk risk(JsonNode json, String key) {
        return Risk.valueOf(upper(json, key, "observe"));
    }

    private static String upper(JsonNode json, String key, String otherwise) {
        return json.path(key).asText(otherwise).toUpperCase(Locale.ROOT);
    }

    private static Set<String> texts(JsonNode json, String key) {
        Set<String> texts = new TreeSet<>();
        json.path(key).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static Host host(String environment, Set<String> groups) {
        return new Host(
                "web-1",
                Optional.of("10.0.0.11"),
                Optional.empty(),
                Optional.of("ops"),
                Optional.empty(),
                Host.Become.SUDO,
                Environment.valueOf(environment.toUpperCase(Locale.ROOT)),
                groups,
                Set.of(),
                true,
                Map.of());
    }

    /// Whether this rule is among those expected to decide.
    boolean mentions(String rule) {
        return expected.contains("[" + rule + "]")
                || expected.contains("[" + rule + ",")
                || expected.contains(" " + rule + ",")
                || expected.contains(" " + rule + "]");
    }

    /// A verdict as the files write it: `typed [disruption-needs-typed-words]`, ids sorted.
    static String words(Verdict verdict) {
        String rung =
                switch (verdict) {
                    case Verdict.Allow ignored -> "allow";
                    case Verdict.Confirm ignored -> "confirm";
                    case Verdict.TypedConfirm ignored -> "typed";
                    case Verdict.TwoPerson ignored -> "second-person";
                    case Verdict.Deny ignored -> "deny";
                };
        TreeSet<String> ids = new TreeSet<>();
        verdict.rules().forEach(rule -> ids.add(rule.id()));
        return rung + " " + ids;
    }
}
