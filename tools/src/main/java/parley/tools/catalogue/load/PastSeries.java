package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One figure over a stretch of the past, as it was collected then.
///
/// @param what `busy`, `used`, `load 1 min`, `await`, `received` …
/// @param of the device or interface; empty for the whole host
/// @param unit `%`, `ms`, `KiB/s`, or empty
/// @param p95 only one in twenty of the samples was higher
/// @param peakAt when the highest sample was taken
/// @param values each sample, in the order of time
public record PastSeries(
        @Means(en = "figure", zh = "指标") String what,
        @Means(en = "of", zh = "对象") Optional<HostText> of,
        @Means(en = "unit", zh = "单位") String unit,
        @Means(en = "average", zh = "平均") double average,
        @Means(en = "95 % below", zh = "95 分位") double p95,
        @Means(en = "peak", zh = "峰值") double peak,
        @Means(en = "peak at", zh = "峰值时间") Instant peakAt,
        @Means(en = "last", zh = "最后") double last,
        @Means(en = "samples", zh = "各样本") List<Double> values) {
    public PastSeries {
        requireNonNull(what, "what is null");
        requireNonNull(of, "of is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(peakAt, "peakAt is null");
        values = List.copyOf(values);
    }

    /// @param times of the values, as many; at least one
    static PastSeries of(
            String what,
            Optional<HostText> of,
            String unit,
            List<Instant> times,
            List<Double> values) {
        int peak =
                IntStream.range(0, values.size())
                        .boxed()
                        .max(Comparator.comparing(values::get))
                        .orElseThrow();
        List<Double> sorted = values.stream().sorted().toList();
        return new PastSeries(
                what,
                of,
                unit,
                hundredths(values.stream().mapToDouble(one -> one).average().orElseThrow()),
                hundredths(sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1)),
                hundredths(values.get(peak)),
                times.get(peak),
                hundredths(values.getLast()),
                values.stream().map(PastSeries::hundredths).toList());
    }

    private static double hundredths(double number) {
        return Math.round(number * 100) / 100.0;
    }
}
