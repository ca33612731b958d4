package parley.safety.record.export;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.tools.schema.Json;

/// An entry as an event of the Open Cybersecurity Schema Framework. What OCSF has no place for (the
/// links of the record, rungs, provenance) stands under `unmapped`.
final class Ocsf {
    private static final String VERSION = "1.6.0";

    /// Class and activity, with their names.
    private record Kind(int category, String categoryName, int uid, String name, int activity) {}

    private static final Kind LAUNCH = new Kind(1, "System Activity", 1007, "Process Activity", 1);
    private static final Kind AUTHORIZE =
            new Kind(3, "Identity & Access Management", 3003, "Authorize Session", 99);
    private static final Kind API = new Kind(6, "Application Activity", 6003, "API Activity", 99);

    private Ocsf() {}

    static ObjectNode event(Recorded entry) {
        Kind kind = kind(entry.type());
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("category_uid", kind.category()).put("category_name", kind.categoryName());
        event.put("class_uid", kind.uid()).put("class_name", kind.name());
        event.put("activity_id", kind.activity());
        event.put("activity_name", kind.activity() == 1 ? "Launch" : entry.type());
        event.put("type_uid", kind.uid() * 100L + kind.activity());
        event.put("time", entry.time().toEpochMilli());
        event.put("severity_id", severity(entry)).put("severity", word(severity(entry)));
        status(event, entry);
        event.putObject("metadata")
                .put("version", VERSION)
                .put("uid", Long.toString(entry.sequence()))
                .put("correlation_uid", entry.run())
                .put("event_code", entry.type())
                .put("original_time", Fields.text(entry, "ts"))
                .putObject("product")
                .put("name", "Parley")
                .put("vendor_name", "Parley");
        ObjectNode actor = event.putObject("actor");
        actor.putObject("user").put("name", entry.actor()).put("type_id", 1);
        String host = Fields.text(entry, "host");
        if (!host.isEmpty()) {
            event.putObject("device").put("hostname", host).put("type_id", 1);
        }
        switch (kind.uid()) {
            case 1007 -> process(event, entry);
            case 3003 -> authorization(event, entry);
            default -> event.putObject("api").put("operation", operation(entry));
        }
        unmapped(event.putObject("unmapped"), entry);
        return event;
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "exec.intent", "exec.result", "exec.unknown" -> LAUNCH;
            case "policy.decision", "approval.request", "approval.decision", "approval.exception" ->
                    AUTHORIZE;
            default -> API;
        };
    }

    private static String operation(Recorded entry) {
        String tool = Fields.text(entry, "tool");
        return tool.isEmpty() ? entry.type() : tool;
    }

    private static int severity(Recorded entry) {
        return switch (Fields.text(entry, "risk")) {
            case "destructive" -> 4;
            case "disruptive" -> 3;
            case "change" -> 2;
            default -> entry.type().equals("exec.unknown") ? 4 : 1;
        };
    }

    private static String word(int severity) {
        return switch (severity) {
            case 4 -> "High";
            case 3 -> "Medium";
            case 2 -> "Low";
            default -> "Informational";
        };
    }

    private static void status(ObjectNode event, Recorded entry) {
        switch (entry.outcome()) {
            case "ok", "approved", "granted", "done", "took" ->
                    event.put("status_id", 1).put("status", "Success");
            case "" -> event.put("status_id", 0).put("status", "Unknown");
            case "unknown" -> event.put("status_id", 0).put("status", "Unknown");
            default -> event.put("status_id", 2).put("status", "Failure");
        }
        if (!entry.outcome().isEmpty()) {
            event.put("status_detail", entry.outcome());
        }
    }

    private static void process(ObjectNode event, Recorded entry) {
        ObjectNode process = event.putObject("process");
        process.put("cmd_line", Fields.command(entry));
        process.put("name", Fields.text(entry, "tool"));
        if (entry.header().has("exit")) {
            event.put("exit_code", Fields.number(entry, "exit"));
        }
        if (entry.header().has("tookMillis")) {
            event.put("duration", Fields.number(entry, "tookMillis"));
        }
    }

    private static void authorization(ObjectNode event, Recorded entry) {
        ObjectNode one = event.putArray("authorizations").addObject();
        String verdict = Fields.text(entry, "verdict");
        one.put("decision", verdict.isEmpty() ? entry.outcome() : verdict);
        ObjectNode policy = one.putObject("policy");
        policy.put("name", String.join(" ", Fields.texts(entry, "rules")));
        policy.put("uid", Fields.text(entry, "policies"));
        // The class wants whose session it is.
        event.putObject("user").put("name", entry.actor()).put("type_id", 1);
        event.putObject("session").put("uid", entry.run());
    }

    private static void unmapped(ObjectNode unmapped, Recorded entry) {
        entry.header()
                .properties()
                .forEach(field -> unmapped.set(field.getKey(), field.getValue()));
    }
}
