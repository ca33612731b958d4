package parley.safety.gate;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import parley.safety.policy.Decision;
import parley.safety.policy.Evidence;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyQuestion;
import parley.safety.policy.PolicyRule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Asks the same question with rising evidence. The least that permits is what is needed; where
/// nothing does, the answer is no.
///
/// Cedar is asked as rarely as that allows: once without evidence; then the text of the policies
/// tells which rules more evidence lifts (see [Policies#decide(PolicyQuestion, Decision)]).
final class Ladder {
    private final Policies policies;
    private final Map<Asked, Decision> answers = new HashMap<>();

    private record Asked(String object, Evidence evidence) {}

    Ladder(Policies policies) {
        this.policies = requireNonNull(policies, "policies is null");
    }

    /// Whether every object is permitted with this evidence, asked outright.
    boolean permits(PolicyQuestion question, SortedSet<String> objects, Evidence evidence) {
        return objects.stream()
                .allMatch(
                        object -> policies.decide(question.about(object).with(evidence)).allowed());
    }

    Verdict climb(PolicyQuestion question, SortedSet<String> objects) {
        answers.clear();
        for (Evidence evidence : Evidence.values()) {
            if (objects.stream().allMatch(object -> ask(question, object, evidence).allowed())) {
                return verdict(question, objects, evidence);
            }
        }
        return new Verdict.Deny(rules(question, objects, Evidence.SECOND_PERSON));
    }

    private Verdict verdict(PolicyQuestion question, SortedSet<String> objects, Evidence evidence) {
        return switch (evidence) {
            case NONE -> new Verdict.Allow(rules(question, objects, evidence));
            case CONFIRMED -> new Verdict.Confirm(rules(question, objects, Evidence.NONE));
            case TYPED -> new Verdict.TypedConfirm(rules(question, objects, Evidence.CONFIRMED));
            case SECOND_PERSON -> new Verdict.TwoPerson(rules(question, objects, Evidence.TYPED));
        };
    }

    /// What every rung gives.
    List<Explanation.Rung> explain(PolicyQuestion question, SortedSet<String> objects) {
        answers.clear();
        return Arrays.stream(Evidence.values())
                .map(evidence ->
                        new Explanation.Rung(
                                evidence,
                                permits(question, objects, evidence),
                                rules(question, objects, evidence)))
                .toList();
    }

    /// One ladder is of one question; each of its rungs is asked once.
    private Decision ask(PolicyQuestion question, String object, Evidence evidence) {
        Asked asked = new Asked(object, evidence);
        Decision known = answers.get(asked);
        if (known != null) {
            return known;
        }
        PolicyQuestion about = question.about(object).with(evidence);
        Decision decision =
                evidence == Evidence.NONE
                        ? policies.decide(about)
                        : policies.decide(about, ask(question, object, Evidence.NONE));
        answers.put(asked, decision);
        return decision;
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
        return new Verdict.Rule(
                rule.id(), rule.file(), rule.line(), rule.says(), rule.toldToModels());
    }
}
