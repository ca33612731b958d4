package parley.tools.diagnosis;

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
    REBOOT_NEEDED
}
