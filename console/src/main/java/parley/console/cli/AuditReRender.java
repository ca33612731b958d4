package parley.console.cli;

import parley.console.turn.ReRendering;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.tools.Bilingual;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Renders recorded calls again with the tools of today: whether they would still run the very same
/// words.
@Command(
        name = "re-render",
        description = {
            "whether recorded calls give the same commands today: exit 0 when all do, 1 when one",
            "does not"
        },
        mixinStandardHelpOptions = true)
final class AuditReRender extends AuditWork {
    @Parameters(
            arity = "0..1",
            paramLabel = "RUN|NUMBER",
            description = "a request or a command; without it, all",
            defaultValue = "")
    String which = "";

    @Override
    String asked() {
        return ("re-render " + which).strip();
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        List<Recorded> all;
        try (Stream<Recorded> entries = reader.entries(Set.of("exec.intent", "exec.result"))) {
            all = entries.toList();
        }
        Map<String, List<Recorded>> runs = new LinkedHashMap<>();
        for (Recorded entry : all) {
            if (entry.type().equals("exec.intent")) {
                runs.computeIfAbsent(entry.run(), ignored -> new ArrayList<>()).add(entry);
            }
        }
        Set<Long> meant =
                which.isEmpty()
                        ? Set.of()
                        : Set.copyOf(
                                named(record, which).stream().map(Recorded::sequence).toList());
        // From the beginning, even for one request: a host was identified in an earlier one.
        ReRendering rendering = new ReRendering(Catalogue.standard(), reader, all);
        int same = 0;
        int different = 0;
        for (List<Recorded> intents : runs.values()) {
            for (ReRendering.Rendered one : rendering.all(intents)) {
                if (meant.isEmpty() || meant.contains(one.intent().sequence())) {
                    same += one.same() ? 1 : 0;
                    different += one.same() ? 0 : 1;
                    told(out, one);
                }
            }
        }
        out.end();
        out.say(
                Bilingual.of(
                        "{0} commands are the same today, {1} are not",
                        "重新生成：相同 {0} 条，不同 {1} 条", same, different));
        return different == 0 ? 0 : 1;
    }

    private static void told(AuditOut out, ReRendering.Rendered one) throws Exception {
        Recorded intent = one.intent();
        out.json(
                Json.mapper()
                        .createObjectNode()
                        .put("seq", intent.sequence())
                        .put("run", intent.run())
                        .put("tool", Fields.text(intent, "tool"))
                        .put("host", Fields.text(intent, "host"))
                        .put("same", one.same())
                        .put("why", one.why())
                        .put("then", Fields.command(intent))
                        .set("again", Json.mapper().valueToTree(one.again())));
        if (!one.same()) {
            out.say(
                    intent.sequence()
                            + "  "
                            + Fields.text(intent, "tool")
                            + " @ "
                            + Fields.text(intent, "host"));
            out.say("    " + out.word("then: ", "当时：") + Fields.command(intent));
            out.say(
                    "    "
                            + out.word("now:  ", "现在：")
                            + (one.again().isEmpty() ? one.why() : String.join(" ", one.again())));
        }
    }
}
