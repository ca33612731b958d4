package parley.prompts.plan.embedded;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Bilingual;
import parley.tools.Proposal.Comparison;
import parley.tools.Risk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the grammar files say about one tool, whether or not the catalogue has it.
///
/// @param says what it does, to be put after "Parley can" or "Parley has no tool to"
/// @param risk for a tool that no catalogue describes yet
/// @param peer the argument that names the other end of a connection; empty when there is none
/// @param apart whether that end must be another one than where the tool runs
/// @param whole whether a whole request is read at once: a symptom here, "find out why" there. The
///   first of its rules that fits then counts, not the best
/// @param either arguments of which only the first that is there counts
record ToolRules(
        String name,
        Bilingual says,
        Risk risk,
        String peer,
        boolean apart,
        boolean whole,
        List<String> either,
        List<Rule> rules,
        Map<String, Argument> arguments,
        List<Guard> guards) {
    ToolRules {
        requireNonNull(says, "says is null");
        requireNonNull(risk, "risk is null");
        either = List.copyOf(either);
        rules = List.copyOf(rules);
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        guards = List.copyOf(guards);
    }

    /// One way of asking for the tool: everything in `terms`, in any order.
    ///
    /// @param fixed arguments that this way of asking determines
    record Rule(String tool, List<Term> terms, Map<String, JsonNode> fixed) {
        Rule {
            terms = List.copyOf(terms);
            fixed = Map.copyOf(fixed);
        }

        /// The same without the words that it asks for.
        Rule withoutWords() {
            List<Term> rest =
                    terms.stream()
                            .filter(term -> term.isArgument() && term.need() != Need.FORBIDDEN)
                            .toList();
            return new Rule(tool, rest, fixed);
        }

        /// Whether it determines `variant`; every rule does when there is none.
        boolean isFor(String variant) {
            return variant.isEmpty()
                    || fixed.values().stream().anyMatch(value -> value.asText().equals(variant));
        }

        /// Whether `argument` is one of its terms.
        boolean asksFor(String argument) {
            return terms.stream().anyMatch(term -> term.argument().equals(argument));
        }
    }

    /// A part of a rule: one of some concepts, or an argument.
    ///
    /// @param argument empty when the term is about concepts
    record Term(List<String> concepts, String argument, Need need) {
        Term {
            concepts = List.copyOf(concepts);
        }

        /// Whether words with exactly these concepts rule it out.
        boolean isBrokenBy(Set<String> present) {
            boolean there = false;
            for (String concept : concepts) {
                there |= present.contains(concept);
            }
            return switch (need) {
                case REQUIRED -> !isArgument() && !there;
                case FORBIDDEN -> !isArgument() && there;
                case OPTIONAL, ASKED -> false;
            };
        }

        boolean isArgument() {
            return !argument.isEmpty();
        }
    }

    enum Need {
        REQUIRED,
        OPTIONAL,
        /// When it is missing the person is asked.
        ASKED,
        FORBIDDEN
    }

    /// How an argument gets its value: by the first of some concepts, or from a value of one of
    /// these types.
    ///
    /// @param list whether it holds every value that is named, in the order of the grammar file
    record Argument(List<String> types, Map<String, JsonNode> byConcept, boolean list) {
        Argument {
            types = List.copyOf(types);
            byConcept = Collections.unmodifiableMap(new LinkedHashMap<>(byConcept));
        }
    }

    /// How a condition in words becomes one over the tool's reading.
    ///
    /// @param value empty when it is the number of type `type` in the words
    /// @param complement whether that number is to be taken from 100
    record Guard(
            List<Term> terms,
            String pointer,
            Comparison comparison,
            List<JsonNode> value,
            String type,
            boolean complement) {
        Guard {
            terms = List.copyOf(terms);
            value = List.copyOf(value);
        }
    }
}
