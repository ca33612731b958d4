package parley.console.repl;

import parley.console.reach.FirstContact;
import parley.console.turn.Person;
import parley.safety.gate.Card;
import parley.safety.gate.Sanitiser;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Language;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Nobody at a terminal: a script, a pipe, a scheduled run. Nothing is ever approved by silence.
public final class AbsentPerson implements Person, FirstContact {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Map<String, Phase> phases = new ConcurrentHashMap<>();
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

    /// A log of a scheduled run says when work enters another phase, never each percent of it.
    @Override
    public void working(String host, Optional<Bilingual> what) {
        if (what.isEmpty()) {
            phases.remove(host);
            return;
        }
        String words = what.get().in(language);
        Phase now = new Phase(words.replaceAll("[0-9]+", ""), Instant.now());
        Phase before = phases.get(host);
        if (before == null || now.isWorthTelling(before)) {
            phases.put(host, now);
            errors.println(Sanitiser.line(host + ": " + words));
        }
    }

    private record Phase(String words, Instant told) {
        boolean isWorthTelling(Phase before) {
            return !words.equals(before.words)
                    && Duration.between(before.told, told).compareTo(QUIET) >= 0;
        }
    }

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
