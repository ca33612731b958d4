package parley.safety.record;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;

/// How often things happen by themselves, and how large they grow.
///
/// @param clock what entries say; plays no part in when anything happens
/// @param segmentLimit bytes of a segment
/// @param segmentAge how old a segment's first entry may be before the next one is begun
/// @param sign how long an entry stays unsigned
/// @param heartbeat how long a recorder stays silent before it says that it is there
/// @param reserve bytes kept free for finishing what was begun, when the disk is full
record Rhythm(
        InstantSource clock,
        long segmentLimit,
        Duration segmentAge,
        Duration sign,
        Duration heartbeat,
        long reserve) {
    Rhythm {
        requireNonNull(clock, "clock is null");
        requireNonNull(segmentAge, "segmentAge is null");
        requireNonNull(sign, "sign is null");
        requireNonNull(heartbeat, "heartbeat is null");
    }

    static Rhythm of(InstantSource clock, long segmentLimit) {
        return new Rhythm(
                clock,
                segmentLimit,
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                8L << 20);
    }

    Rhythm signing(Duration after) {
        return new Rhythm(clock, segmentLimit, segmentAge, after, heartbeat, reserve);
    }

    Rhythm beating(Duration every) {
        return new Rhythm(clock, segmentLimit, segmentAge, sign, every, reserve);
    }

    Rhythm rotating(Duration age) {
        return new Rhythm(clock, segmentLimit, age, sign, heartbeat, reserve);
    }

    Rhythm reserving(long bytes) {
        return new Rhythm(clock, segmentLimit, segmentAge, sign, heartbeat, bytes);
    }
}
