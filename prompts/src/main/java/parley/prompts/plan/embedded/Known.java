package parley.prompts.plan.embedded;

import parley.tools.Risk;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The tools of the catalogue, as far as planning needs them: which there are and what they may do.
record Known(Map<String, Risk> risks) {
    Known {
        risks = Map.copyOf(risks);
    }

    static Known of(Catalogue catalogue) {
        Map<String, Risk> risks = new HashMap<>();
        for (Tool<?, ?> tool : catalogue.all()) {
            risks.put(tool.name(), tool.card().worst());
        }
        return new Known(risks);
    }

    /// Whether a name could as well be any word: only letters, and no well-known unit or package.
    static boolean isPlainWord(String name, Grammar grammar) {
        return name.chars().allMatch(Character::isLetter)
                && !grammar.names().contains(name.toLowerCase(Locale.ROOT));
    }

    boolean has(ToolRules tool) {
        return risks.containsKey(tool.name());
    }

    Risk risk(ToolRules tool) {
        return risks.getOrDefault(tool.name(), tool.risk());
    }
}
