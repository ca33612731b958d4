package parley.safety.gate;

import static java.util.Comparator.comparing;

import parley.safety.policy.Decision;
import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyQuestion;
import parley.safety.policy.PolicyRule;
import parley.tools.Bilingual;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Asks the same question with rising evidence. The least that permits is what is needed; where
/// nothing does, the answer is no.
record Ladder(Policies policies) {
    /// Whether every object is permitted with this evidence.
    boolean permits(PolicyQuestion question, SortedSet<String> objects, Evidence evidence) {
        return objects.stream().allMatch(object -> ask(question, object, evidence).allowed());
    }

    Verdict climb(PolicyQuestion question, SortedSet<String> objects) {
        for (Evidence evidence : Evidence.values()) {
            if (permits(question, objects, evidence)) {
                return switch (evidence) {
                    case NONE -> new Verdict.Allow(rules(question, objects, evidence));
                    case CONFIRMED -> new Verdict.Confirm(rules(question, objects, Evidence.NONE));
                    case TYPED ->
                            new Verdict.TypedConfirm(rules(question, objects, Evidence.CONFIRMED));
                    case SECOND_PERSON ->
                            new Verdict.TwoPerson(rules(question, objects, Evidence.TYPED));
                };
            }
        }
        return new Verdict.Deny(rules(question, objects, Evidence.SECOND_PERSON));
    }

    /// What every rung gives.
    List<Explanation.Rung> explain(PolicyQuestion question, SortedSet<String> objects) {
        return Arrays.stream(Evidence.values())
                .map(evidence ->
                        new Explanation.Rung(
                                evidence,
                                permits(question, objects, evidence),
                                rules(question, objects, evidence)))
                .toList();
    }

    private Decision ask(PolicyQuestion question, String object, Evidence evidence) {
        return policies.decide(question.about(object).with(evidence));
    }

    /// The policies that decide with this evidence: those that refuse, or, when none does, those
    /// that permit.
    private List<Verdict.Rule> rules(
            PolicyQuestion question, SortedSet<String> objects, Evidence evidence) {
        Set<Verdict.Rule> refusing = byPlace();
        Set<Verdict.Rule> permitting = byPlace();
        for (String object : objects) {
            Decision decision = ask(question, object, evidence);
            Set<Verdict.Rule> side = decision.allowed() ? permitting : refusing;
            decision.because().stream()
                    .filter(rule -> rule.permits() == decision.allowed())
                    .forEach(rule -> side.add(rule(rule)));
            if (!decision.trouble().isEmpty()) {
                refusing.add(undecidable(String.join("; ", decision.trouble())));
            } else if (!decision.allowed() && decision.because().isEmpty()) {
                refusing.add(defaultDeny());
            }
        }
        return List.copyOf(refusing.isEmpty() ? permitting : refusing);
    }

    private static Set<Verdict.Rule> byPlace() {
        return new TreeSet<>(
                comparing(Verdict.Rule::file)
                        .thenComparingInt(Verdict.Rule::line)
                        .thenComparing(Verdict.Rule::id));
    }

    private static Verdict.Rule rule(PolicyRule rule) {
        return new Verdict.Rule(rule.id(), rule.file(), rule.line(), rule.says());
    }

    /// Stands for the absence of a rule: nothing permits it.
    Verdict.Rule defaultDeny() {
        return synthetic(
                "default-deny",
                Bilingual.of("No rule permits this person to do this here.", "没有规则允许此人在此执行这一操作。"));
    }

    Verdict.Rule unknownTool(String tool, String effect) {
        return synthetic(
                "unknown-tool",
                Bilingual.of(
                        tool + " with the effect \"" + effect + "\" is not in the catalogue.",
                        "目录中没有影响为“" + effect + "”的 " + tool + "。"));
    }

    Verdict.Rule tooManyObjects(int most) {
        return synthetic(
                "too-many-objects",
                Bilingual.of(
                        "A step that touches more than "
                                + most
                                + " things is not judged; split it.",
                        "一步涉及的对象超过 " + most + " 个，不予判定；请拆分。"));
    }

    private Verdict.Rule undecidable(String trouble) {
        String shown = Sanitiser.line(trouble);
        return synthetic(
                "undecidable",
                Bilingual.of(
                        "The policies could not be asked, so the answer is no: " + shown,
                        "无法询问策略，因此不允许：" + shown));
    }

    /// A rule that stands in no file is placed where permits are written.
    private Verdict.Rule synthetic(String id, Bilingual says) {
        String file =
                policies.rules().stream()
                        .filter(PolicyRule::permits)
                        .map(PolicyRule::file)
                        .findFirst()
                        .orElse("policies/who-may.cedar");
        return new Verdict.Rule(id, file, 1, says);
    }
}
