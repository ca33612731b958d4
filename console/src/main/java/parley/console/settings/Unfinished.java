package parley.console.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.util.List;
import java.util.Map;

/// Steps that were begun by a process that is gone: nobody knows what became of them, and that is
/// written down.
final class Unfinished {
    private Unfinished() {}

    /// Records `exec.unknown` for each of them.
    static void record(AuditLog log, String actor) throws RecordUnavailable {
        for (Recorded intent : log.unknowns()) {
            ObjectNode fields = Json.mapper().createObjectNode().put("cause", intent.sequence());
            for (String name : List.of("tool", "arguments", "host", "purpose", "argv", "digest")) {
                if (intent.header().has(name)) {
                    fields.set(name, intent.header().get(name));
                }
            }
            fields.put("why", "the process that began it is gone");
            log.append(new Entry("exec.unknown", "unknown", intent.run(), actor, fields, Map.of()));
        }
    }
}
