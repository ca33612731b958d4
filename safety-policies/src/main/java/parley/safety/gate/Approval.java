package parley.safety.gate;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import parley.safety.policy.Evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// What a person approved: exactly the steps of one card, each once, for a short while. Only the
/// gate makes one.
public final class Approval {
    /// How long the approval of the person who asks holds.
    public static final Duration LASTS = Duration.ofMinutes(10);

    /// How long what was begun in time may go on in all: many hosts one after the other.
    public static final Duration GOES_ON = Duration.ofHours(12);

    /// How long it may rest between two steps: a long transaction is cleared away at its end, and
    /// the next hosts follow. A machine that slept overnight begins nothing in the morning.
    public static final Duration RESTS = Duration.ofHours(2);

    private final String id;
    private final String digest;
    private final Evidence evidence;
    private final Actor approver;
    private final String shown;
    private final Instant given;
    private final Instant expires;
    private final String policies;
    private final Map<String, Integer> left;
    private final AtomicReference<@Nullable Instant> used = new AtomicReference<>();

    /// @param steps how often each step, by its digest, may run
    Approval(
            String id,
            String digest,
            Evidence evidence,
            Actor approver,
            String shown,
            Instant given,
            Instant expires,
            String policies,
            Map<String, Integer> steps) {
        this.id = requireNonNull(id, "id is null");
        this.digest = requireNonNull(digest, "digest is null");
        this.evidence = requireNonNull(evidence, "evidence is null");
        this.approver = requireNonNull(approver, "approver is null");
        this.shown = requireNonNull(shown, "shown is null");
        this.given = requireNonNull(given, "given is null");
        this.expires = requireNonNull(expires, "expires is null");
        this.policies = requireNonNull(policies, "policies is null");
        this.left = new ConcurrentHashMap<>(steps);
    }

    /// Different for every approval.
    public String id() {
        return id;
    }

    /// The digest of the card.
    public String digest() {
        return digest;
    }

    /// What it proves: that a person confirmed, typed the words, or that somebody else approved.
    public Evidence evidence() {
        return evidence;
    }

    /// 1 confirmed, 2 typed words, 3 somebody else approved, as in [Verdict#rung].
    public int rung() {
        return switch (evidence) {
            case NONE -> 0;
            case CONFIRMED -> 1;
            case TYPED -> 2;
            case SECOND_PERSON -> 3;
        };
    }

    public Actor approver() {
        return approver;
    }

    /// SHA-256, in hex, of the exact text of the card that the person saw.
    public String shown() {
        return shown;
    }

    public Instant given() {
        return given;
    }

    /// From this moment on nothing can be begun with it; what was begun before may go on.
    public Instant expires() {
        return expires;
    }

    /// The hash of the policies by which what it approves was judged.
    public String policies() {
        return policies;
    }

    boolean isValidAt(Instant now) {
        Instant last = used.get();
        if (last == null) {
            return !now.isBefore(given) && now.isBefore(expires);
        }
        return !now.isBefore(given)
                && now.isBefore(last.plus(RESTS))
                && now.isBefore(given.plus(GOES_ON));
    }

    boolean covers(String stepDigest) {
        return left.containsKey(stepDigest);
    }

    /// Takes one use of the step; false when there is none left. Atomic.
    boolean consume(String stepDigest, Instant now) {
        boolean[] taken = {false};
        left.computeIfPresent(
                stepDigest,
                (digestOfStep, uses) -> {
                    taken[0] = uses > 0;
                    return uses > 0 ? uses - 1 : uses;
                });
        if (taken[0]) {
            used.accumulateAndGet(
                    now, (last, next) -> last != null && last.isAfter(next) ? last : next);
        }
        return taken[0];
    }
}
