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
            case DISK_FULL -> new DiskFull();
            case SERVICE_DOWN -> new ServiceDown();
            case HOST_SLOW,
                    OOM,
                    PORT_UNREACHABLE,
                    DNS,
                    CLOCK_SKEW,
                    HOST_UNREACHABLE,
                    GPU_STUCK,
                    CERTIFICATE,
                    PACKAGE_BROKEN,
                    REBOOT_NEEDED ->
                    new Unbuilt(symptom, NO_PROCEDURE);
        };
    }
}
