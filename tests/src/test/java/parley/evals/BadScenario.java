package parley.evals;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;

import java.nio.file.Path;

/// A scenario file that cannot be used: which line, what is wrong with it, and what instead.
final class BadScenario extends Exception {
    private final transient Bilingual why;

    BadScenario(Bilingual why) {
        super(why.en());
        this.why = requireNonNull(why, "why is null");
    }

    BadScenario(String en, String zh) {
        this(Bilingual.of(en, zh));
    }

    /// The same, with the place where it is.
    BadScenario at(Path file, int line) {
        String where = file + ":" + line + ": ";
        return new BadScenario(Bilingual.of(where + why.en(), where + why.zh()));
    }

    Bilingual why() {
        return why;
    }
}
