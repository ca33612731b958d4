package parley.tools;

import java.util.Locale;

/// Which package manager, and so which dialect of commands, a host speaks.
public enum Family {
    APT,
    DNF,
    DNF5,
    YUM3,
    ZYPPER,
    APK,
    UNKNOWN;

    /// The word of the interfaces: `apt`, `dnf`, …
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
