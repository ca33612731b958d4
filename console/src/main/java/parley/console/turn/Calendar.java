package parley.console.turn;

import static java.util.Objects.requireNonNull;

import parley.tools.Environment;
import parley.tools.Host;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When which hosts may be changed: freezes, maintenance windows and maintenance locks.
///
/// @param zone the time zone of every time in it
/// @param windows hosts that none of these is about may be changed at any time
/// @param locks by the name of the host
public record Calendar(
        ZoneId zone, List<Freeze> freezes, List<Window> windows, Map<String, Lock> locks) {
    /// Nothing is frozen, closed or locked.
    public static final Calendar EMPTY =
            new Calendar(ZoneOffset.UTC, List.of(), List.of(), Map.of());

    /// Which hosts something is about; an empty set leaves that question open.
    public record Covered(Set<Environment> env, Set<String> groups, Set<String> hosts) {
        public Covered {
            env = Set.copyOf(env);
            groups = Set.copyOf(groups);
            hosts = Set.copyOf(hosts);
        }

        boolean covers(Host host) {
            return (env.isEmpty() || env.contains(host.environment()))
                    && (groups.isEmpty() || host.groups().stream().anyMatch(groups::contains))
                    && (hosts.isEmpty() || hosts.contains(host.name()));
        }
    }

    /// Nothing is changed from `from` on and before `until`.
    public record Freeze(String name, LocalDateTime from, LocalDateTime until, Covered covered) {
        public Freeze {
            requireNonNull(name, "name is null");
            requireNonNull(covered, "covered is null");
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException(name + ": from must be before until");
            }
        }
    }

    /// Open on these days from `from` on and before `until`; past midnight when `until` is earlier.
    public record Window(
            String name, Set<DayOfWeek> days, LocalTime from, LocalTime until, Covered covered) {
        public Window {
            requireNonNull(name, "name is null");
            days = Set.copyOf(days);
            requireNonNull(from, "from is null");
            requireNonNull(until, "until is null");
            requireNonNull(covered, "covered is null");
        }

        boolean isOpen(ZonedDateTime now) {
            LocalTime time = now.toLocalTime();
            if (from.isBefore(until)) {
                return days.contains(now.getDayOfWeek())
                        && !time.isBefore(from)
                        && time.isBefore(until);
            }
            return (days.contains(now.getDayOfWeek()) && !time.isBefore(from))
                    || (days.contains(now.getDayOfWeek().minus(1)) && time.isBefore(until));
        }
    }

    /// Somebody works on the host; nobody else changes it.
    public record Lock(String by, String reason, LocalDateTime until) {
        public Lock {
            requireNonNull(by, "by is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(until, "until is null");
        }
    }

    public Calendar {
        requireNonNull(zone, "zone is null");
        freezes = List.copyOf(freezes);
        windows = List.copyOf(windows);
        locks = Map.copyOf(locks);
    }

    Optional<Freeze> freeze(Host host, ZonedDateTime now) {
        LocalDateTime time = now.toLocalDateTime();
        return freezes.stream()
                .filter(freeze -> freeze.covered().covers(host))
                .filter(freeze -> !time.isBefore(freeze.from()) && time.isBefore(freeze.until()))
                .findFirst();
    }

    boolean isOutsideWindows(Host host, ZonedDateTime now) {
        List<Window> own =
                windows.stream().filter(window -> window.covered().covers(host)).toList();
        return !own.isEmpty() && own.stream().noneMatch(window -> window.isOpen(now));
    }

    Optional<Lock> lock(Host host, ZonedDateTime now) {
        return Optional.ofNullable(locks.get(host.name()))
                .filter(lock -> now.toLocalDateTime().isBefore(lock.until()));
    }

    /// This and another one that can only add to it; the zone stays this one's.
    public Calendar and(Calendar more) {
        List<Freeze> allFreezes = new ArrayList<>(freezes);
        allFreezes.addAll(more.freezes);
        Map<String, Lock> allLocks = new java.util.HashMap<>(more.locks);
        allLocks.putAll(locks);
        // A second window would open what the first keeps closed: they only count where there is
        // none.
        return new Calendar(zone, allFreezes, windows.isEmpty() ? more.windows : windows, allLocks);
    }
}
