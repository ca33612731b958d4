package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.kernel.BootRebootRequired;
import parley.tools.catalogue.kernel.RebootNeed;
import parley.tools.catalogue.kernel.RebootReason;
import parley.tools.catalogue.kernel.StaleUnit;
import parley.tools.catalogue.packages.ManagerLocks;
import parley.tools.catalogue.packages.PackageLockStatus;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether a host runs code that was replaced, whether restarts are enough, and what would be in
/// the way of a reboot.
final class RebootNeeded implements Diagnosis {
    private static final long ROOM_IN_BOOT = 100L << 20;

    @Override
    public Symptom symptom() {
        return Symptom.REBOOT_NEEDED;
    }

    private static Lead need(Case about) {
        return about.lead(new BootRebootRequired(), new BootRebootRequired.Arguments());
    }

    private static Lead locks(Case about) {
        return about.lead(new PackageLockStatus(), new PackageLockStatus.Arguments());
    }

    @Override
    public List<Lead> leads(Case about) {
        return List.of(
                need(about), ServiceDown.failed(about), locks(about), ServiceDown.disks(about));
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        return new Branches(about)
                .on(
                        need(about),
                        RebootNeed.class,
                        "old code that still runs",
                        "可能仍有旧代码在运行",
                        RebootNeeded::needs)
                .on(
                        ServiceDown.failed(about),
                        ServiceList.Units.class,
                        "services that have failed already, before a reboot",
                        "重启前可能已有失败的服务",
                        RebootNeeded::failed)
                .on(
                        locks(about),
                        ManagerLocks.class,
                        "a change of packages that a reboot would interrupt",
                        "重启可能打断正在进行的软件包变更",
                        Borrowed::all)
                .on(
                        ServiceDown.disks(about),
                        DiskUsage.Usage.class,
                        "a full /boot, with which it may not come up",
                        "/boot 可能已满，重启后可能无法启动",
                        RebootNeeded::boot)
                .conclusions();
    }

    private static List<Conclusion> needs(Seen<RebootNeed> seen) {
        RebootNeed need = seen.value();
        List<Conclusion> found = new ArrayList<>();
        switch (need.needed()) {
            case YES -> found.add(reboot(seen));
            case NO -> found.add(none(seen));
            case UNKNOWN ->
                    found.add(
                            Conclusion.open(
                                    "a reboot may be needed",
                                    "可能需要重启",
                                    seen.gaps().stream()
                                            .findFirst()
                                            .orElse(
                                                    Bilingual.of(
                                                            "not everything could be seen",
                                                            "有内容没能看到")),
                                    seen.clue()));
        }
        if (!need.toRestart().isEmpty()) {
            found.add(restarts(seen));
        }
        return found;
    }

    private static Conclusion none(Seen<RebootNeed> seen) {
        RebootNeed need = seen.value();
        return Conclusion.fine(
                "no reboot is needed: kernel "
                        + need.runningKernel()
                        + " is the newest that is installed, and nothing that only a reboot"
                        + " replaces is old",
                "不需要重启：正在运行的内核 " + need.runningKernel() + " 就是已安装的最新内核，也没有只能靠重启更新的旧代码",
                Citation.of(seen.clue()));
    }

    private static Conclusion reboot(Seen<RebootNeed> seen) {
        RebootNeed need = seen.value();
        String reasons =
                need.reasons().stream()
                        .map(one -> one.detail().value())
                        .distinct()
                        .collect(Collectors.joining("; "));
        return Conclusion.confirmed(
                        Severity.WARNING,
                        "a reboot is needed: "
                                + reasons
                                + "; it runs kernel "
                                + need.runningKernel()
                                + newest(need, " (newest installed: ", ")"),
                        "需要重启："
                                + reasons
                                + "；正在运行的内核为 "
                                + need.runningKernel()
                                + newest(need, "（已安装的最新：", "）"),
                        Citation.of(
                                seen.clue(),
                                need.reasons().stream().map(RebootReason::at).toList()))
                .advising(
                        "plan it in a window, with a way in that does not need the network; several"
                                + " hosts of a group one after the other",
                        "安排在维护窗口内，并备好不依赖网络的登录方式；同组主机逐台进行")
                .disproved("boot.reboot_required says no", "boot.reboot_required 的结果为不需要");
    }

    private static String newest(RebootNeed need, String before, String after) {
        return need.newestKernel()
                .filter(kernel -> !kernel.equals(need.runningKernel()))
                .map(kernel -> before + kernel + after)
                .orElse("");
    }

    private static Conclusion restarts(Seen<RebootNeed> seen) {
        List<StaleUnit> units = seen.value().toRestart();
        String names =
                units.stream().map(one -> one.unit().value()).collect(Collectors.joining(", "));
        return Conclusion.confirmed(
                        Severity.WARNING,
                        "services still run replaced code: " + names,
                        "仍在运行旧代码的服务：" + names,
                        Citation.of(seen.clue(), units.getFirst().unit().value()))
                .advising(
                        "restart them, those that others depend on first; where a reboot is needed"
                                + " anyway, that does it",
                        "重启这些服务，先重启被依赖的；若本来就要重启主机，则一并解决")
                .disproved("none of their processes maps a deleted file", "它们的进程不再映射已删除的文件");
    }

    private static List<Conclusion> failed(Seen<ServiceList.Units> seen) {
        String names =
                seen.value().units().stream()
                        .map(one -> one.unit().value())
                        .collect(Collectors.joining(", "));
        return List.of(
                names.isEmpty()
                        ? Conclusion.fine(
                                "no service has failed", "没有失败的服务", Citation.of(seen.clue()))
                        : Conclusion.confirmed(
                                Severity.NOTICE,
                                "failed already, whatever a reboot does: " + names,
                                "重启之前就已失败的服务：" + names,
                                Citation.of(seen.clue())));
    }

    private static List<Conclusion> boot(Seen<DiskUsage.Usage> seen) {
        Optional<Filesystem> boot =
                seen.value().filesystems().stream()
                        .filter(one -> List.of("/boot", "/").contains(one.mount().value()))
                        .max(Comparator.comparing(one -> one.mount().value()));
        return boot.map(place -> List.of(room(place, seen))).orElse(List.of());
    }

    private static Conclusion room(Filesystem place, Seen<DiskUsage.Usage> seen) {
        Citation row = Citation.of(seen.clue(), List.of(place.evidence()));
        return place.available().value() < ROOM_IN_BOOT
                ? Conclusion.confirmed(
                        Severity.WARNING,
                        place.mount()
                                + " has only "
                                + place.available()
                                + " left: a new kernel or its initramfs may not be whole",
                        place.mount() + " 只剩 " + place.available() + "：新内核或其 initramfs 可能不完整",
                        row)
                : Conclusion.fine(
                        place.mount() + " has " + place.available() + " left",
                        place.mount() + " 还剩 " + place.available(),
                        row);
    }
}
