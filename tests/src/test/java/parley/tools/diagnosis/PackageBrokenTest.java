package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Map;

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
    void whatTheScriptSaidIsQuotedOrSaidNotToBeSeen() {
        World broken = sound().recorded("package.check", "debian-12--half-configured");
        assertTrue(
                World.open(diagnose(broken)).contains("why its script failed: nobody told"),
                diagnose(broken).toString());

        Conclusion cause =
                World.cause(
                        diagnose(
                                broken.prints(
                                        "log.file",
                                        Map.of(
                                                "readlink",
                                                "/var/log/apt/term.log\n",
                                                "stat --format",
                                                "90 1795293738 regular file\n",
                                                "tail -n",
                                                "Setting up demo (1.0) ...\n"
                                                        + "cp: cannot stat '/etc/demo': No such"
                                                        + " file\n"))));
        assertTrue(
                cause.statement().en().contains("cp: cannot stat '/etc/demo'"),
                cause.statement().en());
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
