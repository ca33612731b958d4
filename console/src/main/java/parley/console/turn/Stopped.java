package parley.console.turn;

import parley.tools.Bilingual;

/// A call cannot go on; carries how it ended.
final class Stopped extends Exception {
    private final transient Outcome outcome;

    Stopped(Outcome outcome) {
        super(outcome.says().en());
        this.outcome = outcome;
    }

    static Stopped of(Outcome.Kind kind, Bilingual says) {
        return new Stopped(Outcome.of(kind, says));
    }

    Outcome outcome() {
        return outcome;
    }
}
