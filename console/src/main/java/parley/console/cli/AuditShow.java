package parley.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Story;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Everything the record holds of a request, or one entry.
@Command(
        name = "show",
        description = "everything about a request or an entry",
        mixinStandardHelpOptions = true)
final class AuditShow extends AuditWork {
    private static final int MOST_BODY_LINES = 200;

    @Parameters(paramLabel = "RUN|NUMBER", description = "a request or its beginning, or an entry")
    String which = "";

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "how many lines of each output (200)",
            defaultValue = "200")
    int lines = MOST_BODY_LINES;

    @Option(names = "--bodies", description = "with --output json: the contents, too")
    boolean bodies;

    @Override
    String asked() {
        return "show " + which;
    }

    /// Fields that hold the record together and say nothing about what happened.
    private static final Set<String> PLUMBING =
            Set.of(
                    "v", "seq", "prev", "log", "ts", "mono", "boot", "pid", "type", "outcome",
                    "run", "bodies", "seal");

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        List<Recorded> shown = named(record, which);
        for (Recorded entry : shown) {
            ObjectNode json = entry.header().deepCopy();
            if (bodies && !out.forPeople()) {
                ObjectNode contents = json.putObject("contents");
                entry.roles().forEach(role -> contents.put(role, Story.text(reader, entry, role)));
            }
            out.json(json);
            if (out.forPeople()) {
                people(out, reader, entry);
            }
        }
        out.end();
        return 0;
    }

    private void people(AuditOut out, AuditReader reader, Recorded entry) {
        out.say(
                "%d %s %s %s"
                        .formatted(entry.sequence(), entry.time(), entry.type(), entry.outcome()));
        for (var field : entry.header().properties()) {
            if (!PLUMBING.contains(field.getKey())) {
                out.say("    " + field.getKey() + ": " + text(field.getValue()));
            }
        }
        for (String role : entry.roles()) {
            out.say("    " + role + ":");
            out.raw("      | ", Story.text(reader, entry, role), lines);
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
