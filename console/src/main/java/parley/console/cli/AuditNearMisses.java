package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.safety.record.story.NearMiss;
import parley.safety.record.story.Story;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Stream;

/// What was tried and did not come to pass.
@Command(
        name = "near-misses",
        description =
                "what was tried and did not come to pass: refused calls, unknown tools and hosts,"
                        + " arguments from a host's output, declined and expired approvals",
        mixinStandardHelpOptions = true)
final class AuditNearMisses extends AuditWork {
    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "how many (100), the newest first",
            defaultValue = "100")
    int limit = 100;

    @Override
    String asked() {
        return "near-misses --limit " + limit;
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        Deque<NearMiss> newest = new ArrayDeque<>();
        try (Stream<Recorded> entries = reader.entries(NearMiss.TYPES)) {
            entries.forEach(entry ->
                    NearMiss.of(entry)
                            .ifPresent(miss -> {
                                newest.addLast(miss);
                                if (newest.size() > limit) {
                                    newest.removeFirst();
                                }
                            }));
        }
        for (Iterator<NearMiss> each = newest.descendingIterator(); each.hasNext(); ) {
            one(out, reader, each.next());
        }
        if (newest.isEmpty()) {
            out.say(Bilingual.of("nothing was refused, declined or unknown", "没有被拒绝、被否决或未知的事件"));
        }
        out.end();
        return 0;
    }

    private static void one(AuditOut out, AuditReader reader, NearMiss miss) throws Exception {
        Recorded entry = miss.entry();
        String what = what(reader, entry);
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("seq", entry.sequence())
                        .put("time", entry.time().toString())
                        .put("run", entry.run())
                        .put("operator", entry.actor())
                        .put("kind", miss.kind().word())
                        .put("tool", Fields.text(entry, "tool"))
                        .put("host", Fields.text(entry, "host"))
                        .put("what", what);
        Fields.texts(entry, "rules").forEach(json.withArray("rules")::add);
        out.json(json);
        out.say(
                entry.sequence()
                        + "  "
                        + entry.time().toString().substring(0, 19)
                        + "Z  "
                        + entry.actor()
                        + "  "
                        + miss.kind().says().in(out.language()));
        out.say("    " + what + "  (" + entry.run() + ")");
    }

    private static String what(AuditReader reader, Recorded entry) {
        return switch (entry.type()) {
            case "plan" -> Fields.text(entry, "message");
            case "plan.reject" ->
                    Fields.text(entry, "why")
                            + "  "
                            + Story.text(reader, entry, "proposal").replaceAll("\\s+", " ");
            case "policy.decision" ->
                    Fields.text(entry, "tool")
                            + " "
                            + Fields.arguments(entry)
                            + " @ "
                            + Fields.text(entry, "host")
                            + "  ["
                            + String.join(", ", Fields.texts(entry, "rules"))
                            + "]";
            case "approval.decision" ->
                    entry.outcome()
                            + "  "
                            + Fields.text(entry, "approver")
                            + "  "
                            + Fields.text(entry, "why");
            default ->
                    Fields.text(entry, "tool")
                            + " @ "
                            + Fields.text(entry, "host")
                            + ": "
                            + Fields.text(entry, "why");
        };
    }
}
