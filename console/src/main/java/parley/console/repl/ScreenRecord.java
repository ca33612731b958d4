package parley.console.repl;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Request;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.tools.schema.Json;

import java.util.Map;

/// Keeps what the screen showed during a request: `parley audit replay` shows it again.
public final class ScreenRecord {
    private ScreenRecord() {}

    /// @throws RecordUnavailable when that cannot be done; everything that decided anything is
    ///   recorded already
    public static void keep(AuditLog log, Request request, Cast cast) throws RecordUnavailable {
        ObjectNode fields = Json.mapper().createObjectNode().put("form", "asciicast-3");
        log.append(
                new Entry(
                        "screen",
                        "",
                        request.id(),
                        request.operator(),
                        fields,
                        Map.of("screen", cast.bytes())));
        log.checkpoint();
    }
}
