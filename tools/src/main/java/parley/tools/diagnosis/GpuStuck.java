package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Lead;
import parley.tools.catalogue.load.MemUsage;
import parley.tools.catalogue.load.ProcessTop;
import parley.tools.catalogue.logs.KernelLog;
import parley.tools.catalogue.logs.KernelMessages;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.value.Since;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a job on accelerators stands still, as far as the host's kernel, memory and disks tell. No
/// tool reads the accelerators, their collective jobs or their fabric: that stays open.
final class GpuStuck implements Diagnosis {
    @Override
    public Symptom symptom() {
        return Symptom.GPU_STUCK;
    }

    private static Lead kernel(Case about) {
        return about.lead(
                new KernelLog(),
                new KernelLog.Arguments(Optional.of(new Since("24h")), Optional.empty()));
    }

    @Override
    public List<Lead> leads(Case about) {
        return List.of(
                kernel(about),
                HostSlow.memory(about),
                HostSlow.processes(about, ProcessTop.By.CPU),
                ServiceDown.disks(about));
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches =
                new Branches(about)
                        .on(
                                kernel(about),
                                KernelMessages.class,
                                "an error of a device or its driver (Xid)",
                                "可能有设备或驱动错误（Xid）",
                                seen ->
                                        Borrowed.all(
                                                seen,
                                                "the kernel told of no device error in a day",
                                                "一天内内核没有报告设备错误"))
                        .on(
                                HostSlow.memory(about),
                                MemUsage.Usage.class,
                                "too little memory on the host",
                                "主机内存可能不足",
                                ScarceMemory::of)
                        .on(
                                ServiceDown.disks(about),
                                DiskUsage.Usage.class,
                                "a full disk on which a checkpoint waits",
                                "磁盘可能已满，检查点无法写入",
                                seen -> disks(about, seen));
        branches.add(
                unread(
                        "the accelerators themselves: their use, power, temperature and memory",
                        "加速卡自身：利用率、功耗、温度与显存"));
        branches.add(
                unread("the collective job: which rank waits for which", "集合通信作业：哪个 rank 在等哪个"));
        branches.add(unread("the fabric between hosts (RDMA)", "主机之间的高速网络（RDMA）"));
        return branches.conclusions();
    }

    private static List<Conclusion> disks(Case about, Case.Seen<DiskUsage.Usage> seen) {
        List<Conclusion> found = new ArrayList<>(DiskFull.fullOnes(about));
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "no filesystem is nearly full", "没有快满的文件系统", Citation.of(seen.clue())));
        }
        return found;
    }

    private static Conclusion unread(String en, String zh) {
        return Conclusion.open(
                en, zh, Bilingual.of("no tool of this catalogue reads it", "目录中没有读取它的工具"));
    }
}
