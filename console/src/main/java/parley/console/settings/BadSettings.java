package parley.console.settings;

import parley.tools.Bilingual;

/// A configuration that cannot be used: says where and what to write instead. Nothing was started.
public final class BadSettings extends Exception {
    private final transient Bilingual why;

    public BadSettings(Bilingual why) {
        super(why.en());
        this.why = why;
    }

    public Bilingual why() {
        return why;
    }
}
