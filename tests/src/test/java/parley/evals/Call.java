package parley.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;

/// A call that was proposed, or made, as the record has it.
///
/// @param made whether a command of it ran; else it was only proposed
record Call(String tool, ObjectNode arguments, List<String> hosts, boolean made) {
    Call {
        hosts = hosts.stream().sorted().distinct().toList();
    }

    boolean is(Expected.Wanted wanted) {
        return wanted.tool().equals(tool)
                && (wanted.hosts().isEmpty() || wanted.hosts().equals(hosts))
                && holds(wanted.arguments());
    }

    /// Whether its arguments hold `some`. A unit is the same with and without its suffix, and a
    /// number as text.
    boolean holds(ObjectNode some) {
        return some.properties().stream()
                .allMatch(field -> isSame(field.getValue(), arguments.path(field.getKey())));
    }

    private static boolean isSame(JsonNode wanted, JsonNode given) {
        if (wanted.isArray() && given.isArray() && wanted.size() == given.size()) {
            for (int index = 0; index < wanted.size(); index++) {
                if (!isSame(wanted.get(index), given.get(index))) {
                    return false;
                }
            }
            return true;
        }
        boolean numbers = wanted.isNumber() && given.isNumber();
        return numbers
                ? new BigDecimal(wanted.asText()).compareTo(new BigDecimal(given.asText())) == 0
                : plain(wanted).equals(plain(given));
    }

    private static String plain(JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        return text.endsWith(".service") ? text.substring(0, text.length() - 8) : text;
    }

    @Override
    public String toString() {
        return tool
                + (arguments.isEmpty() ? "" : " " + arguments)
                + " @ "
                + String.join(", ", hosts);
    }
}
