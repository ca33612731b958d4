package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class DnsTest {
    private static World host(String resolution) {
        return new World()
                .recorded("dns.check", resolution)
                .recorded("dns.check", World.DB, "", "debian-12--works")
                .prints("net.sockets", Printed.listeners());
    }

    private static Diagnosed diagnose(World world) {
        return world.diagnose(Symptom.DNS);
    }

    @Test
    void namesThatResolveAreClean() {
        World world = host("debian-12--works");

        World.clean(diagnose(world));
        world.saysWhatItCannotSee(Symptom.DNS, "net.sockets");
    }

    @Test
    void withoutDigAHostIsCleanOnlyAsFarAsItsProgramsAnswer() {
        Diagnosed diagnosed = diagnose(host("debian-12--no-dig"));

        World.clean(diagnosed);
        assertTrue(diagnosed.with(Confidence.EXCLUDED).isEmpty(), diagnosed.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "debian-12--silent | does not answer within 2 s",
                "debian-12--servfail | says SERVFAIL: it cannot answer anything",
                "debian-12--nxdomain | says NXDOMAIN",
                "debian-12--no-server | names no server",
                "debian-12--second-silent | does not answer within 2 s",
                "debian-12--hidden-by-hosts | /etc/hosts says"
            })
    void whatEachServerDoesIsTold(String recording, String en) {
        assertTrue(
                diagnose(host(recording)).causes().stream()
                        .anyMatch(one -> one.statement().en().contains(en)),
                diagnose(host(recording)).toString());
    }

    @Test
    void aServerOnTheHostItselfThatNobodyRunsComesFirst() {
        Conclusion cause = World.cause(diagnose(host("debian-12--refused")));

        assertTrue(
                cause.statement().en().contains("nothing listens on UDP port 53"),
                cause.statement().en());
    }

    @Test
    void aServerOnTheHostItselfIsNamedWithItsUnit() {
        World world =
                host("debian-12--servfail")
                        .prints(
                                "net.sockets",
                                Map.of(
                                        "ss -H",
                                        "UNCONN 0 0 127.0.0.1:53 0.0.0.0:*"
                                                + " users:((\"unbound\",pid=77,fd=3))\n",
                                        "ps -e",
                                        "77 unbound.service\n"));

        assertTrue(
                diagnose(world).causes().stream()
                        .anyMatch(one ->
                                one.confidence() == Confidence.LIKELY
                                        && one.statement()
                                                .en()
                                                .contains("unbound.service (unbound, PID 77)")),
                diagnose(world).toString());
    }

    @Test
    void whetherItIsThisHostAloneIsSeenFromAnother() {
        Diagnosed diagnosed = diagnose(host("debian-12--silent"));

        assertEquals(
                1,
                diagnosed.conclusions().stream()
                        .filter(one -> one.statement().en().startsWith("db-1 does resolve it"))
                        .count(),
                diagnosed.toString());
    }
}
