package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.HostTime;
import parley.tools.schema.Json;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.TimeOfDay;
import parley.tools.value.Whole;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a figure was like before, on one day of the host, as sysstat collected it.
///
/// Source: the host's date, and `sadf -j` of that day's file, `/var/log/sysstat/saDD` (Debian) or
/// `/var/log/sa/saDD`. Samples are usually ten minutes apart and averages over that time. *Empty*
/// means that the day was collected, but nothing between the times asked for. A host that collects
/// nothing, or no longer has that day, is an error that says how to begin; so is a file that
/// another release of sysstat wrote. Exit 2 means that the file cannot be opened.
public final class MetricsHistory
        implements Observation<MetricsHistory.Arguments, MetricsHistory.History> {
    private static final String CANNOT_OPEN = "Cannot open";

    /// What can be asked for.
    public enum Metric {
        CPU,
        MEM,
        DISK,
        NET,
        LOAD,
        SWAP;

        private List<String> options() {
            return switch (this) {
                case CPU -> List.of("-u");
                case MEM -> List.of("-r");
                case DISK -> List.of("-d");
                case NET -> List.of("-n", "DEV");
                case LOAD -> List.of("-q");
                case SWAP -> List.of("-S");
            };
        }
    }

    public record Arguments(
            @Means(en = "cpu, mem, disk, net, load or swap", zh = "cpu、mem、disk、net、load 或 swap")
                    Metric metric,
            @Means(en = "days ago, 0 to 28; default 0, today", zh = "几天前，0 到 28，默认 0（今天）")
                    @Whole(least = 0, most = 28)
                    Optional<Count> day,
            @Means(en = "from this time of that day on", zh = "当天的起始时刻") Optional<TimeOfDay> from,
            @Means(en = "up to this time of that day", zh = "当天的截止时刻") Optional<TimeOfDay> to) {
        public Arguments {
            requireNonNull(metric, "metric is null");
            requireNonNull(day, "day is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            if (from.isPresent()
                    && to.isPresent()
                    && !from.get().time().isBefore(to.get().time())) {
                throw new BadValue(
                        Bilingual.of(
                                "\"from\" must be before \"to\", on one day",
                                "“from”必须早于“to”，且在同一天内"));
            }
        }

        /// All of today.
        public static Arguments today(Metric metric) {
            return new Arguments(metric, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /// @param samples how many there are
    /// @param seconds between two samples, usually
    public record History(
            @Means(en = "metric", zh = "指标类别") String metric,
            @Means(en = "first", zh = "最早") Optional<Instant> first,
            @Means(en = "last", zh = "最晚") Optional<Instant> last,
            @Means(en = "samples", zh = "样本数") long samples,
            @Means(en = "seconds apart", zh = "间隔秒数") long seconds,
            @Means(en = "figures", zh = "各项") List<PastSeries> series) {
        public History {
            requireNonNull(metric, "metric is null");
            requireNonNull(first, "first is null");
            requireNonNull(last, "last is null");
            series = List.copyOf(series);
        }

        /// The figure `what` of the whole host.
        public Optional<PastSeries> find(String what) {
            return series.stream()
                    .filter(one -> one.what().equals(what) && one.of().isEmpty())
                    .findFirst();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "metrics.history",
                "load",
                Bilingual.of("What load was like before", "历史负载"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "cpu usage on db-1 yesterday between 02:00 and 04:00",
                        "db-1 昨天 2点到4点的 CPU"),
                Bilingual.of("historical load of web-1", "web-1 的历史负载"),
                Bilingual.of("disk io history of db-1", "db-1 磁盘历史趋势"),
                Bilingual.of("network history on lb-1", "lb-1 网络历史趋势"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> clock = HostClock.commands();
        if (soFar.size() < clock.size()) {
            return Next.run(clock.get(soFar.size()));
        }
        try {
            List<Argv> files = files(arguments, platform, HostClock.read(1, soFar));
            int done = soFar.size() - clock.size();
            boolean again = done == 0 || (done == 1 && cannotOpen(soFar.getLast()));
            return again ? Next.run(files.get(done)) : Next.done();
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    private static boolean cannotOpen(Capture sadf) {
        return sadf.stdout().isBlank() && sadf.stderr().contains(CANNOT_OPEN);
    }

    private static LocalDate date(Arguments arguments, HostClock clock) {
        return clock.now()
                .atZone(clock.zone())
                .toLocalDate()
                .minusDays(arguments.day().map(Count::value).orElse(0L));
    }

    /// The two places a day may be kept at, the usual one of the family first.
    private static List<Argv> files(Arguments arguments, Platform platform, HostClock clock) {
        String name = String.format(Locale.ROOT, "sa%02d", date(arguments, clock).getDayOfMonth());
        Argv debian = sadf(arguments, "/var/log/sysstat/" + name);
        Argv others = sadf(arguments, "/var/log/sa/" + name);
        return platform.family() == Family.APT ? List.of(debian, others) : List.of(others, debian);
    }

    private static Argv sadf(Arguments arguments, String file) {
        return Argv.of("sadf", "-j", file, "--")
                .plus(arguments.metric().options().toArray(String[]::new))
                .within(Duration.ofSeconds(30))
                .keeping(8L * 1024 * 1024)
                .alsoReadableWhenExit(2);
    }

    @Override
    public Reading<History> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<Argv> files = files(arguments, platform, clock);
        Capture first = Captures.need(captures, files.getFirst());
        if (first.missing()) {
            throw new Unreadable(
                    Bilingual.of(
                            "this host keeps no history of its load: sysstat is not installed; once"
                                + " it is, and its collection enabled, there is one from then on",
                            "该主机没有保存历史负载：未安装 sysstat；安装并启用采集后，从那时起才有记录"));
        }
        LocalDate date = date(arguments, clock);
        Capture sadf = cannotOpen(first) ? Captures.need(captures, files.getLast()) : first;
        if (cannotOpen(sadf)) {
            throw new Unreadable(
                    Bilingual.of(
                            "nothing was collected on {0}, or it is kept no longer: there is no"
                                + " {1}; see whether sysstat-collect.timer and sysstat.service are"
                                + " enabled",
                            "{0} 没有采集数据，或已不再保留：没有 {1}；请检查 sysstat-collect.timer 与 sysstat.service"
                                    + " 是否启用",
                            date,
                            first.argv().words().get(2)));
        }
        PastSamples samples = new PastSamples(arguments, clock, date);
        samples.add(report(sadf));
        History history = samples.history();
        return Reading.of(history, history.samples() == 0, samples.gaps());
    }

    private static JsonNode report(Capture sadf) throws Unreadable {
        if (sadf.exit() != 0) {
            String said = sadf.stderr().lines().findFirst().orElse("");
            throw new Unreadable(Bilingual.of("sadf refused: " + said, "sadf 拒绝读取：" + said));
        }
        sadf.readable();
        try {
            JsonNode host =
                    Json.mapper().readTree(sadf.stdout()).path("sysstat").path("hosts").path(0);
            if (host.isObject() && !sadf.truncated()) {
                return host.path("statistics");
            }
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(sadf.argv(), 1, "one JSON document", sadf.stdout());
        }
        throw Unreadable.line(sadf.argv(), 1, "statistics of one host", sadf.stdout());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<History> reading) {
        History history = reading.value();
        if (history.series().isEmpty()) {
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            history.samples() == 0
                                    ? "That day was collected, but nothing in the time asked for."
                                    : "Nothing moved in all the samples of that time.",
                            history.samples() == 0 ? "当天有采集，但所问时间段内没有数据。" : "该时间段内的样本都没有活动。"));
        }
        return history.series().stream().limit(6).map(one -> finding(one, history)).toList();
    }

    private static Finding finding(PastSeries one, History history) {
        String unit = one.unit().isEmpty() ? "" : " " + one.unit();
        String of = one.of().map(device -> " of " + device).orElse("");
        String ofZh = one.of().map(device -> "（" + device + "）").orElse("");
        String from = history.first().map(HostTime::spoken).orElse("");
        String to = history.last().map(HostTime::spoken).orElse("");
        return Finding.of(
                Severity.NOTICE,
                String.format(
                        Locale.ROOT,
                        "%s, %s%s: %.1f%s on average, 95 %% of the time below %.1f, at most %.1f at"
                                + " %s (%d samples, %s to %s).",
                        history.metric(),
                        one.what(),
                        of,
                        one.average(),
                        unit,
                        one.p95(),
                        one.peak(),
                        HostTime.spoken(one.peakAt()),
                        history.samples(),
                        from,
                        to),
                String.format(
                        Locale.ROOT,
                        "%s %s%s：平均 %.1f%s，95%% 的时间低于 %.1f，峰值 %.1f（%s）；%d 个样本，%s 至 %s。",
                        history.metric(),
                        one.what(),
                        ofZh,
                        one.average(),
                        unit,
                        one.p95(),
                        one.peak(),
                        HostTime.spoken(one.peakAt()),
                        history.samples(),
                        from,
                        to));
    }
}
