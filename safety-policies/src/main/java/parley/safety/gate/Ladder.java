package parley.safety.gate;

import static java.util.Comparator.comparing;

import parley.safety.policy.Decision;
import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyQuestion;
import parley.safety.policy.PolicyRule;

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
                refusing.add(SyntheticRules.undecidable(String.join("; ", decision.trouble())));
            } else if (!decision.allowed() && decision.because().isEmpty()) {
                refusing.add(SyntheticRules.defaultDeny());
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
}
