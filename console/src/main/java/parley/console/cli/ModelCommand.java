package parley.console.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.settings.CannotStart;
import parley.console.show.UsageWords;
import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Shows what went to a model and what came back, as the record holds it.
@Command(
        name = "model",
        description = "exactly what was sent to a model: model last",
        mixinStandardHelpOptions = true)
final class ModelCommand extends AuditWork {
    /// The entries of the record that hold exchanges with a model.
    private static final Set<String> TYPES = Set.of("plan", "plan.reject");

    @Parameters(index = "0", paramLabel = "last", description = "the newest exchanges")
    String which = "";

    @Override
    String asked() {
        return "model " + which;
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        if (!which.equals("last")) {
            throw new CannotStart(
                    Bilingual.of(
                            "there is no \"{0}\" here; say: model last",
                            "没有“{0}”；请用：model last", which),
                    2);
        }
        AuditReader reader = AuditReader.of(record);
        Recorded entry =
                newest(reader)
                        .orElseThrow(() ->
                                new CannotStart(
                                        Bilingual.of(
                                                "nothing was ever sent to a model from here",
                                                "从未向模型发送过任何内容"),
                                        1));
        for (int number = 1; has(entry, "prompt." + number); number++) {
            ObjectNode one = Json.mapper().createObjectNode();
            one.put("request", entry.run())
                    .put("planner", entry.header().path("planner").asText())
                    .put("time", entry.time().toString())
                    .put("sent", text(reader, entry, "prompt." + number))
                    .put("received", text(reader, entry, "reply." + number));
            if (!has(entry, "prompt." + (number + 1))) {
                // What all of them together took.
                one.set("usage", entry.header().path("usage").deepCopy());
            }
            tell(out, one);
        }
        if (out.forPeople() && entry.header().has("usage")) {
            out.say(
                    UsageWords.of(
                            UsageWords.recorded(entry.header().path("usage")), common.language()));
        }
        out.end();
        return 0;
    }

    private static void tell(AuditOut out, ObjectNode one) throws IOException {
        if (!out.forPeople()) {
            out.json(one);
            return;
        }
        out.say(
                "# "
                        + one.path("request").asText()
                        + " · "
                        + one.path("planner").asText()
                        + " · "
                        + one.path("time").asText());
        show(out, ">", one.path("sent").asText());
        show(out, "<", one.path("received").asText());
    }

    private static Optional<Recorded> newest(AuditReader reader) {
        try (Stream<Recorded> entries = reader.entries(TYPES)) {
            return entries.filter(entry -> has(entry, "prompt.1")).reduce((_, later) -> later);
        }
    }

    private static boolean has(Recorded entry, String role) {
        return entry.header().path("bodies").has(role);
    }

    private static String text(AuditReader reader, Recorded entry, String role)
            throws RecordUnavailable {
        return reader.body(entry, role)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    /// JSON in a form that people can read; anything else as it came.
    private static void show(AuditOut out, String mark, String text) {
        String shown = text;
        try {
            shown = Json.mapper().readTree(text).toPrettyString();
        } catch (JsonProcessingException notJson) {
            // A streamed reply, or a server's own words.
        }
        shown.lines().forEach(line -> out.raw(mark + " ", line, Integer.MAX_VALUE));
    }
}
