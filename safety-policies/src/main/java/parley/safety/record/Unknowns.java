package parley.safety.record;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The outcomes that nobody knows yet: entries `exec.unknown` that no `exec.settled` closes.
///
/// `exec.settled` names, in its field `settles`, the number of the entry it closes. Looking changes
/// nothing on a host, so only what was asked for counts, not previews and checks.
public final class Unknowns {
    public static final String UNKNOWN = "exec.unknown";
    public static final String SETTLED = "exec.settled";

    private Unknowns() {}

    /// The open ones, oldest first.
    ///
    /// @throws RecordUnavailable when the record cannot be read
    public static List<Recorded> open(AuditLog log) throws RecordUnavailable {
        try {
            return open(AuditReader.of(log.directory()));
        } catch (UncheckedIOException failure) {
            throw Refusals.wrap(log.directory(), failure);
        }
    }

    /// The open ones, oldest first.
    ///
    /// @throws UncheckedIOException when the record cannot be read
    public static List<Recorded> open(AuditReader reader) {
        Map<Long, Recorded> open = new LinkedHashMap<>();
        try (Stream<Recorded> entries = reader.entries(Set.of(UNKNOWN, SETTLED))) {
            entries.forEach(entry -> {
                if (entry.type().equals(SETTLED)) {
                    open.remove(entry.header().path("settles").asLong(-1));
                } else if (entry.header().path("purpose").asText("CALL").equals("CALL")) {
                    open.put(entry.sequence(), entry);
                }
            });
        }
        return List.copyOf(open.values());
    }
}
