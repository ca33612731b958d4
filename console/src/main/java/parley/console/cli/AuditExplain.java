package parley.console.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.story.Command;
import parley.safety.record.story.Fields;
import parley.safety.record.story.PolicyTexts;
import parley.safety.record.story.Story;
import parley.safety.record.story.Telling;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why each command of a request was allowed, or not: the rules as they stood then, the rung, who
/// approved what was shown, and whose words the arguments were.
@picocli.CommandLine.Command(
        name = "explain",
        description = "why was this allowed, or refused: rules as of then, rung, approval, who",
        mixinStandardHelpOptions = true)
final class AuditExplain extends AuditWork {
    @Parameters(paramLabel = "RUN|NUMBER", description = "a request, or the entry of one command")
    String which = "";

    @Override
    String asked() {
        return "explain " + which;
    }

    @Override
    int look(AuditOut out, Path record) throws Exception {
        AuditReader reader = AuditReader.of(record);
        List<Recorded> entries = run(record, which);
        Story story = new Story(entries.getFirst().run(), entries, reader);
        PolicyTexts policies = PolicyTexts.of(reader);
        out.say(
                Bilingual.of(
                        "{0} asked at {1}: {2}",
                        "{0} 于 {1} 提出：{2}", story.operator(), story.begin().time(), story.words()));
        List<Command> commands =
                story.commands().stream().filter(one -> isMeant(one) || !isNumber()).toList();
        int looks = 0;
        for (Command command : commands) {
            boolean ordinary =
                    command.verdict().equals("allow") && !command.purpose().equals("CALL");
            if (ordinary && !isNumber() && out.forPeople()) {
                looks++;
                continue;
            }
            explain(out, story, command, policies);
        }
        if (looks > 0) {
            out.say("");
            out.say(
                    Bilingual.of(
                            "{0} further commands only looked (before, after, what host) and needed"
                                    + " nothing; --output json shows them",
                            "另有 {0} 条命令只是查看（事前、事后、主机识别），无需批准；--output json 可查看", looks));
        }
        out.end();
        return 0;
    }

    private boolean isNumber() {
        return which.matches("\\d{1,15}");
    }

    private boolean isMeant(Command command) {
        return List.of(command.decision(), command.intent(), command.end(), command.settled())
                .stream()
                .flatMap(Optional::stream)
                .anyMatch(entry -> Long.toString(entry.sequence()).equals(which));
    }

    private static void explain(AuditOut out, Story story, Command command, PolicyTexts policies)
            throws Exception {
        Recorded about = command.about();
        String hash = Fields.text(about, "policies");
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("tool", command.tool()).put("host", command.host());
        json.put("purpose", command.purpose()).put("command", Fields.command(about));
        json.put("verdict", command.verdict()).put("effect", Fields.text(about, "risk"));
        json.put("policies", hash);
        command.decision().ifPresent(entry -> json.put("decision", entry.sequence()));
        command.intent().ifPresent(entry -> json.put("intent", entry.sequence()));
        command.end().ifPresent(entry -> json.put("end", entry.sequence()));
        out.say("");
        out.say(command.tool() + " " + Fields.arguments(about) + " @ " + command.host());
        out.say("  " + Fields.command(about));
        out.say(
                "  "
                        + out.word("verdict", "裁决")
                        + ": "
                        + Telling.verdictWord(command.verdict()).in(out.language())
                        + " · "
                        + Fields.text(about, "risk")
                        + "  (#"
                        + about.sequence()
                        + ")");
        rules(out, about, hash, policies, json.putArray("rules"));
        provenance(out, about, json);
        approvals(out, story, command, json.putArray("approvals"));
        ending(out, command);
        out.json(json);
    }

    private static void rules(
            AuditOut out, Recorded about, String hash, PolicyTexts policies, ArrayNode json) {
        for (String id : Fields.texts(about, "rules")) {
            Optional<PolicyTexts.Rule> rule = policies.rule(hash, id);
            ObjectNode one = json.addObject().put("id", id);
            rule.ifPresent(known ->
                    one.put("file", known.file())
                            .put("line", known.line())
                            .put("says", known.says().in(out.language())));
            out.say(
                    "  "
                            + out.word("rule", "规则")
                            + "    "
                            + id
                            + rule.map(known -> "  " + known.file() + ":" + known.line() + "  ")
                                    .orElse("  ")
                            + rule.map(known -> known.says().in(out.language()))
                                    .orElse(
                                            out.word(
                                                    "(its text is not in the record)",
                                                    "（记录中没有其文本）")));
        }
    }

    private static void provenance(AuditOut out, Recorded about, ObjectNode json) {
        json.set("provenance", about.header().path("provenance").deepCopy());
        String sources =
                about.header().path("provenance").properties().stream()
                        .map(field ->
                                field.getKey() + " ← " + source(out, field.getValue().asText()))
                        .collect(Collectors.joining(", "));
        if (!sources.isEmpty()) {
            out.say("  " + out.word("words", "词源") + "   " + sources);
        }
    }

    private static String source(AuditOut out, String source) {
        return switch (source) {
            case "OPERATOR" -> out.word("the operator's words", "操作员原话");
            case "INVENTORY" -> out.word("the inventory", "主机清单");
            case "CONSTANT" -> out.word("a constant of the catalogue", "目录中的常量");
            case "MODEL" -> out.word("the planner's own", "规划器自拟");
            case "OUTPUT" -> out.word("a host's output", "主机输出");
            default -> source;
        };
    }

    /// The approvals between the judgement and the intent: what one card says holds for all its
    /// steps.
    private static void approvals(AuditOut out, Story story, Command command, ArrayNode json) {
        if (command.verdict().equals("allow") || command.verdict().equals("deny")) {
            return;
        }
        long from = command.decision().map(Recorded::sequence).orElse(0L);
        long to = command.intent().map(Recorded::sequence).orElse(Long.MAX_VALUE);
        for (Recorded entry : story.entries()) {
            if (entry.sequence() > from
                    && entry.sequence() < to
                    && entry.type().startsWith("approval.")) {
                json.addObject()
                        .put("seq", entry.sequence())
                        .put("type", entry.type())
                        .put("outcome", entry.outcome())
                        .put("approver", Fields.text(entry, "approver"))
                        .put("approves", Fields.text(entry, "approves"));
                out.say(
                        "  "
                                + out.word("approval", "审批")
                                + " "
                                + entry.time()
                                + "  "
                                + Telling.of(entry, "").in(out.language())
                                + "  (#"
                                + entry.sequence()
                                + ")");
            }
        }
    }

    private static void ending(AuditOut out, Command command) {
        if (command.intent().isEmpty()) {
            out.say("  " + out.word("it never ran", "从未执行"));
            return;
        }
        command.end()
                .or(command::intent)
                .ifPresent(end ->
                        out.say(
                                "  "
                                        + out.word("then", "随后")
                                        + "    "
                                        + Telling.of(end, "").in(out.language())
                                        + "  (#"
                                        + end.sequence()
                                        + ")"));
    }
}
