package parley.tools;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// What a planner proposes: calls, hosts, order, conditions and prohibitions. It decides nothing.
///
/// @param prohibited tools that the words forbid for this request ("but do not restart it")
public record Proposal(List<Item> items, List<String> prohibited) {
    /// One call on its hosts.
    ///
    /// @param hosts inventory names, sorted
    /// @param condition empty unless the words make it depend on an earlier item
    public record Item(
            String tool, ObjectNode arguments, List<String> hosts, Optional<Condition> condition) {
        public Item {
            requireNonNull(tool, "tool is null");
            requireNonNull(arguments, "arguments is null");
            hosts = List.copyOf(hosts);
            requireNonNull(condition, "condition is null");
        }

        public static Item of(String tool, ObjectNode arguments, List<String> hosts) {
            return new Item(tool, arguments, hosts, Optional.empty());
        }
    }

    /// Holds on a host when the reading of item `item` on that host has, at `pointer`, a value that
    /// compares so.
    ///
    /// @param item index of an earlier item, the first being 0
    /// @param pointer JSON pointer into the reading; `*` stands for any element of an array
    /// @param value compared as a number where both are numbers, else as text
    public record Condition(int item, String pointer, Comparison comparison, JsonNode value) {
        public Condition {
            requireNonNull(pointer, "pointer is null");
            requireNonNull(comparison, "comparison is null");
            requireNonNull(value, "value is null");
        }
    }

    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        ABOVE,
        BELOW
    }

    public Proposal {
        items = List.copyOf(items);
        prohibited = List.copyOf(prohibited);
        for (int index = 0; index < items.size(); index++) {
            int earliest = index;
            if (items.get(index)
                    .condition()
                    .filter(c -> c.item() < 0 || c.item() >= earliest)
                    .isPresent()) {
                throw new IllegalArgumentException("a condition reads an item before its own");
            }
        }
    }
}
