package parley.console.report;

import parley.safety.record.story.Telling;
import parley.tools.Bilingual;

/// Words of the record, for people.
final class Words {
    private Words() {}

    /// A verdict or an outcome; everything else as it is.
    static Bilingual of(String value) {
        return switch (value) {
            case "allow", "confirm", "typed", "two-person", "deny" -> Telling.verdictWord(value);
            case "done", "ok" -> Bilingual.of(value, "完成");
            case "failed" -> Bilingual.of("failed", "失败");
            case "denied" -> Bilingual.of("denied", "被拒绝");
            case "partly" -> Bilingual.of("partly done", "部分完成");
            case "unknown" -> Bilingual.of("unknown", "结果不明");
            case "unreachable" -> Bilingual.of("unreachable", "无法连接");
            case "unreadable" -> Bilingual.of("unreadable", "无法解读");
            case "cancelled" -> Bilingual.of("cancelled", "已取消");
            case "question" -> Bilingual.of("asked back", "反问");
            case "no-tool", "no_tool" -> Bilingual.of("no tool for it", "没有相应工具");
            case "approval-needed", "approval_needed" -> Bilingual.of("approval needed", "需要审批");
            case "planned" -> Bilingual.of("planned only", "仅规划");
            case "unfinished" -> Bilingual.of("unfinished", "未结束");
            default -> Bilingual.same(value.isEmpty() ? "–" : value);
        };
    }

    /// How loudly an outcome is shown: `good`, `warn`, `bad` or `calm`.
    static String tone(String value) {
        return switch (value) {
            case "done", "ok", "allow", "approved", "granted", "took", "answered" -> "good";
            case "denied", "deny", "failed", "unknown", "did-not-take", "refused" -> "bad";
            case "confirm",
                    "typed",
                    "two-person",
                    "partly",
                    "unreachable",
                    "unfinished",
                    "timeout" ->
                    "warn";
            default -> "calm";
        };
    }

    /// What a step is for.
    static Bilingual purpose(String purpose) {
        return switch (purpose) {
            case "IDENTIFY" -> Bilingual.of("what host is it", "识别主机");
            case "PREVIEW" -> Bilingual.of("before", "变更前");
            case "CHECK" -> Bilingual.of("after", "变更后");
            case "CALL" -> Bilingual.of("asked for", "所求");
            default -> Bilingual.same(purpose.isEmpty() ? "–" : purpose);
        };
    }
}
