package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Clue;

import java.util.List;

class HostUnreachableTest {
    private static World unreached() {
        return new World()
                .silent(
                        "host.identify",
                        Clue.Kind.UNREACHABLE,
                        "web-1 cannot be reached at 10.0.0.11:22: no answer within 10 s.");
    }

    private static Conclusion cause(World world) {
        Conclusion cause = World.cause(world.diagnose(Symptom.HOST_UNREACHABLE));
        assertEquals(Confidence.CONFIRMED, cause.confidence());
        assertTrue(cause.statement().en().startsWith("web-1 cannot be reached"));
        return cause;
    }

    @Test
    void aHostThatAnswersIsClean() {
        World world =
                new World()
                        .recorded("host.identify", "debian-12--apt-host")
                        .recorded("net.probe", "debian-12--tcp");
        Diagnosed diagnosed = world.diagnose(Symptom.HOST_UNREACHABLE);

        World.clean(diagnosed);
        assertEquals(2, diagnosed.with(Confidence.EXCLUDED).size(), diagnosed.toString());
    }

    @Test
    void silentForOthersTooItIsDownOrCut() {
        Conclusion cause =
                cause(
                        unreached()
                                .recorded("net.probe", World.DB, "ICMP", "debian-12--icmp-silent")
                                .recorded("net.probe", World.DB, "TCP", "debian-12--tcp-silent"));

        assertTrue(cause.statement().en().contains("the host is down, or its own network is cut"));
        assertEquals(3, cause.evidence().size());
    }

    @Test
    void echoesWithoutItsPortAreItsSshService() {
        assertTrue(
                cause(
                                unreached()
                                        .recorded("net.probe", World.DB, "ICMP", "debian-12--icmp")
                                        .recorded(
                                                "net.probe",
                                                World.DB,
                                                "TCP",
                                                "debian-12--tcp-refused"))
                        .statement()
                        .en()
                        .contains("its SSH service is not reached"));
    }

    @Test
    void whereOthersDoReachItTheWayFromHereIsToBlame() {
        assertTrue(
                cause(
                                unreached()
                                        .recorded("net.probe", World.DB, "ICMP", "debian-12--icmp")
                                        .recorded("net.probe", World.DB, "TCP", "debian-12--tcp"))
                        .statement()
                        .en()
                        .contains("the trouble is between this machine and it"));
    }

    @Test
    void withoutAnotherHostsTryTheWayIsNotExcluded() {
        World world = unreached().silent("net.probe", Clue.Kind.DENIED, "not permitted");

        assertTrue(cause(world).statement().en().contains("the way to it is not excluded"));
        assertEquals(
                List.of("db-1 could not try it: not permitted"),
                World.open(world.diagnose(Symptom.HOST_UNREACHABLE)));
    }
}
