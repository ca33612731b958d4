package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Canonical;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.util.Collection;
import java.util.List;

/// What a person approves: rendered by the gate from the exact steps, in the person's language,
/// with nothing of a model's on it.
public final class Card {
    private final List<Judged> steps;
    private final List<String> lines;
    private final String digest;
    private final int rung;
    private final String wordsToType;
    private final String policies;

    private Card(
            List<Judged> steps,
            List<String> lines,
            String digest,
            int rung,
            String wordsToType,
            String policies) {
        this.policies = policies;
        this.steps = steps;
        this.lines = lines;
        this.digest = digest;
        this.rung = rung;
        this.wordsToType = wordsToType;
    }

    static Card of(List<Judged> steps, String policies, Language language) {
        if (requireNonNull(steps, "steps is null").isEmpty()) {
            throw new IllegalArgumentException("a card without steps");
        }
        List<Judged> exact = List.copyOf(steps);
        int rung = exact.stream().mapToInt(judged -> judged.verdict().rung()).max().orElseThrow();
        String digest = digest(exact, policies);
        String words = rung == 2 || rung == 3 ? TypedWords.of(exact) : "";
        List<String> lines =
                new CardText(language).lines(CardCall.group(exact), rung, digest, words);
        return new Card(exact, lines, digest, rung, words, policies);
    }

    private static String digest(List<Judged> steps, String policies) {
        return digest(steps.stream().map(judged -> judged.step().digest()).toList(), policies);
    }

    /// The digest of a card of steps of which only the digests are at hand.
    ///
    /// @param policies the hash of the policies it was judged by
    public static String digest(Collection<String> steps, String policies) {
        ObjectNode card = Json.mapper().createObjectNode().put("policies", policies);
        steps.stream().sorted().forEach(card.putArray("steps")::add);
        return Canonical.sha256(card);
    }

    /// The steps it stands for.
    public List<Judged> steps() {
        return steps;
    }

    /// Its text, line by line, fit for any terminal.
    public List<String> lines() {
        return lines;
    }

    /// SHA-256, in hex, over the sorted digests of the steps and the hash of the policies.
    public String digest() {
        return digest;
    }

    /// The most that any step needs, as in [Verdict#rung].
    public int rung() {
        return rung;
    }

    /// What must be typed, the same in every language: `restart nginx on web-1`. Empty unless the
    /// rung is 2 or 3; at 3 each of the two people types it.
    public String wordsToType() {
        return wordsToType;
    }

    /// The hash of the policies it was judged by.
    public String policies() {
        return policies;
    }
}
