package parley.tools.catalogue.storage;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.storage.DiskLargest.Arguments;
import parley.tools.catalogue.storage.DiskLargest.BigFile;
import parley.tools.catalogue.storage.DiskLargest.Directory;
import parley.tools.catalogue.storage.DiskLargest.Largest;

import java.util.ArrayList;
import java.util.List;

/// What fills a path, in words.
final class DiskLargestFindings {

    private DiskLargestFindings() {}

    static List<Finding> of(Arguments arguments, Reading<Largest> reading) {
        Largest largest = reading.value();
        List<Finding> findings = new ArrayList<>();
        String seen = reading.gaps().isEmpty() ? "" : " (of what could be seen)";
        String seenZh = reading.gaps().isEmpty() ? "" : "（仅就可见部分）";
        if (arguments.countsInodes() && !largest.directories().isEmpty()) {
            Directory most = largest.directories().getFirst();
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "Below %s%s, %s holds most files: %d inodes."
                                    .formatted(
                                            largest.path(),
                                            seen,
                                            most.path(),
                                            most.inodes().orElse(0L)),
                            "%s 下%s文件最多的目录是 %s：%d 个 inode。"
                                    .formatted(
                                            largest.path(),
                                            seenZh,
                                            most.path(),
                                            most.inodes().orElse(0L))));
        } else if (!largest.directories().isEmpty()) {
            Directory top = largest.directories().getFirst();
            String share = largest.total().isPresent() ? ", " + top.share() : "";
            String shareZh = largest.total().isPresent() ? "，占 " + top.share() : "";
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "The largest directory below %s%s is %s with %s%s%s."
                                    .formatted(
                                            largest.path(),
                                            seen,
                                            top.path(),
                                            top.bytes(),
                                            share,
                                            largest.total()
                                                    .map(total -> " of " + total + " in all")
                                                    .orElse("")),
                            "%s 下最大的目录%s是 %s：%s%s%s。"
                                    .formatted(
                                            largest.path(),
                                            seenZh,
                                            top.path(),
                                            top.bytes(),
                                            shareZh,
                                            largest.total()
                                                    .map(total -> "，总计 " + total)
                                                    .orElse(""))));
        }
        findings.add(file(arguments, largest, seen, seenZh));
        return List.copyOf(findings);
    }

    private static Finding file(Arguments arguments, Largest largest, String seen, String seenZh) {
        if (largest.files().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    "No file of at least %s is below %s%s."
                            .formatted(arguments.least(), largest.path(), seen),
                    "%s 下没有不小于 %s 的文件%s。".formatted(largest.path(), arguments.least(), seenZh));
        }
        BigFile top = largest.files().getFirst();
        return Finding.of(
                Severity.NOTICE,
                "The largest of %d %s of at least %s%s is %s: %s, owned by %s, last changed %s."
                        .formatted(
                                largest.filesFound(),
                                largest.filesFound() == 1 ? "file" : "files",
                                arguments.least(),
                                seen,
                                top.path(),
                                top.bytes(),
                                top.owner(),
                                top.mtime()),
                "不小于 %s 的文件有 %d 个%s，最大的是 %s：%s，属主 %s，最后修改于 %s。"
                        .formatted(
                                arguments.least(),
                                largest.filesFound(),
                                seenZh,
                                top.path(),
                                top.bytes(),
                                top.owner(),
                                top.mtime()));
    }
}
