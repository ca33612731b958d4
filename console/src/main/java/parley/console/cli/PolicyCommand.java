package parley.console.cli;

import parley.console.repl.AbsentPerson;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.Rehearsal;
import parley.safety.gate.Judged;
import parley.safety.gate.Sanitiser;
import parley.safety.policy.PolicyRule;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;
import parley.tools.schema.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The policies in force, and what they say about one call.
@Command(
        name = "policy",
        description = "the policies: policy check, policy explain TOOL name=value… --host H…",
        mixinStandardHelpOptions = true)
final class PolicyCommand extends Work {
    @Parameters(index = "0", arity = "0..1", paramLabel = "check|explain", defaultValue = "check")
    String what = "check";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TOOL", defaultValue = "")
    String tool = "";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "name=value")
    String[] arguments = {};

    @Option(names = "--host", paramLabel = "H", description = "a host or group of the inventory")
    List<String> hosts = new ArrayList<>();

    @Override
    int work(PrintStream out) throws Exception {
        AbsentPerson person = new AbsentPerson(System.err, common.language(), Optional.empty());
        try (Workplace workplace = Workplace.open(common.options(), person)) {
            return switch (what) {
                case "check" -> check(out, workplace);
                case "explain" -> explain(out, workplace);
                default ->
                        throw new CannotStart(
                                Bilingual.of(
                                        "policy check, or policy explain TOOL; not \""
                                                + what
                                                + "\"",
                                        "用法：policy check 或 policy explain 工具；没有“" + what + "”"),
                                2);
            };
        }
    }

    /// Opening the workplace has loaded and validated them; what is left is to show them.
    private int check(PrintStream out, Workplace workplace) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (PolicyRule rule : workplace.policies().rules()) {
            if (common.output == Common.Output.text) {
                rows.add(
                        List.of(
                                rule.id(),
                                rule.permits() ? "permit" : "forbid",
                                rule.rung(),
                                rule.file() + ":" + rule.line(),
                                rule.says().in(common.language())));
            } else {
                out.println(Json.mapper().writeValueAsString(rule));
            }
        }
        table(out, rows);
        if (common.output == Common.Output.text) {
            out.println(
                    common.language() == Language.EN
                            ? rows.size() + " policies, valid; hash " + workplace.policies().hash()
                            : "共 " + rows.size() + " 条策略，有效；哈希 " + workplace.policies().hash());
        }
        return 0;
    }

    private int explain(PrintStream out, Workplace workplace) throws Exception {
        Tool<?, ?> found = RunCommand.find(tool);
        List<String> names = RunCommand.names(hosts, workplace.house().hosts());
        Proposal.Item item = Proposal.Item.of(tool, RunCommand.arguments(found, arguments), names);
        String words = tool + " " + String.join(" ", arguments);
        Rehearsal.Rehearsed rehearsed;
        try {
            rehearsed =
                    new Rehearsal(workplace.house())
                            .rehearse(
                                    new Proposal(List.of(item), List.of()),
                                    words,
                                    common.language());
        } catch (Rehearsal.Refusal refusal) {
            throw new CannotStart(refusal.why(), refusal.outcome().exitCode());
        }
        for (Judged judged : rehearsed.items().getFirst()) {
            out.println(
                    Sanitiser.line(
                            judged.step().host().name()
                                    + ": "
                                    + PlanCommand.word(judged.verdict())
                                    + "  "
                                    + String.join(" ", judged.step().shown())));
            judged.verdict()
                    .rules()
                    .forEach(rule ->
                            out.println(
                                    Sanitiser.line(
                                            "  "
                                                    + rule.says().in(common.language())
                                                    + " ("
                                                    + rule.id()
                                                    + ", "
                                                    + rule.file()
                                                    + ":"
                                                    + rule.line()
                                                    + ")")));
        }
        return 0;
    }
}
