package parley.prompts.plan.embedded;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Everything the planner understands, from the grammar files.
///
/// @param names well-known units and packages
/// @param packages further packages: only to tell a typing error from a name
/// @param ordinary words of the language that are no names
/// @param patterns values that are recognised by their form
/// @param weights how much each concept says about the tool that is meant
/// @param never what is refused whatever the words are
record Grammar(
        Lexicon lexicon,
        Set<String> names,
        Set<String> packages,
        Set<String> ordinary,
        List<ValuePattern> patterns,
        Map<String, ToolRules> tools,
        Map<String, Double> weights,
        List<Never> never) {
    /// A value that is recognised by its form.
    ///
    /// @param value with `$1` for the text and `#1` for the number in group 1
    /// @param means concepts that it stands for besides
    record ValuePattern(
            String type, Pattern pattern, String value, Stage stage, Set<String> means) {
        ValuePattern {
            means = Set.copyOf(means);
        }

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
        packages = Set.copyOf(packages);
        ordinary = Set.copyOf(ordinary);
        patterns = List.copyOf(patterns);
        tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        weights = Map.copyOf(weights);
        never = List.copyOf(never);
    }

    /// Whether `name`, in lower case, is the name of a unit or package of the lists.
    boolean isWellKnown(String name) {
        return names.contains(name) || packages.contains(name);
    }

    /// At most three names of the lists that `name` may be a typing error of. Among the many names
    /// of packages one typing error is looked for in short names, two in long ones: with two, any
    /// short word would be close to one.
    List<String> near(String name) {
        Stream<String> wellKnown = names.stream().filter(known -> Edits.couldBe(name, known));
        Stream<String> more =
                packages.stream()
                        .filter(known -> Math.abs(known.length() - name.length()) <= 2)
                        .filter(known -> known.length() > 4 && Edits.couldBe(name, known))
                        .filter(known -> known.length() > 8 || Edits.isOneApart(name, known));
        return Stream.concat(wellKnown.sorted(), more.sorted()).distinct().limit(3).toList();
    }

    double weight(String concept) {
        return weights.getOrDefault(concept, 1.0);
    }

    Optional<ToolRules> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }
}
