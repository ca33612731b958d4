package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.safety.policy.Situation;
import parley.safety.record.AuditReader;
import parley.safety.record.Recorded;
import parley.safety.record.Unknowns;
import parley.tools.Change;
import parley.tools.Host;
import parley.tools.catalogue.Catalogue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What holds around a host at this moment, for the gate: the calendar, what was declared, and what
/// the record says about the last hour.
public final class Situations {
    /// As much of the record as is looked through for the last hour.
    private static final int MOST_ENTRIES = 4_000;

    private final Calendar calendar;
    private final Declarations declarations;
    private final Path record;
    private final Catalogue catalogue;
    private final InstantSource clock;

    public Situations(
            Calendar calendar,
            Declarations declarations,
            Path record,
            Catalogue catalogue,
            InstantSource clock) {
        this.calendar = requireNonNull(calendar, "calendar is null");
        this.declarations = requireNonNull(declarations, "declarations is null");
        this.record = requireNonNull(record, "record is null");
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public Declarations declarations() {
        return declarations;
    }

    /// What is declared is only evidence while it matters: looking takes no emergency.
    Situation observing(Host host, String person) {
        return of(host, person, 0, 0);
    }

    /// For a change; reads the end of the record.
    Situation changing(Host host, String person) {
        Instant since = clock.instant().minus(Duration.ofHours(1));
        long changes = 0;
        long failures = 0;
        List<Recorded> newest = newest();
        Set<Long> took = took(newest);
        for (Recorded entry : newest) {
            if (entry.time().isBefore(since) || !isChange(entry)) {
                continue;
            }
            boolean here = entry.header().path("host").asText().equals(host.name());
            if (entry.type().equals("exec.intent")) {
                changes++;
            } else if (here
                    && !took.contains(entry.sequence())
                    && (entry.outcome().equals("failed") || entry.outcome().equals("unknown"))) {
                failures++;
            }
        }
        return of(host, person, changes, failures);
    }

    /// The numbers of those whose outcome nobody knew until somebody looked: they took after all,
    /// so they are no failures.
    private static Set<Long> took(List<Recorded> entries) {
        return entries.stream()
                .filter(entry ->
                        entry.type().equals(Unknowns.SETTLED) && entry.outcome().equals("took"))
                .map(entry -> entry.header().path("settles").asLong())
                .collect(Collectors.toSet());
    }

    private List<Recorded> newest() {
        try {
            return AuditReader.of(record).newest(MOST_ENTRIES);
        } catch (UncheckedIOException unreadable) {
            // Whoever cannot read the record cannot write it either: nothing will run.
            return List.of();
        }
    }

    private boolean isChange(Recorded entry) {
        return entry.type().startsWith("exec.")
                && entry.header().path("purpose").asText().equals("CALL")
                && catalogue
                        .find(entry.header().path("tool").asText())
                        .filter(tool -> tool instanceof Change<?, ?>)
                        .isPresent();
    }

    private Situation of(Host host, String person, long changes, long failures) {
        ZonedDateTime now = clock.instant().atZone(calendar.zone());
        Declarations.Declared declared = declarations.current();
        return new Situation(
                now.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT),
                now.getHour(),
                calendar.freeze(host, now).isPresent(),
                calendar.isOutsideWindows(host, now),
                calendar.lock(host, now).filter(lock -> !lock.by().equals(person)).isPresent(),
                declared.ticket(),
                !declared.breakGlass().isEmpty(),
                !declared.freezeOverride().isEmpty(),
                changes,
                failures);
    }
}
