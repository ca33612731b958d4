package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;

import parley.safety.record.Canonical;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.util.List;

/// What a person approves: rendered by the gate from the exact steps, in the person's language,
/// with nothing of a model's on it.
public final class Card {
    private final List<Judged> steps;
    private final List<String> lines;
    private final String digest;
    private final int rung;
    private final String wordsToType;

    private Card(
            List<Judged> steps, List<String> lines, String digest, int rung, String wordsToType) {
        this.steps = steps;
        this.lines = lines;
        this.digest = digest;
        this.rung = rung;
        this.wordsToType = wordsToType;
    }

    static Card of(List<Judged> steps, Language language, Pace pace) {
        if (requireNonNull(steps, "steps is null").isEmpty()) {
            throw new IllegalArgumentException("a card without steps");
        }
        List<Judged> exact = List.copyOf(steps);
        int rung = exact.stream().mapToInt(judged -> judged.verdict().rung()).max().orElseThrow();
        String digest = digest(exact, pace);
        String words = rung == 2 ? TypedWords.of(exact) : "";
        List<String> lines =
                new CardText(language, pace).lines(CardCall.group(exact), rung, digest, words);
        return new Card(exact, lines, digest, rung, words);
    }

    private static String digest(List<Judged> steps, Pace pace) {
        ArrayNode digests = Json.mapper().createArrayNode();
        steps.stream().map(judged -> judged.step().digest()).sorted().forEach(digests::add);
        boolean several =
                steps.stream().map(judged -> judged.step().host().name()).distinct().count() > 1;
        if (several && !pace.equals(Pace.CAREFUL)) {
            // Whoever approved one host after the other did not approve all at once.
            digests.add(pace.toString());
        }
        return Canonical.sha256(digests);
    }

    /// The steps it stands for.
    public List<Judged> steps() {
        return steps;
    }

    /// Its text, line by line, fit for any terminal.
    public List<String> lines() {
        return lines;
    }

    /// SHA-256, in hex, over the sorted digests of the steps, and the pace where it is not the
    /// careful one.
    public String digest() {
        return digest;
    }

    /// The most that any step needs, as in [Verdict#rung].
    public int rung() {
        return rung;
    }

    /// What must be typed, the same in every language: `restart nginx on web-1`. Empty unless the
    /// rung is 2.
    public String wordsToType() {
        return wordsToType;
    }
}
