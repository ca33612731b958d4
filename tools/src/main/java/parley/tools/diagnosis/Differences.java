package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where several hosts differ that were asked the same: what is wrong on some of them only says
/// more than what is wrong on all.
///
/// @param hosts how many were asked
/// @param common what is wrong on all of them, as the first of them has it
/// @param alone what is wrong on some only, by those hosts
/// @param healthy hosts of which nothing wrong is known and nothing was left unseen
public record Differences(
        int hosts,
        List<Conclusion> common,
        Map<List<String>, List<Conclusion>> alone,
        List<String> healthy) {
    public Differences {
        common = List.copyOf(common);
        alone = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(alone));
        healthy = List.copyOf(healthy);
    }

    /// Empty where nothing is wrong anywhere.
    public static Optional<Differences> of(Map<String, Diagnosed> read) {
        Map<String, Set<String>> where = new LinkedHashMap<>();
        Map<String, Conclusion> causes = new LinkedHashMap<>();
        read.forEach((host, diagnosed) ->
                diagnosed
                        .causes()
                        .forEach(one -> {
                            where.computeIfAbsent(kind(one), none -> new LinkedHashSet<>())
                                    .add(host);
                            causes.putIfAbsent(kind(one), one);
                        }));
        List<Conclusion> common = new ArrayList<>();
        Map<List<String>, List<Conclusion>> alone = new LinkedHashMap<>();
        where.forEach((kind, hosts) -> {
            Conclusion one = requireNonNull(causes.get(kind));
            if (hosts.size() == read.size()) {
                common.add(one);
            } else {
                alone.computeIfAbsent(List.copyOf(hosts), none -> new ArrayList<>()).add(one);
            }
        });
        List<String> healthy =
                read.entrySet().stream()
                        .filter(entry -> entry.getValue().causes().isEmpty())
                        .filter(entry -> entry.getValue().with(Confidence.NOT_EXCLUDED).isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        return causes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Differences(read.size(), common, alone, healthy));
    }

    /// The same thing on another host has other figures.
    private static String kind(Conclusion one) {
        return one.statement().en().replaceAll("\\d[\\d.,:]*( [KMGT]i?B| [a-z%]{1,3}\\b)?", "#");
    }
}
