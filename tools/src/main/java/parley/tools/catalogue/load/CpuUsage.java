package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

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
import parley.tools.value.Count;
import parley.tools.value.Percent;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How busy the processors are, how many tasks queue for them, and how long tasks wait.
///
/// Source: `/proc/pressure/*` (absent on old kernels: a gap), then `/proc/uptime`, `/proc/loadavg`
/// and `/proc/stat` once more than there are samples. Shares are of all processors together over
/// the time between two reads, never since boot. Never empty; any exit but 0 is unreadable.
public final class CpuUsage implements Observation<CpuUsage.Arguments, CpuUsage.Usage> {
    private static final int DEFAULT_INTERVAL = 1;
    private static final int DEFAULT_SAMPLES = 2;
    private static final List<String> RESOURCES = List.of("cpu", "memory", "io");
    private static final double BUSY = 80;
    private static final double SATURATED = 95;
    private static final double STOLEN = 5;
    private static final double WAITING = 20;
    private static final double STALLED = 25;
    private static final Argv LOOK = Argv.of("cat", "/proc/uptime", "/proc/loadavg", "/proc/stat");

    public record Arguments(
            @Means(en = "seconds between two looks, 1 to 5; default 1", zh = "两次采样的间隔秒数，1 到 5，默认 1")
                    @Whole(least = 1, most = 5)
                    Optional<Count> intervalS,
            @Means(en = "number of samples, 1 to 5; default 2", zh = "采样次数，1 到 5，默认 2")
                    @Whole(least = 1, most = 5)
                    Optional<Count> samples) {
        public Arguments {
            requireNonNull(intervalS, "intervalS is null");
            requireNonNull(samples, "samples is null");
        }

        Duration interval() {
            return Duration.ofSeconds(intervalS.map(Count::value).orElse((long) DEFAULT_INTERVAL));
        }

        int looks() {
            return 1 + samples.map(count -> (int) count.value()).orElse(DEFAULT_SAMPLES);
        }
    }

    /// Where the time of processors went.
    ///
    /// @param user with nice, and with guests
    /// @param irq hard and soft interrupts
    /// @param steal time the hypervisor gave to others
    public record Split(
            @Means(en = "processor", zh = "处理器") String processor,
            @Means(en = "busy", zh = "繁忙") Percent busy,
            @Means(en = "user", zh = "用户态") Percent user,
            @Means(en = "system", zh = "内核态") Percent system,
            @Means(en = "waiting for disk", zh = "等待磁盘") Percent iowait,
            @Means(en = "interrupts", zh = "中断") Percent irq,
            @Means(en = "stolen", zh = "被占用") Percent steal) {
        public Split {
            requireNonNull(processor, "processor is null");
            requireNonNull(busy, "busy is null");
            requireNonNull(user, "user is null");
            requireNonNull(system, "system is null");
            requireNonNull(iowait, "iowait is null");
            requireNonNull(irq, "irq is null");
            requireNonNull(steal, "steal is null");
        }

        /// What happened between two looks at `processor`. Counters that went back count as 0: the
        /// kernel says that they may.
        static Split between(Ticks first, Ticks last, String processor) {
            long[] from = requireNonNull(first.processors().get(processor));
            long[] to = requireNonNull(last.processors().get(processor));
            double[] spent = new double[from.length];
            double total = 0;
            for (int kind = 0; kind < from.length; kind++) {
                spent[kind] = Math.max(0, to[kind] - from[kind]);
                total += spent[kind];
            }
            double idle = spent[3] + spent[4];
            return new Split(
                    processor,
                    Percent.of(total - idle, total),
                    Percent.of(spent[0] + spent[1], total),
                    Percent.of(spent[2], total),
                    Percent.of(spent[4], total),
                    Percent.of(spent[5] + spent[6], total),
                    Percent.of(spent[7], total));
        }
    }

    /// @param runnable tasks running or queued for a processor at the last look
    /// @param blocked tasks waiting for storage at the last look
    /// @param util all processors together over the whole time
    /// @param hottest the busiest single processor
    /// @param samples all processors together, from look to look
    public record Usage(
            @Means(en = "load, 1 min", zh = "1 分钟负载") double load1,
            @Means(en = "load, 5 min", zh = "5 分钟负载") double load5,
            @Means(en = "load, 15 min", zh = "15 分钟负载") double load15,
            @Means(en = "runnable", zh = "可运行任务") long runnable,
            @Means(en = "blocked", zh = "阻塞任务") long blocked,
            @Means(en = "processors", zh = "处理器数") long nCpu,
            @Means(en = "seconds", zh = "秒数") double seconds,
            @Means(en = "context switches/s", zh = "每秒上下文切换") long ctxtPerS,
            @Means(en = "all processors", zh = "全部处理器") Split util,
            @Means(en = "busiest processor", zh = "最忙的处理器") Split hottest,
            @Means(en = "samples", zh = "各次采样") List<Split> samples,
            @Means(en = "pressure", zh = "压力") List<Pressure> psi) {
        public Usage {
            requireNonNull(util, "util is null");
            requireNonNull(hottest, "hottest is null");
            samples = List.copyOf(samples);
            psi = List.copyOf(psi);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "cpu.usage",
                "load",
                Bilingual.of("How busy the processors are", "CPU 使用率与负载"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("how busy is the cpu on web-1", "web-1 的 CPU 忙不忙"),
                Bilingual.of("what is the load average", "系统负载多少"),
                Bilingual.of("is the cpu maxed out", "CPU 是不是打满了"),
                Bilingual.of("is there steal time or iowait on db-1", "db-1 的 iowait 和 steal 高吗"),
                Bilingual.of("is this box under load right now", "这台机器现在压力大吗"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (soFar.isEmpty()) {
            return Next.run(Pressure.command(RESOURCES));
        }
        if (soFar.size() > arguments.looks()) {
            return Next.done();
        }
        return new Next.Run(LOOK, soFar.size() == 1 ? Duration.ZERO : arguments.interval());
    }

    @Override
    public Reading<Usage> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<Pressure> pressure = Pressure.read(1, captures, RESOURCES, gaps);
        List<Ticks> looks = new ArrayList<>();
        for (int number = 2; number <= captures.size(); number++) {
            looks.add(Ticks.read(number, captures));
        }
        Ticks first = looks.getFirst();
        Ticks last = looks.getLast();
        double seconds = last.uptime() - first.uptime();
        if (seconds <= 0) {
            throw new Unreadable(
                    Bilingual.of("the host was started anew between two looks", "两次采样之间主机重新启动过"));
        }
        List<Split> samples = new ArrayList<>();
        for (int look = 1; look < looks.size(); look++) {
            samples.add(Split.between(looks.get(look - 1), looks.get(look), Ticks.ALL));
        }
        // a processor may have been switched on or off meanwhile
        List<String> both =
                first.processors().keySet().stream()
                        .filter(last.processors()::containsKey)
                        .filter(name -> !name.equals(Ticks.ALL))
                        .toList();
        Split hottest =
                both.stream()
                        .map(name -> Split.between(first, last, name))
                        .max(Comparator.comparing(Split::busy))
                        .orElseGet(() -> Split.between(first, last, Ticks.ALL));
        return Reading.of(
                new Usage(
                        last.load().get(0),
                        last.load().get(1),
                        last.load().get(2),
                        last.running(),
                        last.blocked(),
                        last.processors().size() - 1L,
                        Math.round(seconds * 100) / 100.0,
                        Math.round((last.contextSwitches() - first.contextSwitches()) / seconds),
                        Split.between(first, last, Ticks.ALL),
                        hottest,
                        samples,
                        pressure),
                gaps);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Usage> reading) {
        Usage usage = reading.value();
        int last = arguments.looks() + 1;
        List<Finding> findings = new ArrayList<>();
        findings.add(headline(usage).at(last, Ticks.LINE_OF_ALL));
        Split util = usage.util();
        if (util.steal().value() >= STOLEN) {
            findings.add(
                    Finding.of(
                                    Severity.WARNING,
                                    "The hypervisor gave {0} of the processor time to others;"
                                            + " nothing on this host can change that.",
                                    "虚拟化平台占走了 {0} 的 CPU 时间；这在本机上无法解决。",
                                    util.steal())
                            .at(last, Ticks.LINE_OF_ALL));
        }
        if (util.iowait().value() >= WAITING) {
            findings.add(
                    Finding.of(
                                    Severity.WARNING,
                                    "Processors were idle %s of the time while tasks waited for disks; %d tasks are blocked now."
                                            .formatted(util.iowait(), usage.blocked()),
                                    "CPU 有 %s 的时间因任务等待磁盘而空闲；当前有 %d 个任务阻塞。"
                                            .formatted(util.iowait(), usage.blocked()))
                            .at(last, Ticks.LINE_OF_ALL));
        }
        if (usage.nCpu() > 1
                && usage.hottest().busy().value() >= SATURATED
                && util.busy().value() < BUSY) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "One processor, %s, is %s busy while all together are %s busy."
                                    .formatted(
                                            usage.hottest().processor(),
                                            usage.hottest().busy(),
                                            util.busy()),
                            "单个处理器 %s 的使用率为 %s，而全部处理器平均为 %s。"
                                    .formatted(
                                            usage.hottest().processor(),
                                            usage.hottest().busy(),
                                            util.busy())));
        }
        if (usage.load1() > 2.0 * usage.nCpu() && util.busy().value() < BUSY / 2) {
            findings.add(
                    Finding.of(
                                    Severity.NOTICE,
                                    "The load of %.2f is not processor work: load also counts tasks that wait for disks, and %d are blocked now."
                                            .formatted(usage.load1(), usage.blocked()),
                                    "负载 %.2f 并非来自 CPU 运算：负载也包含等待磁盘的任务，当前有 %d 个阻塞。"
                                            .formatted(usage.load1(), usage.blocked()))
                            .at(last, Ticks.LINE_OF_LOAD));
        }
        usage.psi().stream()
                .filter(pressure -> pressure.someAvg10().value() >= STALLED)
                .map(CpuUsage::stalled)
                .forEach(findings::add);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding headline(Usage usage) {
        Split util = usage.util();
        boolean queued = usage.load1() > usage.nCpu();
        Severity severity =
                util.busy().value() >= SATURATED && queued
                        ? Severity.CRITICAL
                        : util.busy().value() >= BUSY ? Severity.WARNING : Severity.HEALTHY;
        String load =
                String.format(
                        Locale.ROOT,
                        "%.2f / %.2f / %.2f",
                        usage.load1(),
                        usage.load5(),
                        usage.load15());
        return Finding.of(
                severity,
                String.format(
                        Locale.ROOT,
                        "CPU %s busy over %.1f s (user %s, system %s, waiting for disk %s); load %s"
                                + " on %d %s.",
                        util.busy(),
                        usage.seconds(),
                        util.user(),
                        util.system(),
                        util.iowait(),
                        load,
                        usage.nCpu(),
                        usage.nCpu() == 1 ? "processor" : "processors"),
                String.format(
                        Locale.ROOT,
                        "CPU 使用率 %s（采样 %.1f 秒；用户态 %s，内核态 %s，等待磁盘 %s）；负载 %s，共 %d 个处理器。",
                        util.busy(),
                        usage.seconds(),
                        util.user(),
                        util.system(),
                        util.iowait(),
                        load,
                        usage.nCpu()));
    }

    private static Finding stalled(Pressure pressure) {
        String zh =
                switch (pressure.resource()) {
                    case "cpu" -> "CPU";
                    case "memory" -> "内存";
                    default -> "磁盘";
                };
        String en =
                switch (pressure.resource()) {
                    case "cpu" -> "a processor";
                    case "memory" -> "memory";
                    default -> "disks";
                };
        return new Finding(
                Severity.WARNING,
                Bilingual.of(
                        "In the last 10 s tasks waited for %s %s of the time."
                                .formatted(en, pressure.someAvg10()),
                        "最近 10 秒内，有 %s 的时间存在等待%s的任务。".formatted(pressure.someAvg10(), zh)),
                List.of(pressure.evidence()));
    }
}
