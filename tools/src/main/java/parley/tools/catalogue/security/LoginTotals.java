package parley.tools.catalogue.security;

import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Adds up what the entries of sshd and sudo say, in the order of time.
final class LoginTotals {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_NAMES = 10;

    private LoginTotals() {}

    static List<LoginGroup> accepted(List<LoginEvent> events) {
        Map<List<String>, LoginGroup> groups = new LinkedHashMap<>();
        for (LoginEvent event : events) {
            if (event.kind() == LoginEvent.Kind.ACCEPTED) {
                String source = event.source().orElse("");
                groups.merge(
                        List.of(event.user(), source, event.detail()),
                        new LoginGroup(
                                new HostText(event.user()),
                                new HostText(source),
                                new HostText(event.detail()),
                                1,
                                event.time(),
                                event.time(),
                                event.line()),
                        (before, now) ->
                                new LoginGroup(
                                        before.user(),
                                        before.source(),
                                        before.method(),
                                        before.count() + 1,
                                        before.first(),
                                        now.last(),
                                        before.line()));
            }
        }
        return List.copyOf(groups.values());
    }

    static List<FailedSource> failed(List<LoginEvent> events) {
        Map<String, List<LoginEvent>> bySource = new LinkedHashMap<>();
        Set<Long> told = new HashSet<>();
        for (LoginEvent event : events) {
            // a connection that ended after a wrong password was told by the wrong password
            boolean counts =
                    event.kind() == LoginEvent.Kind.FAILED
                            || (event.kind() == LoginEvent.Kind.ABANDONED
                                    && !told.contains(event.process()));
            if (counts) {
                told.add(event.process());
                bySource.computeIfAbsent(event.source().orElse(""), ignored -> new ArrayList<>())
                        .add(event);
            }
        }
        List<FailedSource> sources = new ArrayList<>();
        bySource.forEach((source, failures) -> sources.add(failed(source, failures, events)));
        sources.sort(Comparator.comparingLong(FailedSource::count).reversed());
        return List.copyOf(sources);
    }

    private static FailedSource failed(
            String source, List<LoginEvent> failures, List<LoginEvent> all) {
        Instant last = failures.getLast().time();
        Optional<Instant> success =
                all.stream()
                        .filter(event -> event.kind() == LoginEvent.Kind.ACCEPTED)
                        .filter(event -> event.source().filter(source::equals).isPresent())
                        .map(LoginEvent::time)
                        .filter(time -> !time.isBefore(last))
                        .findFirst();
        return new FailedSource(
                new HostText(source),
                failures.size(),
                failures.stream()
                        .map(LoginEvent::user)
                        .distinct()
                        .limit(MOST_NAMES)
                        .map(HostText::new)
                        .toList(),
                worst(failures),
                failures.getFirst().time(),
                last,
                success,
                failures.getFirst().line());
    }

    /// How many fall into the worst window.
    private static long worst(List<LoginEvent> failures) {
        int worst = 0;
        int from = 0;
        for (int to = 0; to < failures.size(); to++) {
            Instant earliest = failures.get(to).time().minus(WINDOW);
            while (failures.get(from).time().isBefore(earliest)) {
                from++;
            }
            worst = Math.max(worst, to - from + 1);
        }
        return worst;
    }

    static List<SudoRefusal> sudo(List<LoginEvent> events) {
        Map<List<String>, SudoRefusal> refusals = new LinkedHashMap<>();
        for (LoginEvent event : events) {
            if (event.kind() == LoginEvent.Kind.SUDO_REFUSED) {
                refusals.merge(
                        List.of(event.user(), event.detail()),
                        new SudoRefusal(
                                new HostText(event.user()),
                                new HostText(event.detail()),
                                1,
                                event.time(),
                                event.line()),
                        (before, now) ->
                                new SudoRefusal(
                                        before.user(),
                                        before.reason(),
                                        before.count() + 1,
                                        now.last(),
                                        before.line()));
            }
        }
        return List.copyOf(refusals.values());
    }
}
