package parley.console.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.repl.AbsentPerson;
import parley.console.repl.TypedCall;
import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.turn.Rehearsal;
import parley.safety.gate.Explanation;
import parley.safety.gate.Gate;
import parley.safety.gate.Judged;
import parley.safety.gate.PolicyCase;
import parley.safety.gate.Question;
import parley.safety.gate.Sanitiser;
import parley.safety.gate.Verdict;
import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.Tool;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Why a call gets its verdict, and what would change it.
record PolicyExplain(Common common, List<String> hosts) {
    int print(PrintStream out, String[] words) throws Exception {
        if (words.length == 0) {
            throw new CannotStart(
                    Bilingual.of(
                            "policy explain TOOL name=value… --host H",
                            "用法：policy explain 工具 名称=值… --host 主机"),
                    2);
        }
        String tool = words[0];
        String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
        Tool<?, ?> found = TypedCall.tool(tool);
        AbsentPerson person = new AbsentPerson(System.err, common.language(), Optional.empty());
        try (Workplace workplace = Workplace.open(common.options(), person)) {
            List<String> names = TypedCall.hosts(hosts, workplace.house().hosts());
            Proposal.Item item =
                    Proposal.Item.of(tool, TypedCall.arguments(found, List.of(arguments)), names);
            Rehearsal.Rehearsed rehearsed =
                    new Rehearsal(workplace.house())
                            .rehearse(
                                    new Proposal(List.of(item), List.of()),
                                    String.join(" ", words),
                                    common.language());
            for (Judged judged : rehearsed.items().getFirst()) {
                one(out, workplace, judged);
            }
            return 0;
        } catch (Rehearsal.Refusal refusal) {
            throw new CannotStart(refusal.why(), refusal.outcome().exitCode());
        }
    }

    private void one(PrintStream out, Workplace workplace, Judged judged) {
        line(
                out,
                judged.step().host().name()
                        + ": "
                        + PolicyCase.word(judged.verdict())
                        + "  "
                        + String.join(" ", judged.step().shown()));
        Explanation explanation =
                workplace.house().gate().explain(judged.step(), judged.circumstances());
        for (Explanation.Rung rung : explanation.rungs()) {
            line(
                    out,
                    "  "
                            + evidence(rung.evidence())
                            + ": "
                            + (rung.allowed() ? say("permitted", "允许") : say("refused", "拒绝")));
            rung.rules().forEach(rule -> rule(out, rule));
        }
        for (Map.Entry<String, Verdict> other :
                otherwise(workplace.policies(), judged).entrySet()) {
            line(
                    out,
                    "  "
                            + other.getKey()
                            + say(": it would be ", "：将变为 ")
                            + PolicyCase.word(other.getValue()));
        }
    }

    private void rule(PrintStream out, Verdict.Rule rule) {
        line(
                out,
                "    "
                        + rule.says().in(common.language())
                        + " ("
                        + rule.id()
                        + ", "
                        + rule.file()
                        + ":"
                        + rule.line()
                        + ")");
    }

    /// The same question with one circumstance changed, where that changes the verdict.
    private Map<String, Verdict> otherwise(Policies policies, Judged judged) {
        ObjectNode asked = Gate.question(judged.step(), judged.circumstances()).json();
        Map<String, Consumer<ObjectNode>> changes = new LinkedHashMap<>();
        for (String env : List.of("dev", "staging", "prod")) {
            changes.put(
                    say("on a host of env ", "若主机环境为 ") + env,
                    json -> json.withObject("/host").put("env", env));
        }
        for (String role : List.of("viewer", "operator", "reader", "emergency")) {
            changes.put(
                    say("for somebody who is only ", "若此人只有角色 ") + role,
                    json -> json.putArray("roles").add(role));
        }
        changes.put(
                say("if a model made the arguments", "若参数由模型提出"),
                json -> {
                    json.putArray("origins").add("model");
                    json.putArray("textOrigins").add("model");
                });
        changes.put(
                say("after a planner read what a host printed", "若规划器已读过主机输出"),
                json -> json.put("outputRead", true));
        changes.put(say("during a freeze", "在封网期"), json -> json.put("freeze", true));
        changes.put(
                say("with broken glass and a ticket", "若紧急破窗并有工单"),
                json -> json.put("breakGlass", true).put("ticket", "T-1"));
        changes.put(
                say("outside the host's windows", "在变更窗口之外"),
                json -> json.put("outsideWindow", true));
        Map<String, Verdict> different = new LinkedHashMap<>();
        changes.forEach((name, change) -> {
            ObjectNode json = asked.deepCopy();
            change.accept(json);
            Verdict verdict = Gate.judge(policies, Question.read(json));
            if (verdict.rung() != judged.verdict().rung()) {
                different.put(name, verdict);
            }
        });
        return different;
    }

    private String evidence(Evidence evidence) {
        return switch (evidence) {
            case NONE -> say("with nothing", "无确认");
            case CONFIRMED -> say("with a yes", "已确认");
            case TYPED -> say("with typed words", "已逐字输入");
            case SECOND_PERSON -> say("with a second person", "第二人已批准");
        };
    }

    private static void line(PrintStream out, String text) {
        out.println(Sanitiser.line(text));
    }

    private String say(String en, String zh) {
        return common.language() == Language.ZH ? zh : en;
    }
}
