package parley.safety.policy;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

/// Policies that were not loaded: which file and line, and what is wrong there. While they stand
/// so, nothing is permitted.
public final class PolicyError extends Exception {
    private final transient Bilingual why;

    public PolicyError(Bilingual why, @Nullable Throwable cause) {
        super(why.en(), cause);
        this.why = requireNonNull(why, "why is null");
    }

    /// Several lines: what is wrong, the place, the offending line with a caret, what to do.
    public Bilingual why() {
        return why;
    }
}
