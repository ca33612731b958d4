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
    private final String order;

    private Card(
            List<Judged> steps,
            List<String> lines,
            String digest,
            int rung,
            String wordsToType,
            String policies,
            String order) {
        this.order = order;
        this.policies = policies;
        this.steps = steps;
        this.lines = lines;
        this.digest = digest;
        this.rung = rung;
        this.wordsToType = wordsToType;
    }

    static Card of(List<Judged> steps, String policies, Language language, Pace pace) {
        if (requireNonNull(steps, "steps is null").isEmpty()) {
            throw new IllegalArgumentException("a card without steps");
        }
        List<Judged> exact = List.copyOf(steps);
        int rung = exact.stream().mapToInt(judged -> judged.verdict().rung()).max().orElseThrow();
        String order = order(exact, pace);
        String digest = digest(digests(exact), policies, order);
        String words = rung == 2 || rung == 3 ? TypedWords.of(exact) : "";
        List<String> lines =
                new CardText(language, pace).lines(CardCall.group(exact), rung, digest, words);
        return new Card(exact, lines, digest, rung, words, policies, order);
    }

    private static List<String> digests(List<Judged> steps) {
        return steps.stream().map(judged -> judged.step().digest()).toList();
    }

    /// Whoever approved one host after the other did not approve all at once.
    private static String order(List<Judged> steps, Pace pace) {
        boolean several =
                steps.stream().map(judged -> judged.step().host().name()).distinct().count() > 1;
        return several && !pace.equals(Pace.CAREFUL) ? pace.toString() : "";
    }

    /// The digest of a card of steps of which only the digests are at hand.
    ///
    /// @param policies the hash of the policies it was judged by
    /// @param order as in [#order]
    public static String digest(Collection<String> steps, String policies, String order) {
        ObjectNode card = Json.mapper().createObjectNode().put("policies", policies);
        steps.stream().sorted().forEach(card.putArray("steps")::add);
        if (!order.isEmpty()) {
            card.put("order", order);
        }
        return Canonical.sha256(card);
    }

    /// How it goes over several hosts; empty where that is one after the other until the first that
    /// fails.
    public String order() {
        return order;
    }

    /// The steps it stands for.
    public List<Judged> steps() {
        return steps;
    }

    /// Its text, line by line, fit for any terminal.
    public List<String> lines() {
        return lines;
    }

    /// SHA-256, in hex, over the sorted digests of the steps, the hash of the policies, and the
    /// order where it is not one host after the other.
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
