package parley.console.cli;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.safety.record.story.Story;
import parley.safety.record.story.Telling;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What happened in a request, step by step, each in one sentence; without one, in the whole
/// record.
@Command(
        name = "timeline",
        description = "a request step by step, one sentence each; without one, the newest entries",
        mixinStandardHelpOptions = true)
final class AuditTimeline extends AuditWork {
    @Parameters(
            arity = "0..1",
            paramLabel = "RUN|NUMBER",
            description = "a request",
            defaultValue = "")
    String which = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "without a request: how many entries (100)",
            defaultValue = "100")
    int limit = 100;

    @Override
    String asked() {
        return which.isEmpty() ? "timeline --limit " + limit : "timeline " + which;
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        List<Recorded> entries =
                which.isEmpty() ? reader.newest(Math.max(1, limit)) : run(record, which);
        Instant begin = entries.isEmpty() ? Instant.EPOCH : entries.getFirst().time();
        for (Recorded entry : entries) {
            Bilingual told = Telling.of(entry, words(reader, entry));
            out.json(
                    Json.mapper()
                            .createObjectNode()
                            .put("seq", entry.sequence())
                            .put("time", entry.time().toString())
                            .put("type", entry.type())
                            .put("outcome", entry.outcome())
                            .put("run", entry.run())
                            .put("operator", entry.actor())
                            .put("host", Fields.text(entry, "host"))
                            .put("tool", Fields.text(entry, "tool"))
                            .put("says", told.in(out.language())));
            String time =
                    which.isEmpty()
                            ? entry.time().toString()
                            : after(Duration.between(begin, entry.time()));
            out.say(time + "  " + entry.sequence() + "  " + told.in(out.language()));
        }
        out.end();
        return 0;
    }

    /// Seconds since the beginning: people compare these, not times of day.
    private static String after(Duration since) {
        return String.format(Locale.ROOT, "%+9.3f s", since.toMillis() / 1000.0);
    }

    private static String words(AuditReader reader, Recorded entry) {
        String role =
                switch (entry.type()) {
                    case "request", "plan" -> "words";
                    case "answer" -> "answer";
                    default -> "";
                };
        return role.isEmpty() ? "" : Story.text(reader, entry, role).strip();
    }
}
