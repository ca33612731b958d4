package parley.tools.value;

import parley.tools.Bilingual;

/// A value that its type refuses: says what it should look like.
public final class BadValue extends IllegalArgumentException {
    private final transient Bilingual why;

    public BadValue(Bilingual why) {
        super(why.en());
        this.why = why;
    }

    public Bilingual why() {
        return why;
    }
}
