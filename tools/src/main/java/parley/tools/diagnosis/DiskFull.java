package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.logs.KernelClass;
import parley.tools.catalogue.logs.KernelLog;
import parley.tools.catalogue.logs.KernelMessages;
import parley.tools.catalogue.storage.DiskDeletedOpen;
import parley.tools.catalogue.storage.DiskHealth;
import parley.tools.catalogue.storage.DiskLargest;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.Since;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Why something says that there is no space left: a full filesystem, no inode left, space that
/// deleted files keep, a filesystem that became read-only; and what fills it.
final class DiskFull implements Diagnosis {
    static final double FULL = 95;
    static final double NEARLY = 85;
    private static final int MOST_LOOKED_INTO = 3;
    static final Set<String> OF_DISKS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "vfat");

    @Override
    public Symptom symptom() {
        return Symptom.DISK_FULL;
    }

    private static Lead usage(Case about) {
        return ServiceDown.disks(about);
    }

    static Lead deleted(Case about) {
        return about.lead(new DiskDeletedOpen(), new DiskDeletedOpen.Arguments(Optional.empty()));
    }

    /// What is below a mount point; empty where that may not be looked at.
    static Optional<Lead> largest(Case about, String mount) {
        return largest(about, mount, Optional.empty());
    }

    /// The directories below a mount point that hold most files.
    static Optional<Lead> crowded(Case about, String mount) {
        return largest(about, mount, Optional.of(DiskLargest.By.INODES));
    }

    private static Optional<Lead> largest(Case about, String mount, Optional<DiskLargest.By> by) {
        try {
            return Optional.of(
                    about.lead(
                            new DiskLargest(),
                            new DiskLargest.Arguments(
                                    Optional.of(new AbsolutePath(mount)),
                                    Optional.of(new Count(2)),
                                    Optional.of(Bytes.of("1M")),
                                    by)));
        } catch (BadValue elsewhere) {
            return Optional.empty();
        }
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads = new ArrayList<>(List.of(usage(about), deleted(about)));
        about.seen(usage(about), DiskUsage.Usage.class).stream()
                .flatMap(seen -> seen.value().filesystems().stream())
                .filter(DiskFull::isTight)
                .limit(MOST_LOOKED_INTO)
                .flatMap(one ->
                        (one.usedPct().value() >= NEARLY
                                        ? largest(about, one.mount().value())
                                        : crowded(about, one.mount().value()))
                                .stream())
                .forEach(leads::add);
        if (hasReadOnly(about)) {
            leads.add(errors(about, KernelClass.IO));
            leads.add(errors(about, KernelClass.FS));
            leads.add(HostSlow.health(about));
        }
        return leads;
    }

    /// What the kernel said of devices that fail, or of filesystems on them, in a week.
    private static Lead errors(Case about, KernelClass kind) {
        return about.lead(
                new KernelLog(),
                new KernelLog.Arguments(Optional.of(new Since("7d")), Optional.of(kind)));
    }

    private static boolean hasReadOnly(Case about) {
        return about.seen(usage(about), DiskUsage.Usage.class).stream()
                .flatMap(seen -> seen.value().filesystems().stream())
                .anyMatch(DiskFull::isReadOnly);
    }

    static boolean isTight(Filesystem one) {
        return one.usedPct().value() >= NEARLY || inodes(one) >= NEARLY;
    }

    static double inodes(Filesystem one) {
        return one.inodesPct().map(percent -> percent.value()).orElse(0.0);
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches = new Branches(about);
        if (hasReadOnly(about)) {
            failing(about, branches);
        }
        branches.on(
                usage(about),
                DiskUsage.Usage.class,
                "a full filesystem",
                "可能有文件系统已满",
                seen -> filesystems(about, seen));
        branches.on(
                deleted(about),
                DiskDeletedOpen.DeletedOpen.class,
                "space that deleted files keep",
                "已删除的文件可能仍占用空间",
                seen -> DeletedSpace.of(about, seen));
        return branches.conclusions();
    }

    /// What made a kernel mount a disk read-only comes before anything about space.
    private static void failing(Case about, Branches branches) {
        branches.on(
                        errors(about, KernelClass.IO),
                        KernelMessages.class,
                        "errors of a disk",
                        "可能有磁盘错误",
                        Borrowed::all)
                .on(
                        errors(about, KernelClass.FS),
                        KernelMessages.class,
                        "a damaged filesystem",
                        "可能有文件系统损坏",
                        Borrowed::all)
                .on(
                        HostSlow.health(about),
                        DiskHealth.Health.class,
                        "a failing disk",
                        "可能有磁盘即将损坏",
                        seen -> Borrowed.all(seen, "no disk tells of a fault", "没有磁盘报告故障"));
    }

    /// The filesystems that are full, for diagnoses that come upon them.
    static List<Conclusion> fullOnes(Case about) {
        return about.seen(usage(about), DiskUsage.Usage.class).stream()
                .flatMap(seen -> filesystems(about, seen).stream())
                .filter(Conclusion::isCause)
                .toList();
    }

    private static List<Conclusion> filesystems(Case about, Seen<DiskUsage.Usage> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Filesystem one : seen.value().filesystems()) {
            Citation row = Citation.of(seen.clue(), List.of(one.evidence()));
            if (isReadOnly(one)) {
                found.add(readOnly(one, row));
            }
            if (inodes(one) >= NEARLY) {
                found.add(new Filling(about, one).inodes(row));
            }
            if (one.usedPct().value() >= NEARLY) {
                found.add(new Filling(about, one).space(row));
                found.addAll(HiddenSpace.of(about, one, row));
            }
        }
        if (found.isEmpty()) {
            found.add(roomy(seen));
        }
        return found;
    }

    private static Conclusion roomy(Seen<DiskUsage.Usage> seen) {
        Optional<Filesystem> fullest = seen.value().filesystems().stream().findFirst();
        Citation evidence =
                fullest.map(one -> Citation.of(seen.clue(), List.of(one.evidence())))
                        .orElse(Citation.of(seen.clue()));
        String en =
                fullest.map(one ->
                                ": the fullest is "
                                        + one.mount()
                                        + ", "
                                        + one.usedPct()
                                        + " of space and "
                                        + one.inodesPct().map(Object::toString).orElse("no count")
                                        + " of inodes used")
                        .orElse("");
        String zh =
                fullest.map(one ->
                                "：最满的是 "
                                        + one.mount()
                                        + "，空间已用 "
                                        + one.usedPct()
                                        + "，inode 已用 "
                                        + one.inodesPct().map(Object::toString).orElse("（不计数）"))
                        .orElse("");
        return Conclusion.fine(
                "no filesystem is nearly full, in space or inodes" + en,
                "没有快满的文件系统（空间与 inode）" + zh,
                evidence);
    }

    /// Disks are mounted read-only by the kernel when they fail; what is below /run is mounted so
    /// on purpose.
    private static boolean isReadOnly(Filesystem one) {
        return one.readOnly().orElse(false)
                && OF_DISKS.contains(one.fstype())
                && !one.mount().value().startsWith("/run/");
    }

    private static Conclusion readOnly(Filesystem one, Citation row) {
        return Conclusion.likely(
                        Severity.WARNING,
                        one.mount()
                                + " is mounted read-only: nothing can be written there, however"
                                + " much is free; a kernel does that to a failing disk",
                        one.mount() + " 以只读方式挂载：无论剩余多少空间都无法写入；磁盘出错时内核会这样做",
                        row)
                .advising(
                        "look at the kernel's log and the disk's health before anything is cleaned",
                        "清理之前先查看内核日志和磁盘健康状况")
                .disproved("its line in /etc/fstab says ro", "/etc/fstab 中该挂载点本来就是 ro");
    }
}
