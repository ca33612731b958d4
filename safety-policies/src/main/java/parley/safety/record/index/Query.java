package parley.safety.record.index;

import static java.util.Objects.requireNonNull;

import parley.safety.record.Recorded;

import java.time.Instant;
import java.util.Optional;

/// What is looked for. Empty texts ask for nothing.
///
/// @param operator who asked or approved
/// @param verdict `allow`, `confirm`, `typed`, `two-person` or `deny`
/// @param since the earliest time, as the writer's clock had it
/// @param until the first time that is too late
public record Query(
        Words words,
        String operator,
        String host,
        String tool,
        String verdict,
        String type,
        String outcome,
        String run,
        Optional<Instant> since,
        Optional<Instant> until) {
    public Query {
        requireNonNull(words, "words is null");
        requireNonNull(operator, "operator is null");
        requireNonNull(host, "host is null");
        requireNonNull(tool, "tool is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(type, "type is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(run, "run is null");
        requireNonNull(since, "since is null");
        requireNonNull(until, "until is null");
    }

    /// Entries with these words, whoever and wherever.
    public static Query of(String words) {
        return new Query(
                Words.of(words), "", "", "", "", "", "", "", Optional.empty(), Optional.empty());
    }

    /// Whether the entry's header is as asked, by the record's own word.
    boolean fits(Recorded entry) {
        return same(operator, entry.actor())
                && same(host, entry.header().path("host").asText())
                && same(tool, entry.header().path("tool").asText())
                && same(verdict, entry.header().path("verdict").asText())
                && same(type, entry.type())
                && same(outcome, entry.outcome())
                && entry.run().startsWith(run)
                && since.filter(entry.time()::isBefore).isEmpty()
                && until.filter(end -> !entry.time().isBefore(end)).isEmpty();
    }

    private static boolean same(String asked, String there) {
        return asked.isEmpty() || asked.equals(there);
    }
}
