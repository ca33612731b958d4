package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Change.Impact;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.catalogue.storage.DiskReclaimable.Reclaimable;
import parley.tools.catalogue.storage.DiskReclaimable.Source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What clearing space removes, kind by kind, and what is lost with it.
final class ReclaimImpact {
    private ReclaimImpact() {}

    static Impact of(DiskReclaimable.Arguments arguments, Preview preview) {
        Optional<Reclaimable> found = preview.find(Reclaimable.class);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        Set<String> objects = new LinkedHashSet<>();
        if (found.isEmpty()) {
            obstacles.add(
                    Bilingual.of(
                            "what could be freed was not read, so nothing is removed",
                            "未能读取可清理的内容，因此不做任何删除"));
        }
        if (arguments.wanted().contains(Spare.OLD_KERNELS)) {
            obstacles.add(
                    Bilingual.of(
                            "kernels are packages that the host boots from, and are not removed"
                                + " from here; kernel.info lists those installed, and the host's"
                                + " own package manager removes old ones (apt autoremove, dnf"
                                + " remove --oldinstallonly)",
                            "内核是主机启动所需的软件包，不在此删除；kernel.info 可列出已安装的内核，请在主机上用包管理器清理旧内核"
                                    + "（apt autoremove 或 dnf remove --oldinstallonly）"));
        }
        for (Source one : found.map(Reclaimable::sources).orElse(List.of())) {
            if (one.files() == 0) {
                lines.add(
                        Bilingual.of(
                                one.kind().called().en() + ": nothing to free",
                                one.kind().called().zh() + "：没有可清理的"));
                continue;
            }
            objects.addAll(List.of(one.where().value().split(" ")));
            lines.add(lost(one));
        }
        found.ifPresent(all ->
                lines.addFirst(
                        Bilingual.of(all.total() + " would be freed", "共可释放 " + all.total())));
        return new Impact(Risk.CHANGE, objects, Set.of(), Set.of(), lines, obstacles);
    }

    private static Bilingual lost(Source one) {
        Bilingual words = ReclaimWords.source(one);
        String largest =
                one.largest().stream().map(Object::toString).collect(Collectors.joining(", "));
        return Bilingual.of(
                "{0}; lost: {1} ({2} …)", "{0}；将失去：{1}（{2} …）", words, one.kind().loss(), largest);
    }

    /// More than what was approved is never removed.
    static Optional<Bilingual> drift(Optional<Reclaimable> then, Optional<Reclaimable> now) {
        if (then.isEmpty() || now.isEmpty()) {
            return Optional.of(Bilingual.of("it could not be looked at again", "无法再次查看"));
        }
        for (Source one : now.get().sources()) {
            long before = then.get().of(one.kind()).map(Source::files).orElse(0L);
            if (one.files() > before) {
                return Optional.of(
                        Bilingual.of(
                                "{0}: {1} files would go now, {2} were shown",
                                "{0}：现在会删除 {1} 个文件，而展示的是 {2} 个",
                                one.kind().called(),
                                one.files(),
                                before));
            }
        }
        return Optional.empty();
    }
}
