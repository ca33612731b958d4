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
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Asks the same question with rising evidence. The least that permits is what is needed; where
/// nothing does, the answer is no.
///
/// Cedar is asked as rarely as that allows. Without evidence it names every rule that is in the
/// way, and each rule says (`@rung`) what lifts it; so the rung is known then, and only proven: it
/// permits, and the one below does not. Where a rule said something else than it does, every rung
/// is asked.
final class Ladder {
    private final Policies policies;
    private final Map<Asked, Decision> answers = new HashMap<>();

    private record Asked(String object, Evidence evidence) {}

    Ladder(Policies policies) {
        this.policies = requireNonNull(policies, "policies is null");
    }

    /// Whether every object is permitted with this evidence.
    boolean permits(PolicyQuestion question, SortedSet<String> objects, Evidence evidence) {
        return objects.stream().allMatch(object -> ask(question, object, evidence).allowed());
    }

    Verdict climb(PolicyQuestion question, SortedSet<String> objects) {
        answers.clear();
        if (permits(question, objects, Evidence.NONE)) {
            return verdict(question, objects, Evidence.NONE);
        }
        Optional<Evidence> said = said(question, objects);
        if (said.isEmpty()) {
            // More evidence never turns a yes into a no: where all of it is not enough, none is.
            if (!permits(question, objects, Evidence.SECOND_PERSON)) {
                return new Verdict.Deny(rules(question, objects, Evidence.SECOND_PERSON));
            }
        } else if (permits(question, objects, said.get())
                && !permits(question, objects, below(said.get()))) {
            return verdict(question, objects, said.get());
        }
        return everyRung(question, objects);
    }

    private Verdict everyRung(PolicyQuestion question, SortedSet<String> objects) {
        for (Evidence evidence : Evidence.values()) {
            if (permits(question, objects, evidence)) {
                return verdict(question, objects, evidence);
            }
        }
        return new Verdict.Deny(rules(question, objects, Evidence.SECOND_PERSON));
    }

    /// The evidence that the rules in the way ask for, as they say themselves; empty where one of
    /// them asks for nothing that people could give, or none is named.
    private Optional<Evidence> said(PolicyQuestion question, SortedSet<String> objects) {
        Evidence most = Evidence.NONE;
        for (String object : objects) {
            Decision decision = ask(question, object, Evidence.NONE);
            if (decision.allowed()) {
                continue;
            }
            if (!decision.trouble().isEmpty() || decision.because().isEmpty()) {
                return Optional.empty();
            }
            for (PolicyRule rule : decision.because()) {
                Optional<Evidence> lifts = lifts(rule);
                if (lifts.isEmpty()) {
                    return Optional.empty();
                }
                most = most.covers(lifts.get()) ? most : lifts.get();
            }
        }
        return most == Evidence.NONE ? Optional.empty() : Optional.of(most);
    }

    private static Optional<Evidence> lifts(PolicyRule rule) {
        return switch (rule.rung()) {
            case "confirm" -> Optional.of(Evidence.CONFIRMED);
            case "typed" -> Optional.of(Evidence.TYPED);
            case "second-person" -> Optional.of(Evidence.SECOND_PERSON);
            default -> Optional.empty();
        };
    }

    private static Evidence below(Evidence evidence) {
        return switch (evidence) {
            case NONE, CONFIRMED -> Evidence.NONE;
            case TYPED -> Evidence.CONFIRMED;
            case SECOND_PERSON -> Evidence.TYPED;
        };
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
        return answers.computeIfAbsent(
                new Asked(object, evidence),
                ignored -> policies.decide(question.about(object).with(evidence)));
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
