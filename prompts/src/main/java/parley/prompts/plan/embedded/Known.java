package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Bilingual;
import parley.tools.Risk;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tools of the catalogue, as far as planning needs them: which there are, what they may do,
/// and what arguments they take.
///
/// @param types the arguments of each tool; nothing is said about those of a tool without an entry
record Known(Map<String, Risk> risks, Map<String, Class<? extends Record>> types) {
    Known {
        risks = Map.copyOf(risks);
        types = Map.copyOf(types);
    }

    static Known of(Catalogue catalogue) {
        Map<String, Risk> risks = new HashMap<>();
        Map<String, Class<? extends Record>> types = new HashMap<>();
        for (Tool<?, ?> tool : catalogue.all()) {
            risks.put(tool.name(), tool.card().worst());
            types.put(tool.name(), tool.arguments());
        }
        return new Known(risks, types);
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

    /// The call without what a look cannot take into account; a change keeps every word.
    ObjectNode fitted(ToolRules tool, ObjectNode call) {
        Class<? extends Record> type = types.get(tool.name());
        if (type == null || risk(tool) != Risk.OBSERVE) {
            return call;
        }
        Set<String> names = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(Arguments.name(component));
        }
        ObjectNode fitted = call.deepCopy();
        fitted.retain(names);
        return fitted;
    }

    /// Why the tool does not take these arguments; empty when it does.
    Optional<Bilingual> refusal(ToolRules tool, ObjectNode call) {
        Class<? extends Record> type = types.get(tool.name());
        if (type == null) {
            return Optional.empty();
        }
        try {
            Arguments.read(type, call);
            return Optional.empty();
        } catch (BadArguments refused) {
            return Optional.of(refused.why());
        }
    }
}
