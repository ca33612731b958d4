package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class HostSlowTest {
    private static World quiet() {
        return new World()
                .recorded("cpu.usage", "debian-12--two-looks")
                .recorded("mem.usage", "debian-12--no-swap")
                .recorded("process.top", "debian-12--secrets-in-a-command")
                .recorded("kernel.log", "debian-12--quiet")
                .recorded("cgroup.usage", "debian-12--all-quiet")
                .recorded("disk.io", "debian-12--all-quiet")
                .recorded("net.stats", "debian-12--quiet");
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.HOST_SLOW);
    }

    @Test
    void memoryThatSufficesIsExonerated() {
        assertTrue(
                diagnose(quiet()).with(Confidence.EXCLUDED).stream()
                        .anyMatch(one -> one.statement().en().startsWith("memory is not scarce")));
        quiet().saysWhatItCannotSee(Symptom.HOST_SLOW, "metrics.history", "process.top");
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

    @Test
    void aSlowDiskIsNamedWithWhoKeepsItBusy() {
        World world =
                quiet().recorded("disk.io", "debian-12--saturated")
                        .recorded("disk.health", "debian-12--pool-nearly-full")
                        .recorded("process.top", World.WEB, "IO", "testbed-9--storage-traffic");

        Conclusion cause = cause(world, "dm-6 is a bottleneck");

        assertTrue(cause.statement().en().contains("a write takes 131.8 ms"), cause.toString());
        assertTrue(cause.statement().en().contains("; most of it is"), cause.toString());
        assertTrue(cause.statement().zh().contains("；其中最多的是"), cause.toString());
        assertEquals(
                List.of("disk.io", "process.top"),
                cause.evidence().stream().map(Citation::tool).toList());
        assertTrue(
                diagnose(world).causes().stream()
                        .anyMatch(one -> one.evidence().getFirst().tool().equals("disk.health")));
    }

    @Test
    void quietDisksAndNetworkAreExonerated() {
        List<String> fine =
                diagnose(quiet()).with(Confidence.EXCLUDED).stream()
                        .map(one -> one.evidence().getFirst().tool())
                        .toList();

        assertTrue(fine.contains("disk.io"), fine.toString());
        assertTrue(fine.contains("net.stats"), fine.toString());
    }

    @Test
    void whatWasBeforeIsToldWithItsTime() {
        Conclusion fact =
                diagnose(quiet().recorded("metrics.history", "debian-12--load"))
                        .conclusions()
                        .stream()
                        .filter(one -> one.statement().en().startsWith("today its load was"))
                        .findFirst()
                        .orElseThrow();

        assertEquals(
                "today its load was 21.5 on average, at most 21.7 at 2026-11-21 21:29:45 UTC, and"
                        + " 21.4 at last",
                fact.statement().en());
        assertTrue(!fact.isCause());
    }

    private static Conclusion cause(World world, String words) {
        Diagnosed diagnosed = diagnose(world);
        return diagnosed.causes().stream()
                .filter(one -> one.statement().en().contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError(diagnosed.toString()));
    }
}
