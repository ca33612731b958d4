package parley.safety.record.story;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.Recorded;
import parley.tools.Bilingual;

import java.util.Optional;
import java.util.Set;

/// Something that was tried and did not come to pass: what auditors look at first.
public record NearMiss(Kind kind, Recorded entry) {
    /// The types of entries that can be one.
    public static final Set<String> TYPES =
            Set.of("plan", "plan.reject", "policy.decision", "approval.decision", "exec.result");

    public NearMiss {
        requireNonNull(kind, "kind is null");
        requireNonNull(entry, "entry is null");
    }

    /// Why it did not come to pass.
    public enum Kind {
        /// The policies refused.
        REFUSED("refused by a policy", "策略拒绝"),
        /// A refused call with an argument that a host had printed: what a host prints is data.
        INJECTION("refused: an argument came from a host's output", "拒绝：参数来自主机输出"),
        /// The planner proposed what is not in the catalogue, the schema or the inventory.
        UNKNOWN("no such tool, argument or host", "没有这样的工具、参数或主机"),
        /// A planner's reply could not be used.
        PLANNER_FAILED("a planner failed", "规划器失败"),
        /// There was no tool for what was asked, or the request was declined.
        NO_PLAN("nothing in the catalogue does this", "目录中没有能做到的工具"),
        /// A person said no, or typed other words.
        DECLINED("declined by a person", "被人拒绝"),
        /// Nobody answered in time.
        EXPIRED("expired unanswered", "超时未答复"),
        /// Nobody could be asked, or the question was cancelled.
        NOT_ASKED("could not be asked, or was cancelled", "未能询问或已取消"),
        /// The permit was refused at the last moment: stale approval, changed policies.
        STOPPED("stopped right before it ran", "在执行前的最后一刻被阻止");

        private final String en;
        private final String zh;

        Kind(String en, String zh) {
            this.en = en;
            this.zh = zh;
        }

        public Bilingual says() {
            return Bilingual.of(en, zh);
        }

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// The near miss that `entry` is; empty when it is none.
    public static Optional<NearMiss> of(Recorded entry) {
        return kind(entry).map(kind -> new NearMiss(kind, entry));
    }

    private static Optional<Kind> kind(Recorded entry) {
        return switch (entry.type()) {
            case "plan" ->
                    entry.outcome().equals("declined")
                            ? Optional.of(Kind.NO_PLAN)
                            : Optional.empty();
            case "plan.reject" ->
                    Optional.of(
                            entry.outcome().equals("refused") ? Kind.UNKNOWN : Kind.PLANNER_FAILED);
            case "policy.decision" ->
                    !Fields.text(entry, "verdict").equals("deny")
                            ? Optional.empty()
                            : Optional.of(fromOutput(entry) ? Kind.INJECTION : Kind.REFUSED);
            case "approval.decision" ->
                    switch (entry.outcome()) {
                        case "approved", "granted" -> Optional.empty();
                        case "timeout" -> Optional.of(Kind.EXPIRED);
                        case "no-terminal", "cancelled" -> Optional.of(Kind.NOT_ASKED);
                        default -> Optional.of(Kind.DECLINED);
                    };
            case "exec.result" ->
                    Fields.text(entry, "kind").equals("REFUSED")
                            ? Optional.of(Kind.STOPPED)
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean fromOutput(Recorded decision) {
        for (JsonNode source : decision.header().path("provenance")) {
            if (source.asText().equals("OUTPUT")) {
                return true;
            }
        }
        return false;
    }
}
