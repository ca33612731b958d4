package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.load.MemUsage.Largest;
import parley.tools.catalogue.load.MemUsage.Swap;
import parley.tools.catalogue.load.MemUsage.Usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the figures of memory mean in words.
final class MemFindings {
    private static final double SHORT = 10;
    private static final double CRITICALLY_SHORT = 5;
    private static final double STALLED = 10;
    private static final double ALL_STALLED = 5;

    private MemFindings() {}

    static List<Finding> of(Reading<Usage> reading) {
        Usage usage = reading.value();
        List<Finding> findings = new ArrayList<>();
        findings.add(headline(usage));
        findings.add(swapping(usage.swap()));
        usage.psi().forEach(pressure -> stalled(pressure).ifPresent(findings::add));
        if (usage.directReclaimPerS() > 0) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "Programs are made to search for free memory themselves: %d pages/s."
                                    .formatted(usage.directReclaimPerS()),
                            "程序正被迫自行回收内存：每秒 %d 页。".formatted(usage.directReclaimPerS())));
        }
        if (usage.oomKillsMeanwhile() > 0) {
            findings.add(
                    Finding.of(
                            Severity.CRITICAL,
                            "The kernel is killing processes for lack of memory: %d within %.1f s."
                                    .formatted(usage.oomKillsMeanwhile(), usage.seconds()),
                            "内核正因内存不足杀进程：%.1f 秒内 %d 个。"
                                    .formatted(usage.seconds(), usage.oomKillsMeanwhile())));
        }
        boolean isShort = findings.getFirst().severity() != Severity.HEALTHY;
        if (isShort && !usage.largest().isEmpty()) {
            Largest top = usage.largest().getFirst();
            findings.add(
                    new Finding(
                            Severity.NOTICE,
                            Bilingual.of(
                                    "The largest process is %s (%s, user %s) with %s resident."
                                            .formatted(
                                                    top.command(),
                                                    top.pid(),
                                                    top.user(),
                                                    top.rss()),
                                    "占用最多的进程是 %s（%s，用户 %s），常驻 %s。"
                                            .formatted(
                                                    top.command(),
                                                    top.pid(),
                                                    top.user(),
                                                    top.rss())),
                            List.of(top.evidence())));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding headline(Usage usage) {
        double available = usage.availablePct().value();
        Severity severity =
                available < CRITICALLY_SHORT
                        ? Severity.CRITICAL
                        : available < SHORT ? Severity.WARNING : Severity.HEALTHY;
        String en = severity == Severity.HEALTHY ? "Memory is not short: " : "Memory is short: ";
        String zh = severity == Severity.HEALTHY ? "内存不紧张：" : "内存紧张：";
        return finding(
                usage.evidence(),
                severity,
                "%s%s of %s available (%s)."
                        .formatted(en, usage.available(), usage.total(), usage.availablePct()),
                "%s共 %s，可用 %s（%s）。"
                        .formatted(zh, usage.total(), usage.available(), usage.availablePct()));
    }

    private static Finding swapping(Swap swap) {
        if (swap.total().value() == 0) {
            return finding(
                    swap.evidence(),
                    Severity.HEALTHY,
                    "It does not swap: no swap is configured.",
                    "没有发生交换：未配置 swap。");
        }
        String en = "swap %s of %s used".formatted(swap.used(), swap.total());
        String zh = "swap 共 %s，已用 %s".formatted(swap.total(), swap.used());
        if (swap.inPerS() + swap.outPerS() == 0) {
            return finding(
                    swap.evidence(),
                    Severity.HEALTHY,
                    "It is not swapping now: no page in or out; " + en + ".",
                    "现在没有在交换：换入换出均为 0；" + zh + "。");
        }
        return finding(
                swap.evidence(),
                Severity.WARNING,
                String.format(
                        Locale.ROOT,
                        "It is swapping now: %d pages/s in, %d pages/s out; %s.",
                        swap.inPerS(),
                        swap.outPerS(),
                        en),
                String.format(
                        Locale.ROOT,
                        "正在交换：每秒换入 %d 页、换出 %d 页；%s。",
                        swap.inPerS(),
                        swap.outPerS(),
                        zh));
    }

    private static Finding finding(
            List<Finding.Lines> evidence, Severity severity, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), evidence);
    }

    private static Optional<Finding> stalled(Pressure pressure) {
        boolean all = pressure.fullAvg10().value() >= ALL_STALLED;
        if (!all && pressure.someAvg10().value() < STALLED) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        all ? Severity.CRITICAL : Severity.WARNING,
                        Bilingual.of(
                                "In the last 10 s some task waited for memory %s of the time, all tasks %s."
                                        .formatted(pressure.someAvg10(), pressure.fullAvg10()),
                                "最近 10 秒内，有任务等待内存的时间占 %s，全部任务都在等待的占 %s。"
                                        .formatted(pressure.someAvg10(), pressure.fullAvg10())),
                        List.of(pressure.evidence())));
    }
}
