package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Clue;

import java.util.List;

class PortUnreachableTest {
    private static final String LOOPBACK = "127.0.0.1";

    /// Port 8080 of web-1, which answers on the host itself and from db-1 as recorded.
    private static World tried(String fromElsewhere, String... listeners) {
        return new World()
                .port(8080)
                .recorded("net.probe", "debian-12--" + fromElsewhere)
                .recorded("net.probe", World.DB, "ICMP", "debian-12--icmp")
                .recorded("net.probe", World.WEB, LOOPBACK, "debian-12--tcp")
                .prints("net.sockets", Printed.listeners(listeners))
                .recorded("service.list", "debian-12--none")
                .recorded("net.firewall", "debian-12--none");
    }

    private static Conclusion cause(World world) {
        return World.cause(world.diagnose(Symptom.PORT_UNREACHABLE));
    }

    @Test
    void whatAnswersIsCleanAndSaysWhoListens() {
        World world = tried("tcp", "0.0.0.0:8080 nginx 812 web.service");
        Diagnosed diagnosed = world.diagnose(Symptom.PORT_UNREACHABLE);

        World.clean(diagnosed);
        assertTrue(
                diagnosed.with(Confidence.EXCLUDED).stream()
                        .anyMatch(one -> one.statement().en().contains("web.service")),
                diagnosed.toString());
    }

    @Test
    void refusedWithoutAListenerIsNoMatterOfTheNetwork() {
        Conclusion cause = cause(tried("tcp-refused", "0.0.0.0:22 sshd 50 ssh.service"));

        assertTrue(
                cause.statement().en().startsWith("nothing listens on port 8080 of web-1"),
                cause.statement().en());
        assertTrue(cause.statement().zh().contains("没有任何程序监听"));
        assertEquals("diag.run", cause.next().orElseThrow().tool());
        assertEquals(2, cause.evidence().size());
    }

    @Test
    void refusedWithAListenerOnLoopbackIsTheBindAddress() {
        Conclusion cause = cause(tried("tcp-refused", "127.0.0.1:8080 nginx 812 web.service"));

        assertTrue(
                cause.statement()
                        .en()
                        .contains("web.service (nginx, PID 812) listens on 127.0.0.1:8080 only"),
                cause.statement().en());
        assertEquals(Confidence.CONFIRMED, cause.confidence());
    }

    @Test
    void silentThoughItListensIsAFilterAndOnlyLikely() {
        Conclusion cause = cause(tried("tcp-silent", "0.0.0.0:8080 nginx 812 web.service"));

        assertEquals(Confidence.LIKELY, cause.confidence());
        assertTrue(cause.statement().en().contains("a packet filter"), cause.statement().en());
        assertTrue(cause.statement().en().contains("echoes do get through"));
    }

    @Test
    void aRuleThatDropsIsNamed() {
        Conclusion cause =
                cause(
                        tried("tcp-silent", "0.0.0.0:8080 nginx 812 web.service")
                                .recorded("net.firewall", "debian-12--port-dropped"));

        assertEquals(Confidence.CONFIRMED, cause.confidence());
        assertTrue(
                cause.statement().en().startsWith("the packet filter of web-1 drops"),
                cause.statement().en());
    }

    @Test
    void aFilterThatCannotBeReadIsNotExcluded() {
        World world =
                tried("tcp-silent", "0.0.0.0:8080 nginx 812 web.service")
                        .silent("net.firewall", Clue.Kind.DENIED, "not permitted");

        assertTrue(
                World.open(world.diagnose(Symptom.PORT_UNREACHABLE))
                        .contains("a packet filter on web-1: not permitted"));
    }

    @Test
    void silentOnTheHostItselfIsTheProgram() {
        Conclusion cause =
                cause(
                        tried("tcp-silent", "0.0.0.0:8080 nginx 812 web.service")
                                .recorded(
                                        "net.probe", World.WEB, LOOPBACK, "debian-12--tcp-silent"));

        assertTrue(
                cause.statement().en().contains("it does not answer even there"),
                cause.statement().en());
    }

    @Test
    void aNameWithoutAnAddressBreaksBeforeAnyConnection() {
        Conclusion cause =
                cause(
                        tried("name-unknown", "0.0.0.0:8080 nginx 812 web.service")
                                .from(World.DB, "pay.example.com"));

        assertTrue(
                cause.statement().en().startsWith("db-1 cannot find an address"),
                cause.statement().en());
        assertEquals(List.of("diagnosis=dns"), cause.next().orElseThrow().arguments());
    }

    @Test
    void fromAHostToAnotherTheServersSideIsLookedAt() {
        Conclusion cause =
                cause(
                        tried("tcp-refused", "0.0.0.0:22 sshd 50 ssh.service")
                                .from(World.DB, "web-1"));

        assertTrue(
                cause.statement().en().contains("of web-1; from db-1 the connection is refused"),
                cause.statement().en());
    }

    @Test
    void aTargetThatIsNoHostOfOursIsOnlySeenFromOneSide() {
        Conclusion cause = cause(tried("tcp-refused").from(World.DB, "10.213.12.12"));

        assertEquals(Confidence.LIKELY, cause.confidence());
        assertTrue(cause.statement().en().contains("could not be looked at"));
    }

    @Test
    void withoutAPortItAsks() {
        Diagnosed diagnosed =
                new World()
                        .prints("net.sockets", Printed.listeners())
                        .diagnose(Symptom.PORT_UNREACHABLE);

        assertTrue(World.open(diagnosed).getFirst().startsWith("no port was named"));
    }

    @Test
    void whatCouldNotBeTriedIsNotExcluded() {
        World world =
                tried("tcp", "0.0.0.0:8080 nginx 812 web.service")
                        .silent("net.probe", Clue.Kind.DENIED, "not permitted");

        assertTrue(
                World.open(world.diagnose(Symptom.PORT_UNREACHABLE)).stream()
                        .anyMatch(one ->
                                one.equals(
                                        "port 8080 of web-1 was not tried from db-1: not"
                                                + " permitted")));
    }
}
