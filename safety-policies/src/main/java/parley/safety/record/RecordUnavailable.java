package parley.safety.record;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

/// The record cannot be written or must not be appended to. Nothing may run.
public final class RecordUnavailable extends Exception {
    private final transient Bilingual why;

    public RecordUnavailable(Bilingual why, @Nullable Throwable cause) {
        super(why.en(), cause);
        this.why = requireNonNull(why, "why is null");
    }

    public Bilingual why() {
        return why;
    }
}
