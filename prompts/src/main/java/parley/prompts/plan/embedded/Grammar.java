package parley.prompts.plan.embedded;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Everything the planner understands, from the grammar files.
///
/// @param names well-known units and packages
/// @param ordinary words of the language that are no names
/// @param patterns values that are recognised by their form
/// @param weights how much each concept says about the tool that is meant
/// @param never what is refused whatever the words are
record Grammar(
        Lexicon lexicon,
        Set<String> names,
        Set<String> ordinary,
        List<ValuePattern> patterns,
        Map<String, ToolRules> tools,
        Map<String, Double> weights,
        List<Never> never) {
    /// A value that is recognised by its form.
    ///
    /// @param value with `$1` for the text and `#1` for the number in group 1
    record ValuePattern(String type, Pattern pattern, String value, Stage stage) {
        /// Whether it cannot be found where there is no number.
        boolean isNumber() {
            return value.contains("#");
        }
    }

    /// When a form is looked for: what is found first is not read otherwise.
    enum Stage {
        /// Before hosts; looks at capitals.
        FIRST,
        /// Before times; looks at capitals.
        EARLY,
        LATE
    }

    Grammar {
        names = Set.copyOf(names);
        ordinary = Set.copyOf(ordinary);
        patterns = List.copyOf(patterns);
        tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        weights = Map.copyOf(weights);
        never = List.copyOf(never);
    }

    double weight(String concept) {
        return weights.getOrDefault(concept, 1.0);
    }

    Optional<ToolRules> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }
}
