package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.storage.DiskUsage.Usage;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the fill of filesystems means in words.
final class DiskUsageFindings {
    /// From here on a filesystem is worth a word.
    static final double NEARLY_FULL = 80;

    private static final double FULL = 90;

    private DiskUsageFindings() {}

    static List<Finding> of(Reading<Usage> reading) {
        List<Filesystem> all = reading.value().filesystems();
        List<Finding> findings = new ArrayList<>();
        for (Filesystem one : all) {
            space(one).ifPresent(findings::add);
            inodes(one).ifPresent(findings::add);
        }
        findings.sort(Comparator.comparing(Finding::severity));
        List<Filesystem> rest =
                all.stream().filter(one -> one.fullest().value() < NEARLY_FULL).toList();
        if (!rest.isEmpty()) {
            findings.add(roomy(rest, findings.isEmpty(), !reading.gaps().isEmpty()));
        }
        if (all.isEmpty() && reading.gaps().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "No filesystem on a disk is mounted here.",
                            "这里没有挂载任何磁盘文件系统。"));
        }
        return List.copyOf(findings);
    }

    private static Severity severity(Percent used) {
        return used.value() >= FULL ? Severity.CRITICAL : Severity.WARNING;
    }

    private static Optional<Finding> space(Filesystem one) {
        if (one.usedPct().value() < NEARLY_FULL) {
            return Optional.empty();
        }
        if (one.image()) {
            return Optional.of(
                    finding(
                            Severity.NOTICE,
                            one,
                            one.mount()
                                    + " is a read-only image ("
                                    + one.fstype()
                                    + "), full by nature.",
                            one.mount() + " 是只读镜像（" + one.fstype() + "），本来就是满的。"));
        }
        return Optional.of(
                finding(
                        severity(one.usedPct()),
                        one,
                        "%s is %s full: %s of %s left (%s, %s)."
                                .formatted(
                                        one.mount(),
                                        one.usedPct(),
                                        one.available(),
                                        one.size(),
                                        one.fstype(),
                                        one.source()),
                        "%s 已用 %s：共 %s，还剩 %s（%s，%s）。"
                                .formatted(
                                        one.mount(),
                                        one.usedPct(),
                                        one.size(),
                                        one.available(),
                                        one.fstype(),
                                        one.source())));
    }

    private static Optional<Finding> inodes(Filesystem one) {
        return one.inodesPct()
                .filter(percent -> percent.value() >= NEARLY_FULL && !one.image())
                .map(percent ->
                        finding(
                                severity(percent),
                                one,
                                "%s has used %s of its inodes: %d more files can be created, however much space is left."
                                        .formatted(
                                                one.mount(), percent, one.inodesFree().orElse(0L)),
                                "%s 的 inode 已用 %s：不论还剩多少空间，只能再建 %d 个文件。"
                                        .formatted(
                                                one.mount(),
                                                percent,
                                                one.inodesFree().orElse(0L))));
    }

    private static Finding roomy(List<Filesystem> rest, boolean alone, boolean partial) {
        Filesystem fullest =
                rest.stream().max(Comparator.comparing(Filesystem::usedPct)).orElseThrow();
        String en = partial ? "Of the filesystems that answered, " : "";
        String zh = partial ? "在有响应的文件系统中，" : "";
        String none = partial ? "none" : "no filesystem";
        if (alone && rest.size() == 1) {
            en += "%s is not nearly full: %s used, %s of %s left.";
            zh += "%s 没有快满：已用 %s，还剩 %s，共 %s。";
        } else if (alone) {
            en += none + " is nearly full: the fullest is %s, %s used, %s of %s left.";
            zh += "没有快满的：最满的是 %s，已用 %s，还剩 %s，共 %s。";
        } else {
            en += "the others are below 80 %%: the fullest of them is %s, %s used, %s of %s left.";
            zh += "其余都低于 80 %%：其中最满的是 %s，已用 %s，还剩 %s，共 %s。";
        }
        return finding(
                Severity.HEALTHY,
                fullest,
                sentence(
                        en.formatted(
                                fullest.mount(),
                                fullest.usedPct(),
                                fullest.available(),
                                fullest.size())),
                zh.formatted(
                        fullest.mount(), fullest.usedPct(), fullest.available(), fullest.size()));
    }

    private static String sentence(String words) {
        return words.startsWith("/")
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static Finding finding(Severity severity, Filesystem one, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), List.of(one.evidence()));
    }
}
