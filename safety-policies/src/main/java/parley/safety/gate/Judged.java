package parley.safety.gate;

import static java.util.Objects.requireNonNull;

/// A step with what the gate was told about it and what it answered.
public record Judged(Step step, Circumstances circumstances, Verdict verdict) {
    public Judged {
        requireNonNull(step, "step is null");
        requireNonNull(circumstances, "circumstances is null");
        requireNonNull(verdict, "verdict is null");
    }
}
