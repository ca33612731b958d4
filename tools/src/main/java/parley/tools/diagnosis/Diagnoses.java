package parley.tools.diagnosis;

import parley.tools.Composite.Ahead;

/// The decision procedure of each symptom.
public final class Diagnoses {
    private Diagnoses() {}

    /// What to read next about `about`, or what it all means.
    public static Ahead<Diagnosed> next(Symptom symptom, Case about) {
        return of(symptom).next(about);
    }

    static Diagnosis of(Symptom symptom) {
        return switch (symptom) {
            case CERTIFICATE -> new Certificates();
            case CLOCK_SKEW -> new ClockSkew();
            case DISK_FULL -> new DiskFull();
            case DNS -> new Dns();
            case FIRST_FAILURE -> new FirstFailure();
            case GPU_STUCK -> new GpuStuck();
            case HOST_SLOW -> new HostSlow();
            case HOST_UNREACHABLE -> new HostUnreachable();
            case OOM -> new OutOfMemory();
            case PACKAGE_BROKEN -> new PackageBroken();
            case PORT_UNREACHABLE -> new PortUnreachable();
            case REBOOT_NEEDED -> new RebootNeeded();
            case SERVICE_DOWN -> new ServiceDown();
        };
    }
}
