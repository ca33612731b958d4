package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Composite.Ahead;

/// The decision procedure of each symptom.
public final class Diagnoses {
    private static final Bilingual NO_PROCEDURE =
            Bilingual.of("Parley has no procedure for this symptom", "Parley 还没有针对该症状的诊断流程");

    private Diagnoses() {}

    /// What to read next about `about`, or what it all means.
    public static Ahead<Diagnosed> next(Symptom symptom, Case about) {
        return of(symptom).next(about);
    }

    static Diagnosis of(Symptom symptom) {
        return switch (symptom) {
            case CLOCK_SKEW -> new ClockSkew();
            case DISK_FULL -> new DiskFull();
            case GPU_STUCK -> new GpuStuck();
            case HOST_SLOW -> new HostSlow();
            case HOST_UNREACHABLE -> new HostUnreachable();
            case OOM -> new OutOfMemory();
            case PACKAGE_BROKEN -> new PackageBroken();
            case PORT_UNREACHABLE -> new PortUnreachable();
            case REBOOT_NEEDED -> new RebootNeeded();
            case SERVICE_DOWN -> new ServiceDown();
            case CERTIFICATE, DNS -> new Unbuilt(symptom, NO_PROCEDURE);
        };
    }
}
