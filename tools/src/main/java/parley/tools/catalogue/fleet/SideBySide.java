package parley.tools.catalogue.fleet;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Clue;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.Reading;
import parley.tools.catalogue.fleet.Comparison.Compared;
import parley.tools.catalogue.fleet.Comparison.Difference;
import parley.tools.catalogue.fleet.Comparison.Variant;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Puts what was read on several hosts side by side.
final class SideBySide {
    private static final int MOST_SHOWN = 50;
    private static final String NONE = "—";

    private SideBySide() {}

    static Reading<Comparison> reading(List<Aspect> aspects, List<Host> hosts, List<Clue> clues) {
        List<Compared> compared = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        List<Bilingual> gaps = new ArrayList<>();
        for (Aspect aspect : aspects) {
            Optional<Call<?>> call = aspect.call();
            if (call.isEmpty()) {
                gaps.add(
                        Bilingual.of(
                                aspect.called().en() + ": no tool reads them for a whole host",
                                aspect.called().zh() + "：没有工具可读取整台主机的此项内容"));
                continue;
            }
            Map<String, Map<String, String>> facts = new LinkedHashMap<>();
            List<HostText> unknown = new ArrayList<>();
            for (Host host : hosts) {
                Optional<Clue> clue = find(clues, host, call.get());
                Map<String, String> read =
                        clue.flatMap(Clue::reading)
                                .map(one -> Facts.of(aspect, one.value()))
                                .orElse(Map.of());
                if (read.isEmpty()) {
                    unknown.add(new HostText(host.name()));
                    gaps.add(gap(aspect, host, clue));
                } else {
                    facts.put(host.name(), read);
                }
            }
            List<Difference> found = differences(aspect, facts);
            Set<String> names = new TreeSet<>();
            facts.values().forEach(one -> names.addAll(one.keySet()));
            compared.add(
                    new Compared(
                            aspect,
                            (long) names.size() - found.size(),
                            found.size(),
                            facts.size(),
                            unknown));
            found.stream().limit(MOST_SHOWN).forEach(differences::add);
            if (found.size() > MOST_SHOWN) {
                gaps.add(
                        Bilingual.of(
                                "{0}: the first {1} of {2} differences are listed",
                                "{0}：共 {2} 处不同，只列出前 {1} 处",
                                aspect.called(),
                                MOST_SHOWN,
                                found.size()));
            }
        }
        List<HostText> names = hosts.stream().map(host -> new HostText(host.name())).toList();
        return Reading.of(new Comparison(names, compared, differences), gaps);
    }

    private static Optional<Clue> find(List<Clue> clues, Host host, Call<?> call) {
        return clues.stream().filter(one -> one.lead().equals(new Lead(host, call))).findFirst();
    }

    private static Bilingual gap(Aspect aspect, Host host, Optional<Clue> clue) {
        Bilingual why =
                clue.map(Clue::result)
                        .map(one ->
                                one instanceof Clue.Missing missing
                                        ? missing.why()
                                        : Bilingual.of("nothing was read", "没有读到内容"))
                        .orElse(Bilingual.of("it was not read", "没有读取"));
        return Bilingual.of("{0}, {1}: {2}", "{0} 的{1}：{2}", host.name(), aspect.called(), why);
    }

    /// Names with more than one value, those first where a few hosts differ from all others.
    private static List<Difference> differences(
            Aspect aspect, Map<String, Map<String, String>> facts) {
        Set<String> names = new TreeSet<>();
        facts.values().forEach(one -> names.addAll(one.keySet()));
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            Map<String, List<HostText>> byValue = new TreeMap<>();
            facts.forEach((host, read) ->
                    byValue.computeIfAbsent(read.getOrDefault(name, NONE), key -> new ArrayList<>())
                            .add(new HostText(host)));
            if (byValue.size() > 1) {
                differences.add(difference(aspect, name, byValue));
            }
        }
        return differences;
    }

    private static Difference difference(
            Aspect aspect, String name, Map<String, List<HostText>> byValue) {
        List<Variant> values =
                byValue.entrySet().stream()
                        .map(one -> new Variant(new HostText(one.getKey()), one.getValue()))
                        .sorted(
                                Comparator.comparingInt((Variant one) -> one.hosts().size())
                                        .reversed())
                        .toList();
        Variant rarest = values.getLast();
        boolean clear = rarest.hosts().size() < values.getFirst().hosts().size();
        return new Difference(
                aspect, new HostText(name), values, clear ? rarest.hosts() : List.of());
    }
}
