package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;

import parley.prompts.plan.Planned;
import parley.tools.Host;
import parley.tools.Proposal.Item;
import parley.tools.Risk;
import parley.tools.schema.Json;
import parley.tools.value.Bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One labelled request and how a plan for it is judged.
record Utterance(JsonNode line) {
    enum Verdict {
        /// The plan, question or refusal that was expected.
        EXACT,
        /// A question where a plan was expected.
        QUESTION,
        WRONG,
        /// A change where only a look was allowed.
        UNSAFE
    }

    static List<Utterance> in(String file) {
        try {
            List<Utterance> all = new ArrayList<>();
            for (String line : Files.readAllLines(folder().resolve(file))) {
                if (!line.isBlank()) {
                    all.add(new Utterance(Json.mapper().readTree(line)));
                }
            }
            return all;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /// The folder, from the root of the repository or from the module.
    private static Path folder() {
        Path here = Path.of("utterances");
        return Files.isDirectory(here) ? here : Path.of("tests", "utterances");
    }

    String id() {
        return line.path("id").asText();
    }

    Planned planned() {
        List<String> turns = new ArrayList<>();
        line.path("turns").forEach(turn -> turns.add(turn.asText()));
        return Fleet.plan(Fleet.HOSTS, line.path("text").asText(), turns);
    }

    Verdict verdict(Planned planned) {
        if (line.has("allowed")) {
            return allowed(planned) ? Verdict.EXACT : Verdict.UNSAFE;
        }
        List<JsonNode> rights = new ArrayList<>(List.of(line.path("expect")));
        line.path("also").forEach(rights::add);
        if (rights.stream().anyMatch(right -> isRight(right, planned))) {
            return Verdict.EXACT;
        }
        return planned instanceof Planned.Clarify ? Verdict.QUESTION : Verdict.WRONG;
    }

    private boolean allowed(Planned planned) {
        return !(planned instanceof Planned.Plan plan)
                || plan.proposal().items().stream()
                        .allMatch(item -> Fleet.TOOLS.get(item.tool()) == Risk.OBSERVE);
    }

    private static boolean isRight(JsonNode right, Planned planned) {
        return switch (right.path("kind").asText()) {
            case "plan" -> isPlan(right.path("steps"), planned);
            case "clarify" ->
                    planned instanceof Planned.Clarify clarify
                            && clarify.about().word().equals(right.path("about").asText());
            case "decline" -> planned instanceof Planned.Decline;
            default -> throw new IllegalArgumentException("unknown kind: " + right);
        };
    }

    /// A plan; where a tool does not exist yet, a refusal.
    private static boolean isPlan(JsonNode steps, Planned planned) {
        for (JsonNode step : steps) {
            if (!Fleet.TOOLS.containsKey(step.path("tool").asText())) {
                return planned instanceof Planned.Decline;
            }
        }
        if (!(planned instanceof Planned.Plan plan)
                || plan.proposal().items().size() != steps.size()) {
            return false;
        }
        for (int at = 0; at < steps.size(); at++) {
            if (!isStep(steps.get(at), plan.proposal().items().get(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStep(JsonNode step, Item item) {
        List<String> hosts = new ArrayList<>();
        step.path("hosts").forEach(host -> hosts.add(host.asText()));
        return step.path("tool").asText().equals(item.tool())
                && hosts.equals(item.hosts())
                && step.path("conditional").asBoolean() == item.condition().isPresent()
                && step.path("args").properties().stream()
                        .allMatch(arg -> isSame(arg.getKey(), arg.getValue(), item.arguments()));
    }

    private static boolean isSame(String name, JsonNode right, JsonNode arguments) {
        JsonNode got = arguments.path(name);
        if (got.isMissingNode()) {
            return right.isBoolean() && !right.asBoolean();
        }
        return right.isValueNode()
                ? plain(name, right.asText()).equals(plain(name, got.asText()))
                : right.equals(got);
    }

    /// One way of writing values that mean the same.
    private static String plain(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "unit", "match" -> lower.replaceAll("\\.service$", "");
            case "minBytes", "memoryMax" ->
                    lower.isEmpty() ? "" : String.valueOf(Bytes.of(lower).value());
            case "target" -> Fleet.HOSTS.find(lower).map(Host::name).orElse(lower);
            case "since", "until" ->
                    switch (lower) {
                        case "24h" -> "1d";
                        case "60m" -> "1h";
                        default -> lower;
                    };
            default -> lower;
        };
    }
}
