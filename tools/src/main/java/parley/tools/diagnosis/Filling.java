package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.Risk;
import parley.tools.catalogue.storage.DiskDeletedOpen.DeletedOpen;
import parley.tools.catalogue.storage.DiskLargest;
import parley.tools.catalogue.storage.DiskLargest.BigFile;
import parley.tools.catalogue.storage.DiskLargest.Directory;
import parley.tools.catalogue.storage.DiskLargest.Largest;
import parley.tools.catalogue.storage.Filesystem;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One filesystem that has little left, and what fills it.
final class Filling {
    private final Case about;
    private final Filesystem filesystem;
    private final Optional<Seen<Largest>> largest;

    Filling(Case about, Filesystem filesystem) {
        this.about = about;
        this.filesystem = filesystem;
        this.largest =
                DiskFull.largest(about, filesystem.mount().value())
                        .flatMap(lead -> about.seen(lead, Largest.class));
    }

    private Severity severity(double percent) {
        return percent >= DiskFull.FULL ? Severity.CRITICAL : Severity.WARNING;
    }

    Conclusion space(Citation row) {
        boolean full = filesystem.usedPct().value() >= DiskFull.FULL;
        Bilingual filler = filler();
        Conclusion conclusion =
                Conclusion.confirmed(
                        severity(filesystem.usedPct().value()),
                        filesystem.mount()
                                + (full ? " is full: " : " is nearly full: ")
                                + filesystem.usedPct()
                                + " used, "
                                + filesystem.available()
                                + " of "
                                + filesystem.size()
                                + " left"
                                + filler.en(),
                        filesystem.mount()
                                + (full ? " 已满：" : " 快满了：")
                                + "已用 "
                                + filesystem.usedPct()
                                + "，剩余 "
                                + filesystem.available()
                                + "，共 "
                                + filesystem.size()
                                + filler.zh(),
                        row);
        if (largest.isPresent()) {
            conclusion = conclusion.citing(biggest(largest.get()));
        }
        return conclusion
                .advising(
                        "whoever owns those files decides; nothing of an application is ever"
                            + " deleted by itself. Journals, package caches and rotated logs can"
                            + " go",
                        "由这些文件的所有者决定，绝不自动删除应用数据；日志（journal）、软件包缓存和已轮转的日志可以清理")
                .disproved(
                        "df shows less than " + (int) DiskFull.NEARLY + " % used there",
                        "df 显示其使用率低于 " + (int) DiskFull.NEARLY + " %")
                .proposing(look());
    }

    Conclusion inodes(Citation row) {
        Optional<Seen<Largest>> crowded =
                DiskFull.crowded(about, filesystem.mount().value())
                        .flatMap(lead -> about.seen(lead, Largest.class));
        Optional<Directory> most =
                crowded.flatMap(seen -> seen.value().directories().stream().findFirst());
        String used = filesystem.inodesPct().map(Object::toString).orElse("");
        boolean none = DiskFull.inodes(filesystem) >= DiskFull.FULL;
        Conclusion conclusion =
                Conclusion.confirmed(
                        severity(DiskFull.inodes(filesystem)),
                        filesystem.mount()
                                + (none
                                        ? " has no room for more files: "
                                        : " has little room for more files: ")
                                + used
                                + " of its inodes are used, though "
                                + filesystem.available()
                                + " of space are free"
                                + most.map(one -> "; most are in " + one.path() + files(one, true))
                                        .orElse(""),
                        filesystem.mount()
                                + (none ? " 无法再创建文件：inode 已用 " : " 很快无法再创建文件：inode 已用 ")
                                + used
                                + "，而空间还剩 "
                                + filesystem.available()
                                + most.map(one -> "；最多的在 " + one.path() + files(one, false))
                                        .orElse(""),
                        row);
        if (most.isPresent()) {
            conclusion =
                    conclusion.citing(Citation.of(crowded.get().clue(), most.get().path().value()));
        }
        return conclusion
                .advising(
                        "many small files fill it (sessions, mail, caches): find the directory that"
                                + " has them; deleting large files does not help",
                        "由大量小文件（会话、邮件、缓存）占满：找出这些文件所在的目录；删除大文件没有用")
                .disproved("df -i shows free inodes there", "df -i 显示其仍有空闲 inode")
                .proposing(look("by=inodes"));
    }

    private static String files(Directory one, boolean english) {
        return one.inodes()
                .map(count -> english ? " (" + count + ")" : "（" + count + " 个）")
                .orElse("");
    }

    private Proposed look(String... more) {
        List<String> arguments = new ArrayList<>(List.of("path=" + filesystem.mount()));
        arguments.addAll(List.of(more));
        return new Proposed("disk.largest", arguments, about.host().name(), Risk.OBSERVE);
    }

    /// `; the largest below it: …`, with what `du` counts beside what `df` says.
    private Bilingual filler() {
        if (largest.isEmpty()) {
            return Bilingual.of("; what fills it was not seen", "；未能看到是什么占满了它");
        }
        Largest found = largest.get().value();
        Optional<BigFile> file = found.files().stream().findFirst();
        Optional<Directory> directory =
                found.directories().stream()
                        .filter(one -> !one.path().value().equals(found.path().value()))
                        .filter(one -> 3 * one.bytes().value() > filesystem.used().value())
                        .findFirst();
        String visible = found.total().map(Bytes::toString).orElse("not all of it");
        String deleted = deletedHere().map(Bytes::toString).orElse("");
        StringBuilder en =
                new StringBuilder("; df counts " + filesystem.used() + ", du sees " + visible);
        StringBuilder zh =
                new StringBuilder(
                        "；df 统计 "
                                + filesystem.used()
                                + "，du 可见 "
                                + (found.total().isEmpty() ? "不全" : visible));
        if (!deleted.isEmpty()) {
            en.append(", deleted files keep ").append(deleted);
            zh.append("，已删除文件占用 ").append(deleted);
        }
        directory.ifPresent(one -> {
            en.append("; most is in ")
                    .append(one.path())
                    .append(" (")
                    .append(one.bytes())
                    .append(')');
            zh.append("；最大的目录是 ").append(one.path()).append("（").append(one.bytes()).append("）");
        });
        file.ifPresent(one -> {
            en.append("; the largest file is ")
                    .append(one.path())
                    .append(" (")
                    .append(one.bytes())
                    .append(')');
            zh.append("；最大的文件是 ").append(one.path()).append("（").append(one.bytes()).append("）");
        });
        return Bilingual.of(en.toString(), zh.toString());
    }

    private Optional<Bytes> deletedHere() {
        Lead lead = DiskFull.deleted(about);
        return about.seen(lead, DeletedOpen.class).stream()
                .flatMap(seen -> DeletedSpace.on(seen, filesystem).stream())
                .findFirst();
    }

    private static Citation biggest(Seen<DiskLargest.Largest> seen) {
        return seen.value().files().stream()
                .findFirst()
                .map(one -> Citation.of(seen.clue(), one.path().value()))
                .orElse(Citation.of(seen.clue()));
    }
}
