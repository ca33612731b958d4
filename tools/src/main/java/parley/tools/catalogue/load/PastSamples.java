package parley.tools.catalogue.load;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Bilingual;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.MetricsHistory.History;
import parley.tools.read.HostClock;
import parley.tools.value.HostText;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The samples of the time asked for, by figure and device.
final class PastSamples {
    private static final int MOST_DEVICES = 8;

    private final MetricsHistory.Arguments arguments;
    private final HostClock clock;
    private final LocalDate date;
    private final List<Instant> times = new ArrayList<>();
    private final List<Bilingual> gaps = new ArrayList<>();
    private final Map<List<String>, List<Double>> values = new LinkedHashMap<>();
    private final Map<List<String>, List<Instant>> moments = new LinkedHashMap<>();
    private long seconds;

    PastSamples(MetricsHistory.Arguments arguments, HostClock clock, LocalDate date) {
        this.arguments = arguments;
        this.clock = clock;
        this.date = date;
    }

    void add(JsonNode statistics) throws Unreadable {
        for (JsonNode one : statistics) {
            JsonNode stamp = one.path("timestamp");
            Instant time = time(stamp);
            if (isAsked(time)) {
                times.add(time);
                seconds = stamp.path("interval").asLong();
                figures(one, time);
            }
        }
    }

    private Instant time(JsonNode stamp) throws Unreadable {
        try {
            LocalDate day = LocalDate.parse(stamp.path("date").asText());
            LocalTime time = LocalTime.parse(stamp.path("time").asText());
            return stamp.path("utc").asInt() == 1
                    ? day.atTime(time).toInstant(ZoneOffset.UTC)
                    : clock.at(day.atTime(time));
        } catch (DateTimeException refused) {
            throw new Unreadable(
                    Bilingual.of(
                            "sadf: expected a date and a time, found " + stamp,
                            "sadf：应为日期和时间，实为 " + stamp));
        }
    }

    /// A file of a month ago bears the same name.
    private boolean isAsked(Instant time) {
        ZonedDateTime local = time.atZone(clock.zone());
        return local.toLocalDate().equals(date)
                && arguments
                        .from()
                        .filter(from -> local.toLocalTime().isBefore(from.time()))
                        .isEmpty()
                && arguments.to().filter(to -> local.toLocalTime().isAfter(to.time())).isEmpty();
    }

    private void figures(JsonNode one, Instant time) {
        switch (arguments.metric()) {
            case CPU -> {
                for (JsonNode cpu : one.path("cpu-load")) {
                    if (cpu.path("cpu").asText().equals("all")) {
                        put(
                                time,
                                "busy",
                                "",
                                "%",
                                100 - decimal(cpu, "idle") - decimal(cpu, "iowait"));
                        put(time, "waiting for disks", "", "%", decimal(cpu, "iowait"));
                        put(time, "stolen", "", "%", decimal(cpu, "steal"));
                    }
                }
            }
            case MEM -> {
                JsonNode memory = one.path("memory");
                put(time, "used", "", "%", decimal(memory, "memused-percent"));
                put(time, "committed", "", "%", decimal(memory, "commit-percent"));
            }
            case SWAP -> put(time, "used", "", "%", decimal(one.path("memory"), "swpused-percent"));
            case LOAD -> {
                JsonNode queue = one.path("queue");
                put(time, "load 1 min", "", "", decimal(queue, "ldavg-1"));
                put(time, "blocked", "", "", decimal(queue, "blocked"));
            }
            case DISK -> {
                for (JsonNode disk : one.path("disk")) {
                    String name = disk.path("disk-device").asText();
                    put(time, "busy", name, "%", decimal(disk, "util-percent"));
                    put(time, "await", name, "ms", decimal(disk, "await"));
                    put(time, "read", name, "KiB/s", decimal(disk, "rkB"));
                    put(time, "written", name, "KiB/s", decimal(disk, "wkB"));
                }
            }
            case NET -> {
                for (JsonNode device : one.path("network").path("net-dev")) {
                    String name = device.path("iface").asText();
                    put(time, "received", name, "KiB/s", decimal(device, "rxkB"));
                    put(time, "sent", name, "KiB/s", decimal(device, "txkB"));
                }
            }
        }
    }

    private static double decimal(JsonNode node, String name) {
        return node.path(name).asDouble();
    }

    private void put(Instant time, String what, String of, String unit, double value) {
        List<String> key = List.of(what, of, unit);
        values.computeIfAbsent(key, none -> new ArrayList<>()).add(Math.max(0, value));
        moments.computeIfAbsent(key, none -> new ArrayList<>()).add(time);
    }

    List<Bilingual> gaps() {
        return List.copyOf(gaps);
    }

    /// Devices that did nothing all the time are left out.
    History history() {
        List<PastSeries> series = new ArrayList<>();
        values.forEach((key, numbers) -> {
            boolean whole = key.get(1).isEmpty();
            if (whole || numbers.stream().anyMatch(one -> one > 0)) {
                series.add(
                        PastSeries.of(
                                key.get(0),
                                whole ? Optional.empty() : Optional.of(new HostText(key.get(1))),
                                key.get(2),
                                moments.getOrDefault(key, List.of()),
                                numbers));
            }
        });
        if (series.size() > 4 * MOST_DEVICES) {
            gaps.add(Bilingual.of("only the first 8 devices are shown", "只显示前 8 个设备"));
        }
        return new History(
                arguments.metric().name().toLowerCase(Locale.ROOT),
                times.stream().findFirst(),
                times.isEmpty() ? Optional.empty() : Optional.of(times.getLast()),
                times.size(),
                seconds,
                series.stream().limit(4L * MOST_DEVICES).toList());
    }
}
