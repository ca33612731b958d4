package parley.console.cli;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.gate.Gate;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.gate.Sanitiser;
import parley.safety.gate.Verdict;
import parley.safety.policy.Policies;
import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/// Asks every decision of a past record again, by other policies, and lists those that would be
/// different.
record PolicyReplay(Policies policies, Common common) {
    /// @return 0 when every decision stays what it was, 1 when one would differ
    int print(PrintStream out, Path folder) throws IOException, RecordUnavailable {
        AuditReader reader = AuditReader.of(folder);
        int asked = 0;
        int different = 0;
        int untold = 0;
        try (Stream<Recorded> entries = reader.entries()) {
            Iterator<Recorded> decisions =
                    entries.filter(entry -> entry.type().equals("policy.decision")).iterator();
            while (decisions.hasNext()) {
                Recorded entry = decisions.next();
                Optional<Question> question = question(reader, entry);
                if (question.isEmpty()) {
                    untold++;
                    continue;
                }
                asked++;
                Verdict now = Gate.judge(policies, question.get());
                if (!PolicyCase.word(now).equals(was(entry))) {
                    different++;
                    out.println(line(entry, now));
                }
            }
        }
        if (common.output == Common.Output.text) {
            out.println(
                    common.language() == Language.EN
                            ? asked
                                    + " decisions asked again, "
                                    + different
                                    + " would differ, "
                                    + untold
                                    + " were recorded without their question"
                            : "重新裁决 "
                                    + asked
                                    + " 项，其中 "
                                    + different
                                    + " 项会不同；另有 "
                                    + untold
                                    + " 项记录中没有完整的问题");
        }
        return different == 0 ? 0 : 1;
    }

    static Optional<Question> question(AuditReader reader, Recorded entry)
            throws IOException, RecordUnavailable {
        JsonNode json = entry.header().path("question");
        if (json.isMissingNode()) {
            Optional<byte[]> body = reader.body(entry, "question");
            if (body.isEmpty()) {
                return Optional.empty();
            }
            json = Json.mapper().readTree(body.get());
        }
        try {
            return Optional.of(Question.read(json));
        } catch (IllegalArgumentException otherVersion) {
            return Optional.empty();
        }
    }

    /// The record's word for a rung, in the words of the policies.
    static String was(Recorded entry) {
        String word = entry.header().path("verdict").asText();
        return word.equals("two-person") ? "second-person" : word;
    }

    private String line(Recorded entry, Verdict now) {
        String tool = entry.header().path("tool").asText();
        String host = entry.header().path("host").asText();
        if (common.output != Common.Output.text) {
            var json =
                    Json.mapper()
                            .createObjectNode()
                            .put("seq", entry.sequence())
                            .put("time", entry.time().toString())
                            .put("run", entry.run())
                            .put("actor", entry.actor())
                            .put("tool", tool)
                            .put("host", host)
                            .put("was", was(entry))
                            .put("now", PolicyCase.word(now));
            now.rules().forEach(rule -> json.withArray("rules").add(rule.id()));
            return json.toString();
        }
        return Sanitiser.line(
                entry.sequence()
                        + "  "
                        + entry.time()
                        + "  "
                        + entry.actor()
                        + "  "
                        + tool
                        + " @ "
                        + host
                        + "  "
                        + was(entry)
                        + " → "
                        + PolicyCase.word(now)
                        + "  "
                        + String.join(", ", now.rules().stream().map(Verdict.Rule::id).toList()));
    }
}
