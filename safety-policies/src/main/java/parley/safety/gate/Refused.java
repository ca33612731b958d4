package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

/// The gate gives no permit. Nothing may run.
public final class Refused extends Exception {
    private final transient Verdict verdict;
    private final transient Bilingual why;

    public Refused(Verdict verdict, Bilingual why) {
        super(why.en());
        this.verdict = requireNonNull(verdict, "verdict is null");
        this.why = requireNonNull(why, "why is null");
    }

    /// What the gate thinks of the step now.
    public Verdict verdict() {
        return verdict;
    }

    public Bilingual why() {
        return why;
    }
}
