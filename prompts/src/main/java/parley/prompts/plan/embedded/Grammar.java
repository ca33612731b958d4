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
record Grammar(
        Lexicon lexicon,
        Set<String> names,
        Set<String> ordinary,
        List<ValuePattern> patterns,
        Map<String, ToolRules> tools,
        Map<String, Double> weights) {
    /// A value that is recognised by its form.
    ///
    /// @param value with `$1` for the text and `#1` for the number in group 1
    /// @param early whether it comes before times and looks at capitals
    record ValuePattern(String type, Pattern pattern, String value, boolean early) {}

    Grammar {
        names = Set.copyOf(names);
        ordinary = Set.copyOf(ordinary);
        patterns = List.copyOf(patterns);
        tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        weights = Map.copyOf(weights);
    }

    double weight(String concept) {
        return weights.getOrDefault(concept, 1.0);
    }

    Optional<ToolRules> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }
}
