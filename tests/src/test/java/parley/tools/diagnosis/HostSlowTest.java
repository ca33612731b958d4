package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HostSlowTest {
    private static World quiet() {
        return new World()
                .recorded("cpu.usage", "debian-12--two-looks")
                .recorded("mem.usage", "debian-12--no-swap")
                .recorded("process.top", "debian-12--secrets-in-a-command")
                .recorded("kernel.log", "debian-12--quiet")
                .recorded("cgroup.usage", "debian-12--all-quiet");
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.HOST_SLOW);
    }

    @Test
    void memoryThatSufficesIsExonerated() {
        assertTrue(
                diagnose(quiet()).with(Confidence.EXCLUDED).stream()
                        .anyMatch(one -> one.statement().en().startsWith("memory is not scarce")));
        quiet().saysWhatItCannotSee(Symptom.HOST_SLOW);
    }

    @Test
    void errorsOfTheKernelAreTold() {
        assertTrue(
                diagnose(quiet().recorded("kernel.log", "debian-12--trouble")).causes().stream()
                        .anyMatch(one -> one.evidence().getFirst().tool().equals("kernel.log")));
    }

    @Test
    void aClosedKernelLogIsNotExcluded() {
        Diagnosed diagnosed = diagnose(quiet().recorded("kernel.log", "debian-12--without-root"));

        assertTrue(
                diagnosed.with(Confidence.EXCLUDED).stream()
                        .noneMatch(one -> one.evidence().getFirst().tool().equals("kernel.log")),
                diagnosed.toString());
    }

    @Test
    void aQuotaThatHoldsBackIsNamedWithItsFigures() {
        Conclusion cause =
                diagnose(quiet().recorded("cgroup.usage", "debian-12--unit-throttled"))
                        .causes()
                        .stream()
                        .filter(one -> one.statement().en().contains("CPU quota"))
                        .findFirst()
                        .orElseThrow();

        assertEquals(Confidence.CONFIRMED, cause.confidence());
        assertTrue(cause.statement().en().contains("throttled in"), cause.statement().en());
        assertTrue(cause.statement().zh().contains("CPU 配额（"), cause.statement().zh());
    }
}
