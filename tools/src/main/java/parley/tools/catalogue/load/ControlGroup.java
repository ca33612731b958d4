package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.List;
import java.util.Optional;

/// What one control group uses, may use, and where it is held back. What the kernel does not count
/// for it is empty, never 0.
///
/// @param path below the root of control groups; `/` is the whole host, or container
/// @param unit the systemd unit; empty for groups that are none
/// @param cpuPct of one processor, between the two looks
/// @param cpuLimitPct of one processor: the quota; empty when there is none
/// @param throttledPct share of the quota's periods between the two looks in which it ran out;
///   empty when there is no quota
/// @param throttledSeconds how long it was held back for that since it was made
/// @param memBytes with the page cache of the files it read and wrote
/// @param memMax the limit; empty when there is none
/// @param memPct of the limit
/// @param memMaxHits how often memory had to be found anew at the limit, since it was made
/// @param oomKills processes killed in it, or below it, for lack of memory, since it was made
/// @param tasksMax the limit of tasks; empty when there is none
/// @param cpuSomeAvg60 share of the last 60 s in which some task of it waited for a processor;
///   empty before version 2
/// @param memFullAvg60 in which all of them waited for memory
/// @param ioFullAvg60 in which all of them waited for disks
public record ControlGroup(
        @Means(en = "group", zh = "控制组") HostText path,
        @Means(en = "unit", zh = "单元") Optional<HostText> unit,
        @Means(en = "cpu", zh = "CPU") Optional<Percent> cpuPct,
        @Means(en = "cpu limit", zh = "CPU 限额") Optional<Percent> cpuLimitPct,
        @Means(en = "throttled", zh = "被限流") Optional<Percent> throttledPct,
        @Means(en = "throttled (s)", zh = "累计限流秒数") Optional<Double> throttledSeconds,
        @Means(en = "memory", zh = "内存") Optional<Bytes> memBytes,
        @Means(en = "memory limit", zh = "内存限额") Optional<Bytes> memMax,
        @Means(en = "of the limit", zh = "占限额") Optional<Percent> memPct,
        @Means(en = "limit hits", zh = "触及限额次数") Optional<Long> memMaxHits,
        @Means(en = "killed for memory", zh = "因内存被杀") Optional<Long> oomKills,
        @Means(en = "tasks", zh = "任务数") Optional<Long> tasks,
        @Means(en = "task limit", zh = "任务限额") Optional<Long> tasksMax,
        @Means(en = "some waited for cpu", zh = "等待 CPU") Optional<Percent> cpuSomeAvg60,
        @Means(en = "all waited for memory", zh = "全部等待内存") Optional<Percent> memFullAvg60,
        @Means(en = "all waited for disks", zh = "全部等待磁盘") Optional<Percent> ioFullAvg60,
        @Means(en = "evidence of cpu", zh = "CPU 出处") List<Finding.Lines> cpuEvidence,
        @Means(en = "evidence of memory and tasks", zh = "内存与任务出处") List<Finding.Lines> evidence) {
    public ControlGroup {
        requireNonNull(path, "path is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(cpuPct, "cpuPct is null");
        requireNonNull(cpuLimitPct, "cpuLimitPct is null");
        requireNonNull(throttledPct, "throttledPct is null");
        requireNonNull(throttledSeconds, "throttledSeconds is null");
        requireNonNull(memBytes, "memBytes is null");
        requireNonNull(memMax, "memMax is null");
        requireNonNull(memPct, "memPct is null");
        requireNonNull(memMaxHits, "memMaxHits is null");
        requireNonNull(oomKills, "oomKills is null");
        requireNonNull(tasks, "tasks is null");
        requireNonNull(tasksMax, "tasksMax is null");
        requireNonNull(cpuSomeAvg60, "cpuSomeAvg60 is null");
        requireNonNull(memFullAvg60, "memFullAvg60 is null");
        requireNonNull(ioFullAvg60, "ioFullAvg60 is null");
        cpuEvidence = List.copyOf(cpuEvidence);
        evidence = List.copyOf(evidence);
    }

    /// Its unit's name, or its path.
    public String name() {
        return unit.map(HostText::value).orElse(path.value());
    }
}
