package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.load.CpuUsage;
import parley.tools.catalogue.load.MetricsHistory;
import parley.tools.catalogue.load.MetricsHistory.History;
import parley.tools.catalogue.load.MetricsHistory.Metric;
import parley.tools.catalogue.load.PastSeries;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.read.HostTime;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a host was like before: the measure of what it is like now, and the only trace of a trouble
/// that is over.
final class Earlier {
    private static final String LOAD = "load 1 min";

    /// A peak this many times over the average is no usual day.
    private static final double UNUSUAL = 3;

    private Earlier() {}

    static Lead load(Case about) {
        return about.lead(new MetricsHistory(), MetricsHistory.Arguments.today(Metric.LOAD));
    }

    /// What the load of this day says.
    ///
    /// @param quiet whether nothing was found now: then only the past can explain anything
    static List<Conclusion> of(Case about, boolean quiet) {
        Optional<Seen<History>> seen = about.seen(load(about), History.class);
        Optional<PastSeries> load = seen.flatMap(one -> one.value().find(LOAD));
        if (load.isPresent()) {
            return List.of(
                    quiet && wasOverloaded(about, load.get())
                            ? over(about, load.get(), seen.get())
                            : usual(load.get(), seen.get()));
        }
        return about.clue(load(about)).filter(ignored -> quiet).stream()
                .map(clue ->
                        Conclusion.confirmed(
                                Severity.NOTICE,
                                "what it was like earlier is not known: " + why(about, seen, true),
                                "之前的情况无从得知：" + why(about, seen, false),
                                Citation.of(clue)))
                .toList();
    }

    private static String why(Case about, Optional<Seen<History>> seen, boolean english) {
        if (seen.isPresent()) {
            return english ? "nothing was collected today yet" : "今天尚未采集到数据";
        }
        return english ? about.why(load(about)).en() : about.why(load(about)).zh();
    }

    private static boolean wasOverloaded(Case about, PastSeries load) {
        long processors =
                about.seen(HostSlow.processors(about), CpuUsage.Usage.class)
                        .map(seen -> seen.value().nCpu())
                        .orElse(Long.MAX_VALUE / 2);
        return load.peak() > 2.0 * processors && load.peak() > UNUSUAL * load.last();
    }

    private static Conclusion over(Case about, PastSeries load, Seen<History> seen) {
        String peak = number(load.peak());
        return Conclusion.likely(
                        Severity.WARNING,
                        "it is quiet now, but it was overloaded at "
                                + HostTime.spoken(load.peakAt())
                                + ": the load was "
                                + peak
                                + " then, "
                                + number(load.average())
                                + " on average that day and "
                                + number(load.last())
                                + " at last",
                        "目前并不繁忙，但在 "
                                + HostTime.spoken(load.peakAt())
                                + " 曾经过载：当时负载 "
                                + peak
                                + "，当天平均 "
                                + number(load.average())
                                + "，最近一次 "
                                + number(load.last()),
                        Citation.of(seen.clue()))
                .advising(
                        "see in the journal what ran at that time; a timer that comes again will do"
                                + " it again",
                        "在日志中查看当时运行了什么；若是定时任务，下次还会如此")
                .disproved("it was slow at another time", "变慢发生在别的时间")
                .proposing(
                        new Call<>(
                                new MetricsHistory(), MetricsHistory.Arguments.today(Metric.CPU)),
                        about.host());
    }

    private static Conclusion usual(PastSeries load, Seen<History> seen) {
        return Conclusion.confirmed(
                Severity.NOTICE,
                "today its load was "
                        + number(load.average())
                        + " on average, at most "
                        + number(load.peak())
                        + " at "
                        + HostTime.spoken(load.peakAt())
                        + ", and "
                        + number(load.last())
                        + " at last",
                "今天的负载平均 "
                        + number(load.average())
                        + "，最高 "
                        + number(load.peak())
                        + "（"
                        + HostTime.spoken(load.peakAt())
                        + "），最近一次 "
                        + number(load.last()),
                Citation.of(seen.clue()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
