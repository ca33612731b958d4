package parley.console.repl;

import parley.console.reach.FirstContact;
import parley.console.turn.Person;
import parley.safety.gate.Card;
import parley.safety.gate.Sanitiser;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Language;

import java.io.PrintStream;
import java.util.Optional;

/// Nobody at a terminal: a script, a pipe, a scheduled run. Nothing is ever approved by silence.
public final class AbsentPerson implements Person, FirstContact {
    private final PrintStream errors;
    private final Language language;
    private final Optional<String> digest;

    /// @param digest what `--approve` gave
    public AbsentPerson(PrintStream errors, Language language, Optional<String> digest) {
        this.errors = errors;
        this.language = language;
        this.digest = digest;
    }

    @Override
    public Answer approve(Card card) {
        card.lines().forEach(errors::println);
        return new Answer.Absent();
    }

    @Override
    public Optional<String> approvedDigest() {
        return digest;
    }

    @Override
    public void progress(Bilingual what) {}

    @Override
    public void notice(Bilingual what) {
        errors.println(Sanitiser.line(what.in(language)));
    }

    @Override
    public void partial(String words) {}

    @Override
    public boolean trust(Host host, String keyType, String fingerprint) {
        return false;
    }
}
