package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.catalogue.storage.DiskDeletedOpen.DeletedOpen;
import parley.tools.catalogue.storage.DiskLargest.Largest;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Bytes;

import java.util.List;
import java.util.Optional;

/// Space that `df` counts, `du` cannot find and no deleted file keeps: files below a directory on
/// which something else was mounted later, or snapshots.
final class HiddenSpace {
    private static final double WORTH_TELLING_PCT = 10;
    private static final long WORTH_TELLING = 100L << 20;

    private HiddenSpace() {}

    /// Only said where all of both was seen: what one may not look at is no hidden space. What an
    /// overlay counts is that of the filesystem under it.
    static List<Conclusion> of(Case about, Filesystem one, Citation row) {
        Optional<Seen<Largest>> largest =
                DiskFull.largest(about, one.mount().value())
                        .flatMap(lead -> about.seen(lead, Largest.class))
                        .filter(Seen::isWhole);
        Optional<Seen<DeletedOpen>> deleted =
                about.seen(DiskFull.deleted(about), DeletedOpen.class).filter(Seen::isWhole);
        Optional<Bytes> visible = largest.flatMap(seen -> seen.value().total());
        boolean ofItsOwn = DiskFull.OF_DISKS.contains(one.fstype());
        if (visible.isEmpty() || deleted.isEmpty() || !ofItsOwn) {
            return List.of();
        }
        long kept = DeletedSpace.on(deleted.get(), one).map(Bytes::value).orElse(0L);
        long hidden = one.used().value() - visible.get().value() - kept;
        return hidden < WORTH_TELLING || 100.0 * hidden < WORTH_TELLING_PCT * one.used().value()
                ? List.of()
                : List.of(
                        told(one, new Bytes(hidden), visible.get(), new Bytes(kept), row)
                                .citing(Citation.of(largest.get().clue()))
                                .citing(Citation.of(deleted.get().clue())));
    }

    private static Conclusion told(
            Filesystem one, Bytes hidden, Bytes visible, Bytes kept, Citation row) {
        return Conclusion.likely(
                        Severity.WARNING,
                        hidden
                                + " of "
                                + one.mount()
                                + " is in no file that can be seen: df counts "
                                + one.used()
                                + ", du finds "
                                + visible
                                + ", deleted files keep "
                                + kept
                                + "; it lies below a directory on which something else is mounted,"
                                + " or in a snapshot",
                        one.mount()
                                + " 有 "
                                + hidden
                                + " 不在任何可见文件中：df 统计 "
                                + one.used()
                                + "，du 找到 "
                                + visible
                                + "，已删除文件占用 "
                                + kept
                                + "；它们在被其他挂载点遮住的目录下，或在快照里",
                        row)
                .advising(
                        "mount the same filesystem a second time elsewhere (mount --bind) and run"
                                + " du there: what lies below mount points shows",
                        "把该文件系统再绑定挂载（mount --bind）到别处，在那里运行 du，即可看到被遮住的内容")
                .disproved(
                        "du of a bind mount finds no more than du does now",
                        "在绑定挂载处运行 du，结果并不比现在多");
    }
}
