package parley.tools.catalogue.storage;

import com.fasterxml.jackson.annotation.JsonProperty;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Family;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What may be cleared away to free space, and nothing else: where it lies, how it is found, how it
/// is removed, and what is lost with it.
public enum Spare {
    @JsonProperty("journal")
    JOURNAL("journal", "日志库", "/var/log/journal /run/log/journal"),
    @JsonProperty("pkgCache")
    PKG_CACHE("package cache", "软件包缓存", "/var/cache"),
    @JsonProperty("oldKernels")
    OLD_KERNELS("old kernels", "旧内核", "/boot"),
    @JsonProperty("coredumps")
    COREDUMPS("core dumps", "core dump", "/var/lib/systemd/coredump"),
    @JsonProperty("tmpOld")
    TMP_OLD("old temporary files", "过期临时文件", "/tmp /var/tmp"),
    @JsonProperty("rotatedLogs")
    ROTATED_LOGS("rotated logs", "轮转日志", "/var/log");

    /// What is looked for when nobody says; kernels are packages, and not of these.
    static final List<Spare> USUAL = List.of(JOURNAL, PKG_CACHE, COREDUMPS, TMP_OLD, ROTATED_LOGS);

    private static final String ROW = "%b\\t%p\\0";
    private static final String ROTATED = ".*(\\.gz|\\.xz|\\.zst|\\.bz2|\\.[0-9]+|-[0-9]{8})";
    private static final long MOST_BYTES = 2L * 1024 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String en;
    private final String zh;
    private final String folders;

    Spare(String en, String zh, String folders) {
        this.en = en;
        this.zh = zh;
        this.folders = folders;
    }

    Bilingual called() {
        return Bilingual.of(en, zh);
    }

    /// The folders that it lies in.
    List<String> places(Family family) {
        return switch (this) {
            case JOURNAL, OLD_KERNELS, COREDUMPS, TMP_OLD, ROTATED_LOGS ->
                    List.of(folders.split(" "));
            case PKG_CACHE ->
                    switch (family) {
                        case APT -> List.of("/var/cache/apt/archives");
                        case DNF, DNF5, YUM3 -> List.of("/var/cache/dnf");
                        case ZYPPER, APK, UNKNOWN -> List.of(folders);
                    };
        };
    }

    /// What is gone with it for good.
    Bilingual loss() {
        return switch (this) {
            case JOURNAL -> Bilingual.of("the oldest log entries", "最早的日志记录");
            case PKG_CACHE ->
                    Bilingual.of("nothing that cannot be downloaded again", "仅需重新下载，不丢失数据");
            case OLD_KERNELS -> Bilingual.of("kernels to fall back to", "可回退的旧内核");
            case COREDUMPS ->
                    Bilingual.of("the memory images of programs that crashed", "程序崩溃时的内存转储");
            case TMP_OLD ->
                    Bilingual.of(
                            "what somebody may have left in /tmp or /var/tmp",
                            "可能有人留在 /tmp 或 /var/tmp 的文件");
            case ROTATED_LOGS -> Bilingual.of("the logs of those days", "相应日期的日志");
        };
    }

    /// The files there are; empty where there is no way to look for them.
    Optional<Argv> find(Family family, long days) {
        return matching(family, days).map(found -> found.plus("-printf", ROW).betterAsRoot());
    }

    /// Removes them, and prints each that is gone; empty where no file is removed one by one.
    Optional<Argv> delete(Family family, long days) {
        return switch (this) {
            case JOURNAL, PKG_CACHE, OLD_KERNELS -> Optional.empty();
            case COREDUMPS, TMP_OLD, ROTATED_LOGS ->
                    matching(family, days)
                            .map(found -> found.plus("-delete", "-printf", ROW).asRoot());
        };
    }

    private Optional<Argv> matching(Family family, long days) {
        List<String> words = new ArrayList<>(List.of("find"));
        words.addAll(places(family));
        words.addAll(List.of("-xdev"));
        String age = "+" + days;
        switch (this) {
            case JOURNAL -> words.addAll(List.of("-type", "f", "-name", "*.journal*"));
            case PKG_CACHE -> {
                if (family != Family.APT && family != Family.DNF) {
                    return Optional.empty();
                }
                // dnf clears the folders of its own repositories only: NAME-HASH/packages
                String form =
                        family == Family.APT
                                ? "/var/cache/apt/archives/*.deb"
                                : "/var/cache/dnf/*-????????????????/packages/*.rpm";
                words.addAll(List.of("-type", "f", "-path", form));
            }
            case OLD_KERNELS -> {
                return Optional.empty();
            }
            case COREDUMPS -> words.addAll(List.of("-type", "f", "-name", "core.*", "-mtime", age));
            case TMP_OLD ->
                    // private folders of running services belong to systemd; displays keep locks
                    words.addAll(
                            List.of(
                                    "-type",
                                    "f",
                                    "!",
                                    "-path",
                                    "*/systemd-private-*",
                                    "!",
                                    "-name",
                                    ".X*",
                                    "-mtime",
                                    age,
                                    "-atime",
                                    age,
                                    "-ctime",
                                    age));
            case ROTATED_LOGS ->
                    // the audit log has rules of its own
                    words.addAll(
                            List.of(
                                    "-regextype",
                                    "posix-extended",
                                    "-type",
                                    "f",
                                    "!",
                                    "-path",
                                    "/var/log/audit/*",
                                    "!",
                                    "-path",
                                    "/var/log/journal/*",
                                    "-regex",
                                    ROTATED,
                                    "-mtime",
                                    age));
        }
        return Optional.of(
                Argv.of(words).keeping(MOST_BYTES).within(LIMIT).alsoReadableWhenExit(1));
    }
}
