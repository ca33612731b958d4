package parley.tools.diagnosis;

import parley.tools.Lead;
import parley.tools.catalogue.load.CgroupUsage;
import parley.tools.catalogue.load.CpuUsage;
import parley.tools.catalogue.load.MemUsage;
import parley.tools.catalogue.load.ProcessTop;
import parley.tools.catalogue.logs.KernelLog;
import parley.tools.catalogue.logs.KernelMessages;
import parley.tools.catalogue.network.NetStats;
import parley.tools.catalogue.storage.DiskHealth;
import parley.tools.catalogue.storage.DiskIo;
import parley.tools.value.Count;
import parley.tools.value.Since;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a host is slow: errors of the kernel first, then which resource is scarce, and who uses it;
/// and when all is quiet now, what it was like before.
final class HostSlow implements Diagnosis {
    @Override
    public Symptom symptom() {
        return Symptom.HOST_SLOW;
    }

    static Lead processors(Case about) {
        return about.lead(
                new CpuUsage(),
                new CpuUsage.Arguments(Optional.of(new Count(2)), Optional.of(new Count(2))));
    }

    static Lead memory(Case about) {
        return about.lead(new MemUsage(), new MemUsage.Arguments());
    }

    static Lead kernel(Case about) {
        return about.lead(
                new KernelLog(),
                new KernelLog.Arguments(Optional.of(new Since("1h")), Optional.empty()));
    }

    static Lead processes(Case about, ProcessTop.By by) {
        return about.lead(
                new ProcessTop(),
                new ProcessTop.Arguments(
                        Optional.of(by), Optional.of(new Count(15)), Optional.of(new Count(2))));
    }

    static Lead groups(Case about) {
        return about.lead(
                new CgroupUsage(),
                new CgroupUsage.Arguments(
                        Optional.empty(), Optional.empty(), Optional.of(new Count(2))));
    }

    static Lead disks(Case about) {
        return about.lead(
                new DiskIo(),
                new DiskIo.Arguments(
                        Optional.of(new Count(1)), Optional.of(new Count(3)), Optional.empty()));
    }

    static Lead health(Case about) {
        return about.lead(new DiskHealth(), new DiskHealth.Arguments(Optional.empty()));
    }

    static Lead network(Case about) {
        return about.lead(new NetStats(), new NetStats.Arguments(Optional.of(new Count(2))));
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads =
                new ArrayList<>(
                        List.of(
                                processors(about),
                                memory(about),
                                processes(about, ProcessTop.By.CPU),
                                kernel(about),
                                groups(about),
                                disks(about),
                                network(about)));
        if (!about.open(leads).isEmpty()) {
            return leads;
        }
        leads.add(Earlier.load(about));
        boolean disks =
                about.seen(disks(about), DiskIo.Traffic.class)
                        .filter(seen -> ScarceDisks.isScarce(seen.value()))
                        .isPresent();
        if (disks) {
            leads.add(processes(about, ProcessTop.By.IO));
            leads.add(health(about));
        }
        about.seen(processors(about), CpuUsage.Usage.class)
                .filter(seen -> disks || ScarceProcessors.waits(seen.value()))
                .ifPresent(ignored -> leads.add(processes(about, ProcessTop.By.DSTATE)));
        return leads;
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches =
                new Branches(about)
                        .on(
                                kernel(about),
                                KernelMessages.class,
                                "errors of the kernel or the hardware",
                                "可能有内核或硬件错误",
                                seen ->
                                        Borrowed.all(
                                                seen,
                                                "the kernel told of no error in the last hour",
                                                "最近一小时内核没有报告错误"));
        if (about.clue(health(about)).isPresent()) {
            branches.on(
                    health(about),
                    DiskHealth.Health.class,
                    "a failing disk",
                    "可能有磁盘即将损坏",
                    seen -> Borrowed.all(seen, "no disk tells of a fault", "没有磁盘报告故障"));
        }
        branches.on(
                        groups(about),
                        CgroupUsage.Usage.class,
                        "a unit held back by its own limits",
                        "可能有单元受自身限额制约",
                        ScarceGroups::of)
                .on(
                        processes(about, ProcessTop.By.CPU),
                        ProcessTop.Top.class,
                        "a process that takes a processor for itself",
                        "可能有进程占满处理器",
                        seen -> RunawayProcess.of(about, seen));
        return resources(about, branches);
    }

    private static List<Conclusion> resources(Case about, Branches branches) {
        branches.on(
                        processors(about),
                        CpuUsage.Usage.class,
                        "too little processor time",
                        "处理器可能不足",
                        seen -> ScarceProcessors.of(about, seen))
                .on(
                        memory(about),
                        MemUsage.Usage.class,
                        "too little memory",
                        "内存可能不足",
                        ScarceMemory::of)
                .on(
                        disks(about),
                        DiskIo.Traffic.class,
                        "a slow disk",
                        "磁盘可能很慢",
                        seen -> ScarceDisks.of(about, seen))
                .on(
                        network(about),
                        NetStats.Stats.class,
                        "packets that are lost",
                        "可能有网络丢包",
                        seen -> Borrowed.all(seen, "the network loses nothing", "网络没有丢包"));
        return branches.addAll(Earlier.of(about, !branches.hasCause())).conclusions();
    }
}
