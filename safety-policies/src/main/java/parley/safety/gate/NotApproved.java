package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

/// What a person did does not approve the card. Nothing was approved.
public final class NotApproved extends Exception {
    private final transient Bilingual why;

    private final boolean undecided;

    public NotApproved(Bilingual why) {
        this(why, false);
    }

    NotApproved(Bilingual why, boolean undecided) {
        super(why.en());
        this.undecided = undecided;
        this.why = requireNonNull(why, "why is null");
    }

    public Bilingual why() {
        return why;
    }

    /// Whether somebody may still approve it: nobody's answer counted so far.
    public boolean undecided() {
        return undecided;
    }
}
