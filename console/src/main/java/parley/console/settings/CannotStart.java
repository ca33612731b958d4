package parley.console.settings;

import parley.tools.Bilingual;

/// A command cannot begin: says why and with which exit code it ends.
public final class CannotStart extends Exception {
    private final transient Bilingual why;
    private final int exitCode;

    public CannotStart(Bilingual why, int exitCode) {
        super(why.en());
        this.why = why;
        this.exitCode = exitCode;
    }

    public Bilingual why() {
        return why;
    }

    public int exitCode() {
        return exitCode;
    }
}
