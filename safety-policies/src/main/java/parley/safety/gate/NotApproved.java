package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

/// What a person did does not approve the card. Nothing was approved.
public final class NotApproved extends Exception {
    private final transient Bilingual why;

    public NotApproved(Bilingual why) {
        super(why.en());
        this.why = requireNonNull(why, "why is null");
    }

    public Bilingual why() {
        return why;
    }
}
