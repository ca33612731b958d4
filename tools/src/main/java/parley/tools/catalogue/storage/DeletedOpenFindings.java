package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.storage.DiskDeletedOpen.Arguments;
import parley.tools.catalogue.storage.DiskDeletedOpen.DeletedOpen;
import parley.tools.catalogue.storage.DiskDeletedOpen.HeldSpace;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What space held by deleted files means in words.
final class DeletedOpenFindings {
    /// From this share of what is used on, they are why a filesystem is full.
    private static final double MUCH = 20;

    private static final int MOST_NAMED = 3;

    private DeletedOpenFindings() {}

    static List<Finding> of(Arguments arguments, Reading<DeletedOpen> reading) {
        DeletedOpen read = reading.value();
        if (read.files().isEmpty()) {
            String where =
                    arguments.mount().map(path -> " on the filesystem of " + path).orElse("");
            String whereZh = arguments.mount().map(path -> path + " 所在文件系统上").orElse("");
            return List.of(
                    reading.gaps().isEmpty()
                            ? Finding.of(
                                    Severity.HEALTHY,
                                    "No process holds a deleted file open{0}.",
                                    "{1}没有进程持有已删除的文件。",
                                    where,
                                    whereZh)
                            : Finding.of(
                                    Severity.NOTICE,
                                    "No process that could be looked into holds a deleted file"
                                            + " open{0}; others could not be.",
                                    "{1}可查看的进程都没有持有已删除的文件；其余进程无法查看。",
                                    where,
                                    whereZh));
        }
        List<Finding> findings = new ArrayList<>();
        read.mounts().forEach(mount -> findings.add(mount(mount, read)));
        read.files().stream()
                .limit(MOST_NAMED)
                .map(DeletedOpenFindings::file)
                .forEach(findings::add);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding mount(HeldSpace held, DeletedOpen read) {
        boolean much = held.share().filter(share -> share.value() >= MUCH).isPresent();
        String share =
                held.share().map(percent -> ", " + percent + " of what is used there").orElse("");
        String shareZh = held.share().map(percent -> "，占已用空间的 " + percent).orElse("");
        String files = held.files() == 1 ? "1 deleted file" : held.files() + " deleted files";
        return new Finding(
                much ? Severity.WARNING : Severity.NOTICE,
                Bilingual.of(
                        "On %s, %s held open by processes %s %s%s."
                                .formatted(
                                        held.mount(),
                                        files,
                                        held.files() == 1 ? "keeps" : "keep",
                                        held.bytes(),
                                        share),
                        "%s 上有 %d 个已删除但仍被进程打开的文件，占用 %s%s。"
                                .formatted(held.mount(), held.files(), held.bytes(), shareZh)),
                read.files().stream()
                        .filter(file -> file.mount().equals(Optional.of(held.mount())))
                        .map(DeletedFile::evidence)
                        .toList());
    }

    private static Finding file(DeletedFile file) {
        String whom =
                "%s (process %s, user %s%s)"
                        .formatted(
                                file.cmd(),
                                file.pid(),
                                file.user(),
                                file.unit().map(unit -> ", " + unit).orElse(""));
        String whomZh =
                "%s（进程 %s，用户 %s%s）"
                        .formatted(
                                file.cmd(),
                                file.pid(),
                                file.user(),
                                file.unit().map(unit -> "，" + unit).orElse(""));
        return new Finding(
                Severity.NOTICE,
                Bilingual.of(
                        "%s is deleted, but %s holds it open: %s are free only when it closes it%s."
                                .formatted(
                                        file.path(),
                                        whom,
                                        file.bytes(),
                                        service(file)
                                                .map(unit -> ", at a restart of " + unit)
                                                .orElse("")),
                        "%s 已被删除，但 %s仍打开着它：关闭后（%s）才会释放 %s。"
                                .formatted(
                                        file.path(),
                                        whomZh,
                                        file.unit().map(unit -> "例如重启 " + unit).orElse("例如进程退出"),
                                        file.bytes())),
                List.of(file.evidence()));
    }

    /// A unit whose restart closes the file; scopes and slices cannot be restarted.
    private static Optional<HostText> service(DeletedFile file) {
        return file.unit().filter(unit -> unit.value().endsWith(".service"));
    }
}
