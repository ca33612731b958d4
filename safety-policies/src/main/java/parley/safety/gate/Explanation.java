package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.safety.policy.Evidence;
import parley.tools.Risk;

import java.util.List;
import java.util.SortedSet;

/// How a verdict comes about: what the gate takes the step for, and what each rung of the ladder
/// gives.
///
/// @param objects what is judged one by one; `""` stands for none
/// @param rungs by rising evidence
public record Explanation(
        Verdict verdict, Risk effect, SortedSet<String> objects, List<Rung> rungs) {
    /// The answer with this evidence.
    ///
    /// @param rules those that refuse, or, when it is allowed, those that permit
    public record Rung(Evidence evidence, boolean allowed, List<Verdict.Rule> rules) {
        public Rung {
            requireNonNull(evidence, "evidence is null");
            rules = List.copyOf(rules);
        }
    }

    public Explanation {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(effect, "effect is null");
        rungs = List.copyOf(rungs);
    }
}
