package parley.tools.schema;

import parley.tools.Bilingual;

/// Arguments that a tool refuses: which one, why, and what it takes instead.
public final class BadArguments extends Exception {
    private final transient Bilingual why;

    public BadArguments(Bilingual why) {
        super(why.en());
        this.why = why;
    }

    public Bilingual why() {
        return why;
    }
}
