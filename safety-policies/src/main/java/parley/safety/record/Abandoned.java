package parley.safety.record;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Stream;

/// Tells an intent whose process still runs from one that nobody will finish.
final class Abandoned {
    /// The kernel tells a process's start only to hundredths of a second, and clocks are corrected.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Abandoned() {}

    /// Those of the `open` intents whose process no longer runs.
    static List<Recorded> of(AuditReader reader, NavigableSet<Long> open) throws RecordUnavailable {
        if (open.isEmpty()) {
            return List.of();
        }
        try (Stream<Recorded> entries = reader.from(open.first())) {
            return entries.takeWhile(entry -> entry.sequence() <= open.last())
                    .filter(entry -> open.contains(entry.sequence()))
                    .filter(Abandoned::is)
                    .toList();
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(reader.directory(), failure);
        }
    }

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
