package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.console.repl.AbsentPerson;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.show.PlanJson;
import parley.console.turn.Rehearsal;
import parley.console.turn.Turn;
import parley.prompts.plan.Planned;
import parley.safety.gate.Judged;
import parley.safety.gate.Sanitiser;
import parley.safety.gate.Verdict;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/// Plans a request and shows how each step would be judged. No host is touched.
@Command(
        name = "plan",
        description = "plan a request and show the verdicts; nothing is executed",
        mixinStandardHelpOptions = true)
final class PlanCommand extends Work {
    @Parameters(
            arity = "0..*",
            paramLabel = "TEXT",
            description = "what you want to know or to have done")
    String[] words = {};

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description = "plan one request per line: {\"id\",\"text\",\"turns\"}")
    @Nullable Path batch;

    @Override
    int work(PrintStream out) throws Exception {
        if (batch != null) {
            return Batch.run(common, batch, out);
        }
        String text = joined(words);
        if (text.isEmpty()) {
            throw new CannotStart(
                    Bilingual.of("plan needs a text, or --batch FILE", "plan 需要一段文本，或 --batch 文件"),
                    2);
        }
        Language language = common.language(text);
        AbsentPerson person = new AbsentPerson(System.err, language, Optional.empty());
        try (Workplace workplace = Workplace.open(common.options(), person)) {
            Planned planned =
                    new Turn(workplace.house(), person, workplace.planners())
                            .plan(workplace.request(text, language));
            ObjectNode json = PlanJson.of("", planned, workplace.house().catalogue(), language);
            json.remove("id");
            return switch (planned) {
                case Planned.Plan plan -> plan(out, workplace, plan, text, language, json);
                case Planned.Answered ignored -> said(out, json, 0);
                case Planned.Clarify ignored -> said(out, json, 5);
                case Planned.Decline decline ->
                        said(out, json, decline.reason() == Planned.Reason.NO_TOOL ? 6 : 3);
            };
        }
    }

    private int said(PrintStream out, ObjectNode json, int exitCode) throws Exception {
        if (common.output == Common.Output.text) {
            out.println(Sanitiser.line(json.get("message").asText()));
            for (int index = 0; index < json.path("choices").size(); index++) {
                out.println(
                        "  "
                                + (index + 1)
                                + ". "
                                + Sanitiser.line(json.get("choices").get(index).asText()));
            }
        } else {
            print(out, json);
        }
        return exitCode;
    }

    private int plan(
            PrintStream out,
            Workplace workplace,
            Planned.Plan plan,
            String text,
            Language language,
            ObjectNode json)
            throws Exception {
        Rehearsal.Rehearsed rehearsed;
        try {
            rehearsed = new Rehearsal(workplace.house()).rehearse(plan.proposal(), text, language);
        } catch (Rehearsal.Refusal refusal) {
            throw new CannotStart(refusal.why(), refusal.outcome().exitCode());
        }
        boolean denied = false;
        for (int index = 0; index < rehearsed.items().size(); index++) {
            ObjectNode step = (ObjectNode) json.get("steps").get(index);
            var verdicts = step.putArray("verdicts");
            for (Judged judged : rehearsed.items().get(index)) {
                ObjectNode one = verdicts.addObject().put("host", judged.step().host().name());
                judged.step().shown().forEach(one.putArray("argv")::add);
                one.put("verdict", word(judged.verdict()));
                judged.verdict()
                        .rules()
                        .forEach(rule ->
                                one.withArray("rules")
                                        .add(rule.id() + " " + rule.file() + ":" + rule.line()));
                denied |= judged.verdict() instanceof Verdict.Deny;
            }
        }
        rehearsed.card().ifPresent(card -> json.put("digest", card.digest()));
        if (common.output == Common.Output.text) {
            text(out, rehearsed, json, language);
        } else {
            print(out, json);
        }
        return denied ? 3 : 0;
    }

    private static void text(
            PrintStream out, Rehearsal.Rehearsed rehearsed, ObjectNode json, Language language) {
        for (int index = 0; index < rehearsed.items().size(); index++) {
            var step = json.get("steps").get(index);
            String conditional =
                    step.get("conditional").asBoolean()
                            ? language == Language.EN ? " (conditional)" : "（有条件）"
                            : "";
            out.println(
                    Sanitiser.line(
                            (index + 1)
                                    + ". "
                                    + step.get("tool").asText()
                                    + " "
                                    + step.get("args")
                                    + conditional));
            for (Judged judged : rehearsed.items().get(index)) {
                out.println(
                        Sanitiser.line(
                                "   "
                                        + judged.step().host().name()
                                        + "  "
                                        + word(judged.verdict())
                                        + "  "
                                        + String.join(" ", judged.step().shown())));
                judged.verdict()
                        .rules()
                        .forEach(rule ->
                                out.println(
                                        Sanitiser.line(
                                                "     "
                                                        + rule.says().in(language)
                                                        + " ("
                                                        + rule.id()
                                                        + ", "
                                                        + rule.file()
                                                        + ":"
                                                        + rule.line()
                                                        + ")")));
            }
        }
        rehearsed
                .card()
                .ifPresent(card ->
                        out.println(
                                (language == Language.EN ? "digest: " : "摘要：") + card.digest()));
    }

    private void print(PrintStream out, ObjectNode json) throws Exception {
        out.println(
                common.output == Common.Output.json
                        ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json)
                        : Json.mapper().writeValueAsString(json));
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow ignored -> "allow";
            case Verdict.Confirm ignored -> "confirm";
            case Verdict.TypedConfirm ignored -> "typed";
            case Verdict.TwoPerson ignored -> "two-person";
            case Verdict.Deny ignored -> "deny";
        };
    }
}
