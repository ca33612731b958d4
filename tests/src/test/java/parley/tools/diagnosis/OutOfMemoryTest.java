package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Map;

class OutOfMemoryTest {
    private static World calm() {
        return new World()
                .recorded("service.list", "debian-12--none")
                .recorded("mem.usage", "debian-12--no-swap")
                .recorded("process.top", "debian-12--secrets-in-a-command")
                .recorded("mem.oom_events", "debian-12--kernel-not-seen")
                .recorded("cgroup.usage", "debian-12--all-quiet");
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.OOM);
    }

    @Test
    void aHostWithMemoryIsCleanAsFarAsItsKernelIsHeard() {
        World.clean(diagnose(calm()));
        assertTrue(
                World.open(diagnose(calm())).stream()
                        .anyMatch(one -> one.contains("nothing was killed for memory")),
                diagnose(calm()).toString());
        assertTrue(
                diagnose(calm()).with(Confidence.EXCLUDED).stream()
                        .anyMatch(one ->
                                one.statement().en().startsWith("none of the largest processes")));
        calm().saysWhatItCannotSee(Symptom.OOM);
    }

    @Test
    void aUnitThatWasKilledIsNamedWithItsLimit() {
        Conclusion cause =
                World.cause(
                        diagnose(
                                calm().unit("image-resizer")
                                        .recorded("service.status", "debian-12--killed-for-memory")
                                        .prints(
                                                "log.journal",
                                                Printed.journal("image-resizer.service"))));

        assertTrue(
                cause.statement().en().contains("killed for its memory limit of 32 MiB"),
                cause.statement().en());
    }

    @Test
    void aUnitThatEndedOtherwiseWasNotKilledForMemory() {
        Diagnosed diagnosed =
                diagnose(
                        calm().unit("api")
                                .prints(
                                        "service.status",
                                        Map.of("show", Printed.failed("api.service", 3)))
                                .prints("log.journal", Printed.journal("api.service")));

        assertTrue(
                World.cause(diagnosed).statement().en().contains("exit status 3"),
                diagnosed.toString());
    }

    @Test
    void whatTheKernelKilledIsTold() {
        assertTrue(
                diagnose(calm().recorded("mem.oom_events", "debian-12--at-own-limit"))
                        .causes()
                        .stream()
                        .anyMatch(
                                one -> one.evidence().getFirst().tool().equals("mem.oom_events")));
    }

    @Test
    void aUnitNearItsLimitIsTold() {
        assertTrue(
                diagnose(calm().recorded("cgroup.usage", "debian-12--busy")).conclusions().stream()
                        .anyMatch(one -> one.evidence().getFirst().tool().equals("cgroup.usage")));
    }
}
