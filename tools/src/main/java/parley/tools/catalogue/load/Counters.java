package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.read.Line;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Named numbers as `/proc/meminfo` (`Name: number kB`) and `/proc/vmstat` (`name number`) print
/// them.
final class Counters {
    private static final Pattern MEMORY = Pattern.compile("([A-Za-z0-9_()]+): +(\\d+)( kB)?");
    private static final Pattern PLAIN = Pattern.compile("([a-z0-9_]+) (\\d+)");

    private final String file;
    private final Map<String, Long> values = new HashMap<>();
    private final Map<String, Finding.Lines> lines = new HashMap<>();

    private Counters(String file) {
        this.file = file;
    }

    /// `/proc/meminfo`, amounts in bytes.
    static Counters memory(List<Line> lines) throws Unreadable {
        Counters counters = new Counters("/proc/meminfo");
        for (Line line : lines) {
            Matcher form = line.match(MEMORY, "Name: number kB");
            long unit = form.group(3) == null ? 1 : 1024;
            counters.add(line, form.group(1), line.bytes(form.group(2), unit).value());
        }
        return counters;
    }

    /// `/proc/vmstat`.
    static Counters plain(List<Line> lines) throws Unreadable {
        Counters counters = new Counters("/proc/vmstat");
        for (Line line : lines) {
            Matcher form = line.match(PLAIN, "name number");
            counters.add(line, form.group(1), line.whole(form.group(2)));
        }
        return counters;
    }

    private void add(Line line, String name, long value) throws Unreadable {
        if (values.put(name, value) != null) {
            throw line.refused("each name once");
        }
        lines.put(name, line.at());
    }

    long get(String name) throws Unreadable {
        Long value = values.get(name);
        if (value == null) {
            throw new Unreadable(Bilingual.of("no {0} in {1}", "{1} 中没有 {0}", name, file));
        }
        return value;
    }

    /// Where those of `names` stand that are there.
    List<Finding.Lines> lines(String... names) {
        return Arrays.stream(names).filter(lines::containsKey).map(lines::get).toList();
    }

    OptionalLong find(String name) {
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /// The sum of all counters that are `name` or `name_` with a zone.
    long sum(String name) {
        return values.entrySet().stream()
                .filter(entry ->
                        entry.getKey().equals(name) || entry.getKey().startsWith(name + "_"))
                .filter(entry -> !entry.getKey().endsWith("_throttle"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
