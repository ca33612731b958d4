package parley.tools;

import java.util.Locale;

/// Which package manager, and so which dialect of commands, a host speaks.
public enum Family {
    @Means(en = "apt", zh = "apt")
    APT,
    @Means(en = "dnf", zh = "dnf")
    DNF,
    @Means(en = "dnf 5", zh = "dnf 5")
    DNF5,
    @Means(en = "yum 3", zh = "yum 3")
    YUM3,
    @Means(en = "zypper", zh = "zypper")
    ZYPPER,
    @Means(en = "apk", zh = "apk")
    APK,
    @Means(en = "unknown", zh = "未知")
    UNKNOWN;

    /// The word of the interfaces: `apt`, `dnf`, …
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
