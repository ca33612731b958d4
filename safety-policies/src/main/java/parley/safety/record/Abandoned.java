package parley.safety.record;

import java.time.Duration;
import java.time.Instant;

/// Tells an intent whose process still runs from one that nobody will finish.
final class Abandoned {
    /// The kernel tells a process's start only to hundredths of a second, and clocks are corrected.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Abandoned() {}

    static boolean is(Recorded intent) {
        if (!intent.header().path("boot").asText().equals(Header.bootId())) {
            return true;
        }
        return ProcessHandle.of(intent.header().path("pid").asLong())
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedBefore(process, intent.time()))
                .isEmpty();
    }

    /// A later process may have got the same number.
    private static boolean startedBefore(ProcessHandle process, Instant time) {
        return process.info()
                .startInstant()
                .map(start -> !start.minus(TOLERANCE).isAfter(time))
                .orElse(true);
    }
}
