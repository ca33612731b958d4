package parley.safety.gate;

import parley.safety.policy.PolicyError;
import parley.tools.Bilingual;

/// Stand for the absence of a rule, or of policies at all. They are placed where permits are
/// written.
final class SyntheticRules {
    private static final String FILE = "policies/who-may.cedar";

    private SyntheticRules() {}

    /// Nothing permits it.
    static Verdict.Rule defaultDeny() {
        return rule(
                "default-deny",
                Bilingual.of("No rule permits this person to do this here.", "没有规则允许此人在此执行这一操作。"));
    }

    static Verdict.Rule unknownTool(String tool, String effect) {
        return rule(
                "unknown-tool",
                Bilingual.of(
                        "{0} with the effect \"{1}\" is not in the catalogue.",
                        "目录中没有影响为“{1}”的 {0}。", tool, effect));
    }

    static Verdict.Rule tooManyObjects(int most) {
        return rule(
                "too-many-objects",
                Bilingual.of(
                        "A step that touches more than {0} things is not judged; split it.",
                        "一步涉及的对象超过 {0} 个，不予判定；请拆分。", most));
    }

    static Verdict.Rule undecidable(String trouble) {
        String shown = Sanitiser.line(trouble);
        return rule(
                "undecidable",
                Bilingual.of(
                        "The policies could not be asked, so the answer is no: " + shown,
                        "无法询问策略，因此不允许：" + shown));
    }

    /// The files as they stand now cannot be used.
    static Verdict.Rule unusable(PolicyError error) {
        return rule(
                "policies-unusable",
                Bilingual.of(
                        "The policies cannot be used, so nothing is permitted: "
                                + Sanitiser.line(error.why().en()),
                        "策略无法使用，因此一切操作都不被允许：" + Sanitiser.line(error.why().zh())));
    }

    private static Verdict.Rule rule(String id, Bilingual says) {
        return new Verdict.Rule(id, FILE, 1, says, true);
    }
}
