package parley.safety.record;

import java.util.concurrent.TimeUnit;

/// What a writer does when nobody asks: signs what stands unsigned for a while, and says now and
/// then that it is there. By the monotonic clock; what the time of day is plays no part.
final class Due {
    private static final long NOTHING = TimeUnit.DAYS.toNanos(1);

    private final Rhythm rhythm;
    private boolean wrote;
    private boolean unsigned;
    private long since = System.nanoTime();
    private boolean beats;

    Due(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    /// Entries were written and not signed.
    void appended() {
        if (!unsigned) {
            since = System.nanoTime();
        }
        wrote = true;
        unsigned = true;
    }

    /// Everything is signed; or that was tried, and is tried again as late.
    void signed() {
        unsigned = false;
        since = System.nanoTime();
    }

    /// Nanoseconds until something is due. A process that wrote nothing has nothing to say.
    long untilNext() {
        if (!wrote) {
            return NOTHING;
        }
        beats = !unsigned;
        long wait = (unsigned ? rhythm.sign() : rhythm.heartbeat()).toNanos();
        return Math.max(0, since + wait - System.nanoTime());
    }

    /// Whether what is due is a sign of life.
    boolean beats() {
        return beats;
    }
}
