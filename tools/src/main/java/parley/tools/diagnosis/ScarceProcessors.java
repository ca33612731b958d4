package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.load.CpuUsage.Usage;
import parley.tools.catalogue.load.Pressure;
import parley.tools.catalogue.load.ProcessTop;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether processors are what a host lacks.
final class ScarceProcessors {
    private static final double PRESSED = 20;
    private static final double STOLEN = 5;
    private static final double INTERRUPTED = 90;
    private static final double WAITING = 10;
    private static final int MOST_NAMED = 3;

    private ScarceProcessors() {}

    /// Whether processes wait for something that is no processor.
    static boolean waits(Usage usage) {
        return usage.blocked() > 0
                || usage.util().iowait().value() >= WAITING
                || (usage.load1() > usage.nCpu() && usage.util().busy().value() < 50);
    }

    static List<Conclusion> of(Case about, Seen<Usage> seen) {
        Usage usage = seen.value();
        List<Conclusion> found = new ArrayList<>();
        Optional<Pressure> psi = pressure(usage.psi(), "cpu");
        boolean pressed = isPressed(usage);
        if (usage.util().steal().value() >= STOLEN) {
            found.add(stolen(seen));
        }
        if (pressed && usage.runnable() > usage.nCpu()) {
            found.add(overloaded(about, seen, psi));
        }
        if (usage.hottest().irq().value() >= INTERRUPTED) {
            found.add(
                    Conclusion.confirmed(
                            Severity.WARNING,
                            "processor "
                                    + usage.hottest().processor()
                                    + " spends "
                                    + usage.hottest().irq()
                                    + " of its time on interrupts: they are not spread",
                            "处理器 "
                                    + usage.hottest().processor()
                                    + " 有 "
                                    + usage.hottest().irq()
                                    + " 的时间用于中断：中断分布不均",
                            Citation.of(seen.clue())));
        }
        if (waits(usage)) {
            waiting(about, seen).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "processors are not scarce: "
                                    + usage.util().busy()
                                    + " busy, "
                                    + usage.runnable()
                                    + " runnable on "
                                    + usage.nCpu()
                                    + ", "
                                    + psi.map(one -> "pressure " + one.someAvg60() + ", ")
                                            .orElse("")
                                    + usage.util().steal()
                                    + " stolen",
                            "处理器不紧张：繁忙 "
                                    + usage.util().busy()
                                    + "，可运行 "
                                    + usage.runnable()
                                    + "（共 "
                                    + usage.nCpu()
                                    + " 个处理器），"
                                    + psi.map(one -> "压力 " + one.someAvg60() + "，").orElse("")
                                    + "被虚拟化层占用 "
                                    + usage.util().steal(),
                            evidence(seen, psi)));
        }
        return found;
    }

    /// Whether processes wait, or may wait for all that was seen, for processors for a good part of
    /// the time.
    static boolean mayBePressed(Case about) {
        return about.seen(HostSlow.processors(about), Usage.class)
                .map(seen -> isPressed(seen.value()))
                .orElse(true);
    }

    private static boolean isPressed(Usage usage) {
        return pressure(usage.psi(), "cpu")
                .map(one -> one.someAvg60().value() > PRESSED)
                .orElse(usage.util().busy().value() > INTERRUPTED);
    }

    static Optional<Pressure> pressure(List<Pressure> all, String resource) {
        return all.stream().filter(one -> one.resource().equals(resource)).findFirst();
    }

    static Citation evidence(Seen<?> seen, Optional<Pressure> psi) {
        return psi.map(one -> Citation.of(seen.clue(), List.of(one.evidence())))
                .orElse(Citation.of(seen.clue()));
    }

    private static Conclusion stolen(Seen<Usage> seen) {
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        "the hypervisor gives "
                                + seen.value().util().steal()
                                + " of this host's processor time to others (steal)",
                        "虚拟化层把本机 " + seen.value().util().steal() + " 的处理器时间给了别的虚拟机（steal）",
                        Citation.of(seen.clue()))
                .advising(
                        "nothing on this host changes that: move or resize the machine",
                        "在本机上做什么都没用：请迁移或调整虚拟机规格")
                .disproved("steal stays below 5 %", "steal 一直低于 5 %");
    }

    private static Conclusion overloaded(Case about, Seen<Usage> seen, Optional<Pressure> psi) {
        Usage usage = seen.value();
        String pressure =
                psi.map(one -> ", processes wait " + one.someAvg60() + " of the time").orElse("");
        String pressureZh = psi.map(one -> "，进程有 " + one.someAvg60() + " 的时间在等待").orElse("");
        String top = top(about);
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        "the processors are overloaded: "
                                + usage.runnable()
                                + " runnable processes on "
                                + usage.nCpu()
                                + pressure
                                + (top.isEmpty() ? "" : "; on this host most is used by " + top),
                        "处理器过载："
                                + usage.nCpu()
                                + " 个处理器上有 "
                                + usage.runnable()
                                + " 个可运行进程"
                                + pressureZh
                                + (top.isEmpty() ? "" : "；本机占用最多的是 " + top),
                        evidence(seen, psi))
                .disproved(
                        "fewer processes are runnable than there are processors", "可运行进程数少于处理器数");
    }

    private static String top(Case about) {
        Lead lead = HostSlow.processes(about, ProcessTop.By.CPU);
        return about.seen(lead, ProcessTop.Top.class).stream()
                .flatMap(seen -> seen.value().processes().stream())
                .filter(one -> one.cpuPct().value() >= 1)
                .limit(MOST_NAMED)
                .map(one -> RunawayProcess.brief(one) + " (" + one.cpuPct() + ")")
                .collect(Collectors.joining(", "));
    }

    /// Load without use of processors: processes that cannot be interrupted.
    private static Optional<Conclusion> waiting(Case about, Seen<Usage> seen) {
        Lead lead = HostSlow.processes(about, ProcessTop.By.DSTATE);
        Optional<Seen<ProcessTop.Top>> top = about.seen(lead, ProcessTop.Top.class);
        if (top.isEmpty() || top.get().value().processes().isEmpty()) {
            return Optional.empty();
        }
        ProcessTop.RunningProcess first = top.get().value().processes().getFirst();
        String where = first.wchan().map(Object::toString).orElse("?");
        boolean network = where.contains("nfs") || where.contains("rpc");
        return Optional.of(
                Conclusion.likely(
                        Severity.WARNING,
                        top.get().value().processes().size()
                                + " processes wait uninterruptibly, first "
                                + RunawayProcess.brief(first)
                                + " in "
                                + where
                                + (network
                                        ? ": network storage does not answer"
                                        : ": the disk is slow or does not answer"),
                        top.get().value().processes().size()
                                + " 个进程处于不可中断的等待，首先是 "
                                + RunawayProcess.brief(first)
                                + "（"
                                + where
                                + "）"
                                + (network ? "：网络存储没有应答" : "：磁盘缓慢或没有应答"),
                        Citation.of(top.get().clue(), List.of(first.evidence())),
                        Citation.of(seen.clue())));
    }
}
