package parley.tools.diagnosis;

import java.util.Locale;

/// What is wrong in the eyes of whoever asks: each has a diagnosis of its own.
public enum Symptom {
    HOST_SLOW,
    DISK_FULL,
    SERVICE_DOWN,
    OOM,
    PORT_UNREACHABLE,
    DNS,
    CLOCK_SKEW,
    HOST_UNREACHABLE,
    GPU_STUCK,
    CERTIFICATE,
    PACKAGE_BROKEN,
    REBOOT_NEEDED,
    FIRST_FAILURE;

    /// The word of the interfaces: `host-slow`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
