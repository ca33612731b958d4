package parley.tools.catalogue.storage;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a file is likely for, by its path alone.
public enum Kind {
    JOURNAL("/(var|run)/log/journal(/.*)?"),
    CONTAINER("/var/lib/(docker|containerd|containers|kubelet)(/.*)?"),
    CACHE("/var/cache(/.*)?|.*/\\.cache(/.*)?"),
    COREDUMP("/var/lib/systemd/coredump(/.*)?|/var/crash(/.*)?|.*/core\\.\\d+"),
    LOG("/var/log(/.*)?|.*\\.log(\\.\\d+)?(\\.(gz|xz|zst|bz2))?"),
    BACKUP("/var/backups?(/.*)?|.*\\.(bak|old|orig|dump|sql(\\.gz)?)|.*/backups?/.*"),
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
