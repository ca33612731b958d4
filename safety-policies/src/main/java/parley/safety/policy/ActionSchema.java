package parley.safety.policy;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Risk;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The schema that policies are checked against: the shipped declarations and, for every tool, one
/// action for each effect a call of it may have.
///
/// A call of `service.restart` that is disruptive is the action `service.restart:disruptive`, which
/// is in the groups `service.restart`, `service.*` and `disruptive` (and so in `change`).
public final class ActionSchema {
    private static final Pattern TOOL = Pattern.compile("[a-z]+\\.[a-z]+(_[a-z]+)*");

    private ActionSchema() {}

    /// The text of the schema for these tools. Tools that only the declarations name are included:
    /// a policy may speak about a tool that this catalogue lacks.
    ///
    /// @throws PolicyError when the declarations cannot be read
    public static String of(PolicyFile declarations, Collection<Card> tools) throws PolicyError {
        PolicyLoader.engine();
        Map<String, Set<Risk>> effects = new TreeMap<>();
        Set<String> declared = declared(declarations);
        declared.stream()
                .filter(name -> TOOL.matcher(name).matches())
                .forEach(name -> effects.put(name, EnumSet.allOf(Risk.class)));
        tools.forEach(card -> effects.put(card.name(), effects(card)));
        Set<String> groups = new TreeSet<>();
        effects.keySet().forEach(name -> groups.add(noun(name)));
        groups.addAll(effects.keySet());
        groups.removeAll(declared);
        StringBuilder schema = new StringBuilder(declarations.text());
        schema.append("\n// ---- Added by Parley: the tools of its catalogue / 由 Parley 添加 ----\n");
        groups.forEach(group -> schema.append("action \"%s\";%n".formatted(group)));
        effects.forEach((name, risks) -> risks.forEach(risk -> schema.append(action(name, risk))));
        return schema.toString();
    }

    /// The name of the action that a call of `tool` with this effect is.
    static String id(String tool, Risk effect) {
        return tool + ":" + effect.word();
    }

    private static String action(String name, Risk effect) {
        return """
        action "%s" in ["%s", "%s", "%s"]
            appliesTo { principal: Person, resource: Host, context: Circumstances };
        """
                .formatted(id(name, effect), name, noun(name), effect.word());
    }

    /// A call is never less grave than its card's least, nor graver than its worst.
    private static Set<Risk> effects(Card card) {
        return EnumSet.range(card.risk(), card.worst());
    }

    private static String noun(String tool) {
        return tool.substring(0, tool.indexOf('.')) + ".*";
    }

    private static Set<String> declared(PolicyFile declarations) throws PolicyError {
        try {
            JsonNode json =
                    Schema.parse(Schema.JsonOrCedar.Cedar, declarations.text()).toJsonFormat();
            Set<String> names = new TreeSet<>();
            json.path("").path("actions").fieldNames().forEachRemaining(names::add);
            return names;
        } catch (InternalException refused) {
            throw unreadable(declarations, String.join("; ", refused.getErrors()), refused);
        } catch (JsonProcessingException broken) {
            throw unreadable(declarations, broken.getOriginalMessage(), broken);
        }
    }

    private static PolicyError unreadable(PolicyFile file, String message, Exception cause) {
        String what = CedarText.plain(message);
        Statement whole = new Statement(file, 0, file.text());
        return new PolicyError(
                Place.word(whole, CedarText.quoted(what))
                        .message(
                                Bilingual.of(
                                        "the schema cannot be read: " + what,
                                        "无法读取 schema：" + what),
                                Bilingual.of(
                                        "correct this line; until then nothing is permitted",
                                        "请改正这一行；在此之前一切操作都不被允许")),
                cause);
    }
}
