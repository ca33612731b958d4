package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;

import java.time.Duration;
import java.time.Instant;

/// When something began, by this machine's clock: so that moments of several hosts can be compared.
///
/// @param at corrected by how far the host's clock is ahead of ours
/// @param withinMs how far off that may be: half of the way there and back, and the finest step of
///   what told the time
public record Onset(
        @Means(en = "at", zh = "时间") Instant at,
        @Means(en = "give or take (ms)", zh = "误差（毫秒）") long withinMs) {
    public Onset {
        requireNonNull(at, "at is null");
        if (withinMs < 0) {
            throw new IllegalArgumentException("withinMs is negative: " + withinMs);
        }
    }

    /// Whether it was before `other`, however wrong both are.
    public boolean isSurelyBefore(Onset other) {
        return at.plusMillis(withinMs).isBefore(other.at.minusMillis(other.withinMs));
    }

    public Duration until(Onset later) {
        return Duration.between(at, later.at);
    }
}
