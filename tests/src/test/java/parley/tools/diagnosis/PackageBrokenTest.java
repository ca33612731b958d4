package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PackageBrokenTest {
    private static World sound() {
        return new World()
                .recorded("package.lock_status", "debian-12--free")
                .recorded("package.check", "debian-12--whole")
                .recorded("disk.usage", "debian-12--roomy")
                .recorded("repo.check", "debian-12--sound");
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.PACKAGE_BROKEN);
    }

    @Test
    void aSoundHostIsClean() {
        World.clean(diagnose(sound()));
        assertTrue(diagnose(sound()).with(Confidence.EXCLUDED).size() >= 4);
        sound().saysWhatItCannotSee(Symptom.PACKAGE_BROKEN);
    }

    @Test
    void aHalfConfiguredPackageIsNamedAndItsRepairProposedNotDone() {
        Conclusion cause =
                World.cause(
                        diagnose(sound().recorded("package.check", "debian-12--half-configured")));

        assertTrue(cause.statement().en().contains("half-configured"), cause.statement().en());
        assertEquals("package.repair", cause.next().orElseThrow().tool());
    }

    @Test
    void unmetNeedsAreFoundInTheOtherFamily() {
        Conclusion cause =
                World.cause(
                        diagnose(sound().recorded("package.check", "testbed-9--unmet-dependency")));

        assertEquals(Confidence.CONFIRMED, cause.confidence());
    }

    @Test
    void whoHoldsTheLockIsNamedAndTheLockIsLeftAlone() {
        Conclusion cause =
                World.cause(diagnose(sound().recorded("package.lock_status", "debian-12--ours")));

        assertTrue(cause.advice().orElseThrow().en().contains("never removed"));
        assertTrue(cause.statement().en().contains("held by"), cause.statement().en());
    }

    @Test
    void repositoriesThatDoNotAnswerAreTold() {
        assertTrue(
                diagnose(sound().recorded("repo.check", "debian-12--all-kinds")).causes().stream()
                        .anyMatch(one -> one.evidence().getFirst().tool().equals("repo.check")));
    }
}
