package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

import parley.prompts.plan.embedded.ToolRules.Argument;
import parley.prompts.plan.embedded.ToolRules.Guard;
import parley.prompts.plan.embedded.ToolRules.Need;
import parley.prompts.plan.embedded.ToolRules.Rule;
import parley.prompts.plan.embedded.ToolRules.Term;
import parley.tools.Bilingual;
import parley.tools.Proposal.Comparison;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Reads one tool's entry of a grammar file.
final class ToolRulesReader {
    private ToolRulesReader() {}

    static ToolRules read(String name, JsonNode node) {
        Map<String, Argument> arguments = new HashMap<>();
        node.path("arguments")
                .properties()
                .forEach(entry -> arguments.put(entry.getKey(), argument(entry.getValue())));
        List<Rule> rules = new ArrayList<>();
        for (JsonNode line : node.path("rules")) {
            variants(line.asText()).forEach(variant -> rules.add(rule(name, variant)));
        }
        List<Guard> guards = new ArrayList<>();
        node.path("guards").forEach(guard -> guards.add(guard(guard)));
        return new ToolRules(
                name,
                Bilingual.of(
                        node.path("says").path("en").asText(),
                        node.path("says").path("zh").asText()),
                Risk.valueOf(node.path("risk").asText("observe").toUpperCase(Locale.ROOT)),
                node.path("peer").asText(""),
                node.path("apart").asBoolean(),
                node.path("whole").asBoolean(),
                Stream.of(node.path("either").asText().split(" "))
                        .filter(s -> !s.isEmpty())
                        .toList(),
                rules,
                arguments,
                guards);
    }

    /// A rule with `port.noun|<port>` stands for one with each of the two.
    private static List<String> variants(String line) {
        for (String word : line.split(" +")) {
            if (word.contains("|") && word.contains("<")) {
                List<String> all = new ArrayList<>();
                for (String choice : word.split("\\|")) {
                    all.addAll(variants(line.replace(word, choice)));
                }
                return all;
            }
        }
        return List.of(line);
    }

    /// `v.restart <unit>~ mode? !log => mode=reload`.
    private static Rule rule(String tool, String line) {
        int arrow = line.indexOf("=>");
        Map<String, JsonNode> fixed = new HashMap<>();
        if (arrow >= 0) {
            for (String pair : line.substring(arrow + 2).strip().split(" +")) {
                int equals = pair.indexOf('=');
                fixed.put(pair.substring(0, equals), scalar(pair.substring(equals + 1)));
            }
        }
        List<Term> terms = terms(arrow < 0 ? line : line.substring(0, arrow));
        return new Rule(tool, terms, fixed);
    }

    private static List<Term> terms(String line) {
        List<Term> terms = new ArrayList<>();
        for (String word : line.strip().split(" +")) {
            if (!word.isEmpty()) {
                terms.add(term(word));
            }
        }
        return terms;
    }

    private static Term term(String word) {
        Need need = Need.REQUIRED;
        String rest = word;
        if (rest.startsWith("!")) {
            need = Need.FORBIDDEN;
            rest = rest.substring(1);
        } else if (rest.endsWith("?")) {
            need = Need.OPTIONAL;
            rest = rest.substring(0, rest.length() - 1);
        } else if (rest.endsWith("~")) {
            need = Need.ASKED;
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest.startsWith("<")
                ? new Term(List.of(), rest.substring(1, rest.length() - 1), need)
                : new Term(List.of(rest.split("\\|")), "", need);
    }

    private static Argument argument(JsonNode node) {
        if (node.isTextual()) {
            String text = node.asText();
            boolean list = text.endsWith("[]");
            String types = list ? text.substring(0, text.length() - 2) : text;
            return new Argument(List.of(types.split("\\|")), Map.of(), list);
        }
        Map<String, JsonNode> byConcept = new LinkedHashMap<>();
        List<String> types = new ArrayList<>();
        node.properties()
                .forEach(entry -> {
                    if (entry.getKey().equals("type")) {
                        types.addAll(List.of(entry.getValue().asText().split("\\|")));
                    } else if (!entry.getKey().equals("list")) {
                        byConcept.put(entry.getKey(), entry.getValue());
                    }
                });
        return new Argument(types, byConcept, node.path("list").asBoolean());
    }

    private static Guard guard(JsonNode node) {
        for (Comparison comparison : Comparison.values()) {
            String key = comparison.name().toLowerCase(Locale.ROOT);
            if (node.has(key)) {
                JsonNode value = node.path(key);
                boolean fromWords = value.asText().endsWith(">");
                return new Guard(
                        terms(node.path("when").asText()),
                        node.path("pointer").asText(),
                        comparison,
                        fromWords ? List.of() : List.of(value),
                        fromWords ? value.asText().replaceAll("100-|[<>]", "") : "",
                        value.asText().startsWith("100-"));
            }
        }
        throw new IllegalStateException("grammar: a guard without a comparison: " + node);
    }

    private static JsonNode scalar(String text) {
        if (text.equals("true") || text.equals("false")) {
            return com.fasterxml.jackson.databind.node.BooleanNode.valueOf(text.equals("true"));
        }
        return text.matches("-?[0-9]+")
                ? IntNode.valueOf(Integer.parseInt(text))
                : TextNode.valueOf(text);
    }
}
