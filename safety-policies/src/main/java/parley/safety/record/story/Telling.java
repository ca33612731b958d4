package parley.safety.record.story;

import parley.safety.record.Recorded;
import parley.tools.Bilingual;

import java.util.List;
import java.util.Optional;

/// One sentence for each entry, in both languages: what happened there.
public final class Telling {
    private Telling() {}

    /// @param words the body that matters most, where there is one: what was typed, answered, shown
    public static Bilingual of(Recorded entry, String words) {
        return switch (entry.type()) {
            case "request" -> Bilingual.of("{0} asked: {1}", "{0} 提出：{1}", entry.actor(), words);
            case "plan" -> plan(entry, words);
            case "plan.reject" ->
                    Bilingual.of(
                            "not accepted from the planner: " + Fields.text(entry, "why"),
                            "规划器的提议未被接受：" + Fields.text(entry, "why"));
            case "policy.decision" -> decision(entry);
            case "policy.load" ->
                    Bilingual.of(
                            "policies in force: " + Fields.text(entry, "policies"),
                            "生效的策略：" + Fields.text(entry, "policies"));
            case "approval.request" -> approvalRequest(entry);
            case "approval.decision" -> approvalDecision(entry);
            case "approval.exception" ->
                    Bilingual.of(
                            "declared: "
                                    + entry.outcome()
                                    + ": "
                                    + Fields.text(entry, "breakGlass")
                                    + Fields.text(entry, "freezeOverride"),
                            "声明例外："
                                    + entry.outcome()
                                    + "："
                                    + Fields.text(entry, "breakGlass")
                                    + Fields.text(entry, "freezeOverride"));
            case "approval.review" ->
                    Bilingual.of(
                            "reviewed by " + entry.actor() + ": " + Fields.text(entry, "remark"),
                            entry.actor() + " 已复核：" + Fields.text(entry, "remark"));
            case "exec.intent" ->
                    Bilingual.of("about to run" + where(entry), "即将执行" + whereZh(entry));
            case "exec.result" -> result(entry);
            case "exec.unknown" ->
                    Bilingual.of(
                            "nobody knows how it ended"
                                    + where(entry)
                                    + ": "
                                    + Fields.text(entry, "why"),
                            "结果不明" + whereZh(entry) + "：" + Fields.text(entry, "why"));
            case "exec.settled" ->
                    Bilingual.of(
                            "found out about " + Fields.text(entry, "settles") + ": " + why(entry),
                            "已查明 " + Fields.text(entry, "settles") + "：" + why(entry));
            case "exec.ended" ->
                    Bilingual.of(
                            "the work ended{0}: {1}",
                            "后台任务已结束{2}：{1}", where(entry), why(entry), whereZh(entry));
            case "answer" ->
                    Bilingual.of(
                            "answered (" + entry.outcome() + ")" + after(": ", words),
                            "答复（" + entry.outcome() + "）" + after("：", words));
            default -> own(entry);
        };
    }

    private static Bilingual plan(Recorded entry, String words) {
        String planner = Fields.text(entry, "planner");
        return switch (entry.outcome()) {
            case "question" ->
                    Bilingual.of(
                            planner + " asked back: " + Fields.text(entry, "question"),
                            planner + " 反问：" + Fields.text(entry, "question"));
            case "declined" ->
                    Bilingual.of(
                            planner + " declined: " + Fields.text(entry, "message"),
                            planner + " 未能规划：" + Fields.text(entry, "message"));
            case "answered" ->
                    Bilingual.of(
                            planner + " answered" + after(": ", words),
                            planner + " 作答" + after("：", words));
            default -> Bilingual.of(planner + " planned", planner + " 给出方案");
        };
    }

    private static Bilingual decision(Recorded entry) {
        String rules = String.join(", ", Fields.texts(entry, "rules"));
        String verdict = Fields.text(entry, "verdict");
        return Bilingual.of(
                verdictWord(verdict).en() + where(entry) + "  [" + rules + "]",
                verdictWord(verdict).zh() + whereZh(entry) + "  [" + rules + "]");
    }

    /// What a verdict means for people.
    public static Bilingual verdictWord(String verdict) {
        return switch (verdict) {
            case "allow" -> Bilingual.of("permitted", "允许");
            case "confirm" -> Bilingual.of("needs a yes", "需要确认");
            case "typed" -> Bilingual.of("needs typed words", "需要逐字输入");
            case "two-person" -> Bilingual.of("needs a second person", "需要第二人批准");
            case "deny" -> Bilingual.of("REFUSED", "拒绝");
            default -> Bilingual.same(verdict.isEmpty() ? "?" : verdict);
        };
    }

    private static Bilingual approvalRequest(Recorded entry) {
        boolean second = entry.outcome().equals("second-person");
        return second
                ? Bilingual.of(
                        "a second person was asked (request " + Fields.text(entry, "request") + ")",
                        "已请求第二人批准（请求 " + Fields.text(entry, "request") + "）")
                : Bilingual.of("the card was shown", "已显示审批卡");
    }

    private static Bilingual approvalDecision(Recorded entry) {
        String by = Fields.text(entry, "approver");
        String why = Fields.text(entry, "why");
        // For an approval, `why` is its number.
        boolean reason = !entry.outcome().equals("approved") && !why.isEmpty();
        boolean nobody = List.of("timeout", "no-terminal").contains(entry.outcome());
        return Bilingual.of(
                answerWord(entry.outcome()).en()
                        + (by.isEmpty() || nobody ? "" : " by " + by)
                        + (reason ? ": " + why : ""),
                (by.isEmpty() || nobody ? "" : by + " ")
                        + answerWord(entry.outcome()).zh()
                        + (reason ? "：" + why : ""));
    }

    /// What became of a question, for people.
    public static Bilingual answerWord(String outcome) {
        return switch (outcome) {
            case "approved" -> Bilingual.of("approved", "批准");
            case "granted" -> Bilingual.of("granted", "授权");
            case "declined" -> Bilingual.of("not approved (other words were typed)", "未批准（输入不符）");
            case "denied" -> Bilingual.of("declined", "拒绝批准");
            case "refused" -> Bilingual.of("refused by the second person", "第二人拒绝");
            case "timeout" -> Bilingual.of("expired: nobody answered", "超时：无人答复");
            case "no-terminal" -> Bilingual.of("not asked: no terminal", "未能询问：没有终端");
            case "cancelled" -> Bilingual.of("cancelled at the question", "在询问时取消");
            default -> Bilingual.same(outcome.isEmpty() ? "?" : outcome);
        };
    }

    private static Bilingual result(Recorded entry) {
        if (entry.header().has("exit")) {
            String cut = entry.header().path("truncated").asBoolean() ? " · cut" : "";
            return Bilingual.of(
                    "exit "
                            + Fields.text(entry, "exit")
                            + where(entry)
                            + ", "
                            + Fields.text(entry, "bytes")
                            + " bytes, "
                            + Fields.text(entry, "tookMillis")
                            + " ms"
                            + cut,
                    "退出码 "
                            + Fields.text(entry, "exit")
                            + whereZh(entry)
                            + "，"
                            + Fields.text(entry, "bytes")
                            + " 字节，"
                            + Fields.text(entry, "tookMillis")
                            + " 毫秒"
                            + (cut.isEmpty() ? "" : "（已截断）"));
        }
        return Bilingual.of(
                "did not run{0}: {1}", "未执行{2}：{1}", where(entry), why(entry), whereZh(entry));
    }

    private static Bilingual own(Recorded entry) {
        Optional<Bilingual> known =
                Optional.ofNullable(
                        switch (entry.type()) {
                            case "log.open" ->
                                    Bilingual.of("the record was begun or opened", "记录开始或打开");
                            case "log.rotate" -> Bilingual.of("next segment", "进入下一分段");
                            case "log.recover" ->
                                    Bilingual.of(
                                            "half-written bytes of a crash were cut off: "
                                                    + Fields.text(entry, "file"),
                                            "已切除崩溃留下的半截内容：" + Fields.text(entry, "file"));
                            case "session.open" ->
                                    Bilingual.of(
                                            entry.actor()
                                                    + " started "
                                                    + Fields.text(entry, "software"),
                                            entry.actor()
                                                    + " 启动了 "
                                                    + Fields.text(entry, "software"));
                            case "erase" ->
                                    Bilingual.of(
                                            "contents erased by "
                                                    + entry.actor()
                                                    + ": "
                                                    + Fields.text(entry, "reason"),
                                            entry.actor()
                                                    + " 清除了内容："
                                                    + Fields.text(entry, "reason"));
                            case "screen" ->
                                    Bilingual.of("what the screen showed was kept", "已保存屏幕所示内容");
                            case "audit.view", "audit.search", "audit.export", "audit.verify" ->
                                    Bilingual.of(
                                            entry.actor()
                                                    + " looked into the record: "
                                                    + Fields.text(entry, "asked"),
                                            entry.actor()
                                                    + " 查阅了记录："
                                                    + Fields.text(entry, "asked"));
                            default -> null;
                        });
        return known.orElse(
                Bilingual.same(
                        entry.type() + (entry.outcome().isEmpty() ? "" : " " + entry.outcome())));
    }

    private static String where(Recorded entry) {
        String host = Fields.text(entry, "host");
        String command = Fields.command(entry);
        return (host.isEmpty() ? "" : " on " + host) + (command.isEmpty() ? "" : ": " + command);
    }

    private static String whereZh(Recorded entry) {
        String host = Fields.text(entry, "host");
        String command = Fields.command(entry);
        return (host.isEmpty() ? "" : "（" + host + "）") + (command.isEmpty() ? "" : "：" + command);
    }

    private static String why(Recorded entry) {
        return Fields.text(entry, "why");
    }

    private static String after(String mark, String words) {
        return words.isEmpty() ? "" : mark + words;
    }
}
