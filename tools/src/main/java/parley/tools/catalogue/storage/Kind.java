package parley.tools.catalogue.storage;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a file is likely for, by its path alone.
public enum Kind {
    @Means(en = "journal", zh = "系统日志")
    JOURNAL("/(var|run)/log/journal(/.*)?"),
    @Means(en = "container", zh = "容器")
    CONTAINER("/var/lib/(docker|containerd|containers|kubelet)(/.*)?"),
    @Means(en = "cache", zh = "缓存")
    CACHE("/var/cache(/.*)?|.*/\\.cache(/.*)?"),
    @Means(en = "core dump", zh = "崩溃转储")
    COREDUMP("/var/lib/systemd/coredump(/.*)?|/var/crash(/.*)?|.*/core\\.\\d+"),
    @Means(en = "log", zh = "日志")
    LOG("/var/log(/.*)?|.*\\.log(\\.\\d+)?(\\.(gz|xz|zst|bz2))?"),
    @Means(en = "backup", zh = "备份")
    BACKUP("/var/backups?(/.*)?|.*\\.(bak|old|orig|dump|sql(\\.gz)?)|.*/backups?/.*"),
    @Means(en = "other", zh = "其他")
    OTHER(".*");

    private final Pattern paths;

    Kind(String paths) {
        this.paths = Pattern.compile(paths, Pattern.DOTALL);
    }

    static Kind of(String path) {
        for (Kind kind : values()) {
            if (kind.paths.matcher(path).matches()) {
                return kind;
            }
        }
        return OTHER;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
