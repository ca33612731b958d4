package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.settings.CannotStart;
import parley.safety.record.AuditReader;
import parley.safety.record.Commitments;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a known secret is one of those that were taken out: its keyed commitment is compared
/// with those in the record.
@Command(
        name = "was-it",
        description = {
            "where a known secret was taken out; without VALUE it is asked for, or read from",
            "standard input, so that it is in no history"
        },
        mixinStandardHelpOptions = true)
final class AuditWasIt extends AuditWork {
    @Parameters(arity = "0..1", paramLabel = "VALUE", description = "the secret, exactly")
    @Nullable String value;

    /// The secret itself must not come into the record by being asked about.
    @Override
    String asked() {
        return "was-it";
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        Commitments commitments = Commitments.of(record, known(out));
        int entries = 0;
        int redacted = 0;
        int found = 0;
        AuditReader reader = AuditReader.of(record);
        try (Stream<Recorded> all = reader.entries()) {
            for (Iterator<Recorded> each = all.iterator(); each.hasNext(); ) {
                Recorded entry = each.next();
                entries++;
                redacted += entry.header().has("redacted") ? 1 : 0;
                List<Commitments.Place> places = commitments.in(entry);
                found += places.size();
                for (Commitments.Place place : places) {
                    told(out, entry, place);
                }
            }
        }
        out.end();
        out.say(
                Bilingual.of(
                        "{0} times, in {1} entries of which {2} had secrets taken out",
                        "共 {0} 处；检查了 {1} 条，其中 {2} 条去除过机密", found, entries, redacted));
        return 0;
    }

    private static void told(AuditOut out, Recorded entry, Commitments.Place place)
            throws Exception {
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("seq", entry.sequence())
                        .put("time", entry.time().toString())
                        .put("run", entry.run())
                        .put("type", entry.type())
                        .put("in", place.in())
                        .put("rule", place.rule());
        out.json(json);
        out.say(
                entry.sequence()
                        + "  "
                        + entry.time()
                        + "  "
                        + entry.type()
                        + "  "
                        + place.in()
                        + "  ("
                        + place.rule()
                        + ")  "
                        + entry.run());
    }

    private String known(AuditOut out) throws Exception {
        if (value != null) {
            return value;
        }
        Optional<Console> console =
                Optional.ofNullable(System.console()).filter(Console::isTerminal);
        String typed;
        if (console.isPresent()) {
            char[] hidden = console.get().readPassword("%s", out.word("secret: ", "机密："));
            typed = hidden == null ? "" : new String(hidden);
        } else {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            typed = line == null ? "" : line;
        }
        if (typed.isEmpty()) {
            throw new CannotStart(Bilingual.of("no secret was given", "没有给出要核对的机密"), USAGE);
        }
        return typed;
    }
}
