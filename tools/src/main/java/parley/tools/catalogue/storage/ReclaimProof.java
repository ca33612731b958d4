package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.Observed;
import parley.tools.Preview;
import parley.tools.catalogue.storage.DiskReclaimable.Reclaimable;
import parley.tools.catalogue.storage.DiskReclaimable.Source;
import parley.tools.value.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether space was freed: what is still there of each kind, and what the filesystems say.
final class ReclaimProof {
    private ReclaimProof() {}

    static Proof of(DiskReclaimable.Arguments arguments, Preview preview, List<Observed> after) {
        Optional<Reclaimable> before = preview.find(Reclaimable.class);
        Optional<Reclaimable> now = Observed.find(after, Reclaimable.class);
        if (before.isEmpty() || now.isEmpty()) {
            return new Proof(
                    false, Bilingual.of("what is left was not read afterwards", "操作之后未能查看剩余内容"));
        }
        List<Source> left =
                now.get().sources().stream()
                        .filter(one -> one.files() > 0)
                        .filter(one -> expected(before.get(), one) > 0)
                        .toList();
        // what was there, not what was left over for going: the journal grows meanwhile
        long freed =
                before.get().sources().stream()
                        .mapToLong(one ->
                                one.present().value()
                                        - now.get()
                                                .of(one.kind())
                                                .map(rest -> rest.present().value())
                                                .orElse(0L))
                        .sum();
        Bilingual space = space(preview, after);
        if (!left.isEmpty()) {
            Bilingual first = ReclaimWords.source(left.getFirst());
            return new Proof(
                    false,
                    Bilingual.of(
                            "not everything went; left is {0}{1}",
                            "未能全部清理；还剩 {0}{1}", first, space));
        }
        Bytes all = new Bytes(Math.max(0, freed));
        return new Proof(true, Bilingual.of("{0} were cleared away{1}", "已清理 {0}{1}", all, space));
    }

    private static long expected(Reclaimable before, Source one) {
        return before.of(one.kind()).map(Source::files).orElse(0L);
    }

    /// What became of the filesystems that have more room now.
    private static Bilingual space(Preview preview, List<Observed> after) {
        Optional<DiskUsage.Usage> then = preview.find(DiskUsage.Usage.class);
        Optional<DiskUsage.Usage> now = Observed.find(after, DiskUsage.Usage.class);
        List<String> more = new ArrayList<>();
        List<String> moreZh = new ArrayList<>();
        for (Filesystem one : now.map(DiskUsage.Usage::filesystems).orElse(List.of())) {
            Optional<Filesystem> old =
                    then.map(DiskUsage.Usage::filesystems).orElse(List.of()).stream()
                            .filter(other -> other.mount().equals(one.mount()))
                            .findFirst();
            if (old.filter(was -> was.available().compareTo(one.available()) < 0).isPresent()) {
                more.add(
                        one.mount()
                                + " has "
                                + one.available()
                                + " free (was "
                                + old.get().available()
                                + ")");
                moreZh.add(
                        one.mount()
                                + " 可用 "
                                + one.available()
                                + "（原为 "
                                + old.get().available()
                                + "）");
            }
        }
        return more.isEmpty()
                ? Bilingual.of(
                        "; no filesystem has more room yet: disk.deleted_open shows whether"
                                + " something still holds the files open",
                        "；但文件系统可用空间尚未增加：可用 disk.deleted_open 查看是否有程序仍打开这些文件")
                : Bilingual.of("; " + String.join(", ", more), "；" + String.join("，", moreZh));
    }
}
