package parley.safety.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.schema.Schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds out where each argument came from, by comparing it with what the operator typed, the
/// inventory, the catalogue's own words, and what hosts printed — in this order.
///
/// It follows words, not thoughts: a value that a host's output only inspired counts as the
/// model's.
public final class Provenances {
    /// Shorter values are found in outputs as whole words only.
    private static final int LEAST_FOR_SUBSTRING = 4;

    private Provenances() {}

    /// Where each given argument came from, by its name; of a list, the least trusted element.
    ///
    /// @param operatorWords everything the operator typed in this conversation
    /// @param outputs everything hosts printed that a planner saw
    /// @param constants words of closed sets and defaults; see [#constants]
    public static Map<String, Provenance> of(
            ObjectNode arguments,
            String operatorWords,
            Hosts hosts,
            List<String> outputs,
            Set<String> constants) {
        Said said = new Said(operatorWords);
        Map<String, Provenance> found = new LinkedHashMap<>();
        arguments
                .properties()
                .forEach(entry ->
                        found.put(
                                entry.getKey(),
                                Provenance.join(
                                        StepFacts.values(entry.getValue()).stream()
                                                .map(value ->
                                                        of(value, said, hosts, outputs, constants))
                                                .toList())));
        return found;
    }

    private static Provenance of(
            JsonNode value, Said said, Hosts hosts, List<String> outputs, Set<String> constants) {
        String text = value.asText();
        if (value.isContainerNode()) {
            // No argument is an object; whatever this is, nobody said it.
            return Provenance.MODEL;
        }
        if (said.says(text)) {
            return Provenance.OPERATOR;
        }
        if (value.isTextual() && isInventory(text, hosts)) {
            return Provenance.INVENTORY;
        }
        if (value.isBoolean() || (value.isTextual() && constants.contains(text))) {
            return Provenance.CONSTANT;
        }
        return outputs.stream().anyMatch(output -> contains(output, text))
                ? Provenance.OUTPUT
                : Provenance.MODEL;
    }

    private static boolean isInventory(String text, Hosts hosts) {
        return hosts.find(text).isPresent()
                || hosts.groups().stream().anyMatch(group -> group.equalsIgnoreCase(text));
    }

    private static boolean contains(String output, String value) {
        if (value.isEmpty()) {
            return false;
        }
        String all = output.toLowerCase(Locale.ROOT);
        String one = value.toLowerCase(Locale.ROOT);
        String bare = Said.withoutSuffix(one);
        return bare.length() >= LEAST_FOR_SUBSTRING
                ? all.contains(bare)
                : new Said(output).says(bare);
    }

    /// The words of closed sets among a tool's arguments.
    public static Set<String> constants(Class<? extends Record> arguments) {
        Set<String> words = new TreeSet<>();
        for (JsonNode property : Schema.of(arguments, Language.EN).path("properties")) {
            property.path("enum").forEach(word -> words.add(word.asText()));
            property.path("items").path("enum").forEach(word -> words.add(word.asText()));
        }
        return words;
    }
}
