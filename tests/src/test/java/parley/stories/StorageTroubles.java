package parley.stories;

import static parley.stories.Family.APT;
import static parley.stories.Family.DNF;

import java.util.List;

/// Disks that are full, in one way or another.
final class StorageTroubles {
    private static final String EN = "why is the disk full on HOST?";
    private static final String ZH = "HOST 的磁盘为什么满了";

    private StorageTroubles() {}

    static List<Trouble> all() {
        return List.of(
                Trouble.of(
                        "full filesystem",
                        DNF,
                        new Fault.Named("disk-full"),
                        "disk-full",
                        EN,
                        ZH,
                        "/srv/data is full: 100 % used.*the largest file is"
                                + " /srv/data/export.bin",
                        "/srv/data 已满.*export.bin",
                        "(?s)100% .*/srv/data.*export.bin"),
                Trouble.of(
                        "no inode left",
                        APT,
                        new Fault.Named("inodes-full"),
                        "disk-full",
                        EN,
                        ZH,
                        "/srv/data has no room for more files: 100 % of its inodes",
                        "/srv/data 无法再创建文件：inode 已用 100 %",
                        "100% /srv/data"),
                Trouble.of(
                                "deleted file that is still open",
                                APT,
                                new Fault.Named("deleted-open-file"),
                                "disk-full",
                                "df says the disk is full on HOST but du sees nothing big, why?",
                                "HOST 的 df 显示磁盘满了，du 却找不到大文件，为什么",
                                "audit-writer.service keeps 64 MiB of / in a deleted file: .*PID"
                                        + " \\d+",
                                "audit-writer.service 通过已删除的文件占用 / 的 64 MiB.*PID \\d+",
                                "/proc/\\d+/fd/3")
                        .inBrief(),
                Trouble.of(
                        "root filesystem full",
                        APT,
                        new Fault.Named("disk-full root"),
                        "disk-full",
                        EN,
                        ZH,
                        "^/ is (nearly )?full",
                        "^/ (已满|快满了)",
                        "% /\\n"),
                Trouble.of(
                                "flooded log",
                                DNF,
                                new Fault.Named("log-flood"),
                                "disk-full",
                                EN,
                                ZH,
                                "chatty",
                                "chatty",
                                "chatty")
                        .knownToBeMissed(
                                "the disk is not full yet, and no tool ranks units by log"));
    }
}
