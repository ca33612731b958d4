package parley.console.approvals;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

/// The shared folder cannot be used, or not trusted.
public final class UnusableFolder extends Exception {
    private final transient Bilingual why;

    UnusableFolder(Bilingual why) {
        super(why.en());
        this.why = requireNonNull(why, "why is null");
    }

    public Bilingual why() {
        return why;
    }
}
