package parley.prompts.plan.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.TreeSet;

/// Strict looks into JSON that a model wrote.
final class Fields {
    private Fields() {}

    static String text(ObjectNode object, String name) throws Unusable {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw new Unusable("\"" + name + "\" must be text", "“" + name + "”必须是文本");
        }
        return value.textValue();
    }

    static void only(ObjectNode object, Set<String> known) throws Unusable {
        TreeSet<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String name = Clean.line(unknown.first(), 80);
            String takes = String.join(", ", new TreeSet<>(known));
            throw new Unusable(
                    "nothing is called \"" + name + "\" here; there are: " + takes,
                    "这里没有“" + name + "”；可用：" + takes);
        }
    }

    static boolean given(ObjectNode object, String name) {
        return object.hasNonNull(name);
    }
}
