package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.gate.Gate;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.gate.Verdict;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.safety.record.story.PolicyTexts;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes every recorded decision again, by the policies as they were then: the same verdict by the
/// same rules, or somebody or something else decided.
@Command(
        name = "re-decide",
        description = {
            "decide again by the policies as of then: exit 0 when every verdict and rule is the",
            "same, 1 when one is not"
        },
        mixinStandardHelpOptions = true)
final class AuditReDecide extends AuditWork {
    @Parameters(
            arity = "0..1",
            paramLabel = "RUN|NUMBER",
            description = "a request or a decision; without it, all",
            defaultValue = "")
    String which = "";

    private final Map<String, Optional<Policies>> loaded = new HashMap<>();
    private int same;
    private int different;
    private int untold;

    @Override
    String asked() {
        return ("re-decide " + which).strip();
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        PolicyTexts texts = PolicyTexts.of(reader);
        if (which.isEmpty()) {
            try (Stream<Recorded> all = reader.entries(Set.of("policy.decision"))) {
                for (Iterator<Recorded> each = all.iterator(); each.hasNext(); ) {
                    decide(out, reader, texts, each.next());
                }
            }
        } else {
            for (Recorded entry : named(record, which)) {
                if (entry.type().equals("policy.decision")) {
                    decide(out, reader, texts, entry);
                }
            }
        }
        out.end();
        out.say(
                Bilingual.of(
                        "{0} decisions are the same again, {1} are not; of {2} the record has not"
                                + " the policies or the whole question",
                        "重新裁决：相同 {0} 项，不同 {1} 项；另有 {2} 项的策略文本或完整问题不在记录中", same, different, untold));
        return different == 0 ? 0 : 1;
    }

    private void decide(AuditOut out, AuditReader reader, PolicyTexts texts, Recorded entry)
            throws Exception {
        Optional<Policies> policies = policies(texts, Fields.text(entry, "policies"));
        Optional<Question> question = PolicyReplay.question(reader, entry);
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("seq", entry.sequence())
                        .put("run", entry.run())
                        .put("tool", Fields.text(entry, "tool"))
                        .put("host", Fields.text(entry, "host"))
                        .put("was", PolicyReplay.was(entry));
        if (policies.isEmpty() || question.isEmpty()) {
            untold++;
            out.json(json.putNull("again"));
            return;
        }
        Verdict again = Gate.judge(policies.get(), question.get());
        List<String> rules = again.rules().stream().map(Verdict.Rule::id).toList();
        boolean equal =
                PolicyCase.word(again).equals(PolicyReplay.was(entry))
                        && rules.equals(Fields.texts(entry, "rules"));
        out.json(json.put("again", PolicyCase.word(again)).put("same", equal));
        if (equal) {
            same++;
            return;
        }
        different++;
        out.say(
                entry.sequence()
                        + "  "
                        + Fields.text(entry, "tool")
                        + " @ "
                        + Fields.text(entry, "host")
                        + "  "
                        + PolicyReplay.was(entry)
                        + " "
                        + Fields.texts(entry, "rules")
                        + " → "
                        + PolicyCase.word(again)
                        + " "
                        + rules);
    }

    /// The policies with this hash, as the record holds them, and nothing else: the hash is
    /// computed again.
    private Optional<Policies> policies(PolicyTexts texts, String hash) {
        return loaded.computeIfAbsent(
                hash, wanted -> texts.loaded(wanted).flatMap(text -> load(text, wanted)));
    }

    private static Optional<Policies> load(PolicyTexts.Loaded text, String hash) {
        List<PolicyFile> files = new ArrayList<>();
        text.files()
                .forEach((name, content) ->
                        files.add(
                                new PolicyFile(name, content, text.forbidsOnly().contains(name))));
        try {
            return Optional.of(Policies.load(files, text.schema()))
                    .filter(policies -> policies.hash().equals(hash));
        } catch (PolicyError noLonger) {
            return Optional.empty();
        }
    }
}
