package parley.safety.gate;

import parley.tools.Bilingual;

import java.util.ArrayList;
import java.util.List;

/// How a change goes over several hosts: a few first, then wave after wave, and when it stops.
///
/// @param canary how many hosts go first; when one of them fails, no other host is begun. 0 for
///   none
/// @param atOnce how many hosts are changed at the same time, the first ones included
/// @param maxFailures after so many failed hosts no further one is begun
public record Pace(int canary, int atOnce, int maxFailures) {
    /// One host, then one after the other, until the first that fails.
    public static final Pace CAREFUL = new Pace(1, 1, 1);

    private static final int MOST = 1_000;

    /// @throws IllegalArgumentException outside 0 to 1000, or where 0 would mean that nothing runs
    public Pace {
        if (canary < 0 || canary > MOST) {
            throw new IllegalArgumentException("canary is 0 to " + MOST + ": " + canary);
        }
        if (atOnce < 1 || atOnce > MOST) {
            throw new IllegalArgumentException("at once is 1 to " + MOST + ": " + atOnce);
        }
        if (maxFailures < 1 || maxFailures > MOST) {
            throw new IllegalArgumentException(
                    "the most failures is 1 to " + MOST + ": " + maxFailures);
        }
    }

    /// `hosts` in the waves in which they are changed; those of one wave at the same time.
    public <T> List<List<T>> waves(List<T> hosts) {
        int first = hosts.size() > 1 ? Math.min(canary, hosts.size()) : 0;
        List<List<T>> waves = new ArrayList<>(chunks(hosts.subList(0, first)));
        waves.addAll(chunks(hosts.subList(first, hosts.size())));
        return List.copyOf(waves);
    }

    private <T> List<List<T>> chunks(List<T> hosts) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < hosts.size(); from += atOnce) {
            chunks.add(List.copyOf(hosts.subList(from, Math.min(from + atOnce, hosts.size()))));
        }
        return chunks;
    }

    /// Whether wave number `wave`, the first being 0, is of those that go first: its failure ends
    /// it all, however many failures are allowed.
    public boolean isCanary(int wave, int hosts) {
        return hosts > 1 && wave < (Math.min(canary, hosts) + atOnce - 1) / atOnce;
    }

    /// The order, for people: `web-1 → web-2, web-3 → web-4`.
    Bilingual says(List<String> hosts) {
        String en =
                String.join(
                        " → ", waves(hosts).stream().map(wave -> String.join(", ", wave)).toList());
        return maxFailures == 1
                ? Bilingual.of(en + "; stops at the first that fails", en + "；有一台失败即停止")
                : Bilingual.of(
                        "{0}; stops after {1} failures", "{0}；累计 {1} 台失败后停止", en, maxFailures);
    }
}
