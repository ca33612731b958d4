package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.catalogue.load.MemUsage.Largest;
import parley.tools.catalogue.load.MemUsage.Usage;
import parley.tools.catalogue.load.Pressure;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether memory is what a host lacks.
final class ScarceMemory {
    private static final double PRESSED = 5;
    private static final double UNDERSIZED = 5;
    private static final double KERNEL_SHARE = 15;
    private static final long SWAPS = 1L << 20;

    private ScarceMemory() {}

    static List<Conclusion> of(Seen<Usage> seen) {
        Usage usage = seen.value();
        List<Conclusion> found = new ArrayList<>();
        Optional<Pressure> psi = ScarceProcessors.pressure(usage.psi(), "memory");
        boolean pressed = psi.filter(one -> one.fullAvg60().value() > PRESSED).isPresent();
        boolean swaps = usage.swap().inPerS() + usage.swap().outPerS() > SWAPS;
        boolean small = usage.availablePct().value() < UNDERSIZED;
        if (pressed || swaps || small || usage.oomKillsMeanwhile() > 0) {
            found.add(scarce(seen, psi, swaps));
        }
        double kernel = 100.0 * usage.slabUnreclaimable().value() / usage.total().value();
        if (kernel > KERNEL_SHARE) {
            found.add(
                    Conclusion.confirmed(
                            Severity.WARNING,
                            "the kernel itself holds "
                                    + usage.slabUnreclaimable()
                                    + " that it cannot give back (slab)",
                            "内核自身占用 " + usage.slabUnreclaimable() + " 且无法回收（slab）",
                            evidence(seen)));
        }
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "memory is not scarce: "
                                    + usage.available()
                                    + " of "
                                    + usage.total()
                                    + " available ("
                                    + usage.availablePct()
                                    + "), no swapping",
                            "内存不紧张：共 "
                                    + usage.total()
                                    + "，可用 "
                                    + usage.available()
                                    + "（"
                                    + usage.availablePct()
                                    + "），没有换页",
                            evidence(seen)));
        }
        return found;
    }

    private static Citation evidence(Seen<Usage> seen) {
        return Citation.of(seen.clue(), seen.value().evidence());
    }

    private static Conclusion scarce(Seen<Usage> seen, Optional<Pressure> psi, boolean swaps) {
        Usage usage = seen.value();
        Optional<Largest> largest = usage.largest().stream().findFirst();
        String most =
                largest.map(one ->
                                "; the largest process is "
                                        + one.command()
                                        + ", PID "
                                        + one.pid()
                                        + ", with "
                                        + one.rss())
                        .orElse("");
        String mostZh =
                largest.map(one ->
                                "；最大的进程是 "
                                        + one.command()
                                        + "（PID "
                                        + one.pid()
                                        + "），占用 "
                                        + one.rss())
                        .orElse("");
        Conclusion conclusion =
                Conclusion.confirmed(
                        Severity.CRITICAL,
                        "memory is scarce: "
                                + usage.available()
                                + " of "
                                + usage.total()
                                + " available"
                                + psi.map(one ->
                                                ", all work stood still "
                                                        + one.fullAvg60()
                                                        + " of the time")
                                        .orElse("")
                                + (swaps ? ", it swaps" : "")
                                + most,
                        "内存紧张：共 "
                                + usage.total()
                                + "，可用 "
                                + usage.available()
                                + psi.map(one -> "，有 " + one.fullAvg60() + " 的时间全部任务停滞").orElse("")
                                + (swaps ? "，正在换页" : "")
                                + mostZh,
                        evidence(seen));
        return conclusion
                .advising(
                        "restart what leaks or add memory; dropping caches does not help",
                        "重启泄漏的程序或增加内存；清理缓存（drop_caches）没有用")
                .disproved(
                        "MemAvailable is above 10 % and nothing swaps",
                        "MemAvailable 高于 10 % 且没有换页");
    }
}
