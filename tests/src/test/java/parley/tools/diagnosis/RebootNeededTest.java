package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RebootNeededTest {
    private static World host(String need) {
        return new World()
                .recorded("boot.reboot_required", need)
                .recorded("service.list", "debian-12--none")
                .recorded("package.lock_status", "debian-12--free")
                .recorded("disk.usage", "debian-12--roomy");
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.REBOOT_NEEDED);
    }

    @Test
    void aHostThatRunsNothingOldIsClean() {
        World world = host("debian-12--not-needed");

        World.clean(diagnose(world));
        assertEquals(4, diagnose(world).with(Confidence.EXCLUDED).size());
        world.saysWhatItCannotSee(Symptom.REBOOT_NEEDED);
    }

    @Test
    void whatAsksForARebootIsNamed() {
        Conclusion cause = World.cause(diagnose(host("debian-12--asked-for")));

        assertTrue(cause.statement().en().startsWith("a reboot is needed: "));
        assertTrue(cause.statement().zh().startsWith("需要重启："));
    }

    @Test
    void anOldServiceIsRestartedNotTheHost() {
        Diagnosed diagnosed = diagnose(host("debian-12--old-service"));

        assertTrue(
                World.cause(diagnosed).statement().en().contains("still run replaced code: "),
                diagnosed.toString());
    }

    @Test
    void withoutRootNobodySaysThatNoRebootIsNeeded() {
        Diagnosed diagnosed = diagnose(host("debian-12--without-root"));

        assertTrue(
                diagnosed.with(Confidence.EXCLUDED).stream()
                        .noneMatch(one -> one.statement().en().contains("reboot is needed")),
                diagnosed.toString());
    }

    @Test
    void aChangeUnderWayIsInTheWay() {
        assertTrue(
                diagnose(
                                host("debian-12--asked-for")
                                        .recorded("package.lock_status", "debian-12--ours"))
                        .causes()
                        .stream()
                        .anyMatch(one -> one.statement().en().contains("held by")));
    }
}
