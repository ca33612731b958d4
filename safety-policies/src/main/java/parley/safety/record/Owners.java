package parley.safety.record;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Whose requests are whose: of whom the first entry of each is. Reads on where it stopped.
final class Owners {
    private final AuditReader reader;
    private final Map<String, String> byRun = new HashMap<>();
    private long next;

    Owners(AuditReader reader) {
        this.reader = reader;
    }

    /// Whether `user` made request `run`. Whoever adds to another's does not make it theirs.
    synchronized boolean owns(String user, String run) throws RecordUnavailable {
        if (!byRun.containsKey(run)) {
            readOn();
        }
        return user.equals(byRun.get(run));
    }

    private void readOn() throws RecordUnavailable {
        try (Stream<Recorded> entries = reader.from(next)) {
            entries.forEach(entry -> {
                next = entry.sequence() + 1;
                if (!entry.run().isEmpty()) {
                    byRun.putIfAbsent(entry.run(), entry.actor());
                }
            });
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(reader.directory(), failure);
        }
    }
}
