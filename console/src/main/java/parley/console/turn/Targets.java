package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.schema.Arguments;
import parley.tools.value.Target;

import java.lang.reflect.RecordComponent;

/// Gives targets that are hosts of the inventory their addresses.
///
/// The name of a host in the inventory is ours; the host that is to contact it need not know it.
final class Targets {
    private Targets() {}

    /// The same arguments, with the address of the inventory wherever a [Target] names a host of
    /// it. Names that are no host stay, and so does a host without an address: this machine itself.
    static JsonNode addressed(Class<? extends Record> type, JsonNode arguments, Hosts hosts) {
        if (!(arguments instanceof ObjectNode object)) {
            return arguments;
        }
        ObjectNode addressed = object.deepCopy();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode given = object.path(Arguments.name(component));
            if (component.getType() == Target.class && given.isTextual()) {
                hosts.find(given.textValue())
                        .flatMap(Host::address)
                        .ifPresent(address -> addressed.put(Arguments.name(component), address));
            }
        }
        return addressed;
    }
}
