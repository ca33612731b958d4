package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What failed on several hosts in the order of time: what comes first is nearest to the cause, and
/// the rest may follow from it.
///
/// @param links the first failure of each host that had one, the earliest first
/// @param sure whether the first of them was before all others, however wrong the clocks are
/// @param quiet hosts on which nothing failed in that time
/// @param unknown hosts that could not be placed: not read, or their clock was not
public record Chain(List<Link> links, boolean sure, List<String> quiet, List<String> unknown) {
    /// What lies further apart belongs to another incident.
    static final Duration SAME_INCIDENT = Duration.ofMinutes(15);

    /// The first failure of one host.
    public record Link(String host, Conclusion conclusion, Onset onset) {
        public Link {
            requireNonNull(host, "host is null");
            requireNonNull(conclusion, "conclusion is null");
            requireNonNull(onset, "onset is null");
        }
    }

    public Chain {
        links = List.copyOf(links);
        quiet = List.copyOf(quiet);
        unknown = List.copyOf(unknown);
        if (links.isEmpty()) {
            throw new IllegalArgumentException("nothing failed");
        }
    }

    public Link first() {
        return links.getFirst();
    }

    /// The newest incident of these hosts; empty when nothing on any of them is dated.
    ///
    /// @param read what a diagnosis came to on each host
    public static Optional<Chain> of(Map<String, Diagnosed> read) {
        List<Link> dated = new ArrayList<>();
        List<String> quiet = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        read.forEach((host, diagnosed) -> {
            List<Link> here =
                    diagnosed.causes().stream()
                            .flatMap(one -> one.since().stream().map(at -> new Link(host, one, at)))
                            .toList();
            dated.addAll(here);
            if (here.isEmpty()) {
                boolean seen = diagnosed.with(Confidence.NOT_EXCLUDED).isEmpty();
                (seen ? quiet : unknown).add(host);
            }
        });
        dated.sort(Comparator.comparing((Link one) -> one.onset().at()));
        List<Link> incident = newest(dated);
        List<Link> links = new ArrayList<>();
        for (Link one : incident) {
            if (links.stream().noneMatch(known -> known.host().equals(one.host()))) {
                links.add(one);
            }
        }
        dated.stream()
                .map(Link::host)
                .distinct()
                .filter(host -> links.stream().noneMatch(one -> one.host().equals(host)))
                .forEach(quiet::add);
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chain(links, isSure(links), quiet, unknown));
    }

    /// Walks back from the last failure until there was quiet for a while.
    private static List<Link> newest(List<Link> dated) {
        int from = Math.max(0, dated.size() - 1);
        while (from > 0
                && dated.get(from - 1)
                                .onset()
                                .until(dated.get(from).onset())
                                .compareTo(SAME_INCIDENT)
                        <= 0) {
            from--;
        }
        return dated.subList(from, dated.size());
    }

    private static boolean isSure(List<Link> links) {
        return links.stream()
                .skip(1)
                .allMatch(one -> links.getFirst().onset().isSurelyBefore(one.onset()));
    }
}
