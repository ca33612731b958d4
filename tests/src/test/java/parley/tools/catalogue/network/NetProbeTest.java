package parley.tools.catalogue.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Finding.Severity;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.Catalogue;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;
import parley.tools.value.BadValue;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class NetProbeTest {
    private static final NetProbe TOOL = new NetProbe();

    /// A command that ends like this: real words of the programs, put together for what no host of
    /// ours shows.
    private static Capture ended(Argv argv, int exit, String stdout, String stderr) {
        return new Capture(
                argv,
                exit,
                stdout,
                stderr,
                stdout.length(),
                false,
                false,
                Instant.EPOCH,
                Duration.ofMillis(7));
    }

    private static NetProbe.Arguments arguments(String json) throws Exception {
        return Catalogue.bind(TOOL, Json.mapper().readTree(json.replace('\'', '"'))).arguments();
    }

    @Test
    void theKindFollowsFromWhatIsGiven() throws Exception {
        assertEquals(NetProbe.Kind.ICMP, arguments("{'target':'db-1'}").wanted());
        assertEquals(NetProbe.Kind.TCP, arguments("{'target':'db-1','port':80}").wanted());
        assertEquals(
                NetProbe.Kind.HTTP,
                arguments("{'target':'db-1','port':80,'path':'/health'}").wanted());
        assertTrue(arguments("{'target':'db-1','port':443,'path':'/'}").isSecure());
        assertFalse(arguments("{'target':'db-1','port':8080,'path':'/'}").isSecure());
    }

    @Test
    void argumentsThatDoNotFitTogetherAreRefused() {
        for (String json :
                List.of(
                        "{'target':'db-1','kind':'tcp'}",
                        "{'target':'db-1','kind':'icmp','port':80}",
                        "{'target':'db-1','kind':'tcp','port':80,'path':'/'}",
                        "{'target':'http://db-1/'}",
                        "{'target':'db-1','port':80,'path':'/?secret=1'}",
                        "{'target':'-oProxyCommand=x','port':80}",
                        "{'target':'2852039166','port':80}",
                        "{'target':'0xa9fea9fe','port':80}",
                        "{'target':'10.0.0','port':80}",
                        "{'target':'010.0.0.1','port':80}")) {
            assertThrows(BadArguments.class, () -> arguments(json), json);
        }
    }

    @Test
    void aTargetIsANameOrAnAddress() {
        assertTrue(new Target("10.0.0.11").isAddress());
        assertTrue(new Target("fd00::11").isAddress());
        assertFalse(new Target("pay.example.com").isAddress());
        assertFalse(new Target("_ldap._tcp.example.com").isAddress());
        assertThrows(BadValue.class, () -> new Target("a..b"));
        assertThrows(BadValue.class, () -> new Target("b-.example.com"));
    }

    @Test
    void aNameThatLeadsToAMetadataServiceIsNotContacted() throws Exception {
        NetProbe.Arguments arguments =
                NetProbe.Arguments.tcp(new Target("rebind.example.com"), new Port(80));
        List<Capture> captures = new ArrayList<>();
        String rows = "169.254.169.254 STREAM rebind.example.com\n10.0.0.11       STREAM \n";
        captures.add(ended(next(arguments, captures), 0, rows, ""));
        Argv second = next(arguments, captures);
        assertTrue(second.words().contains("https://10.0.0.11:80/"), second.words().toString());
        captures.add(
                ended(second, 7, "connect=0.0\ntotal=0.1\n", "* connect: Connection refused\n"));
        Reading<NetProbe.Probe> reading = read(arguments, captures);
        assertEquals(
                List.of(Outcome.FORBIDDEN, Outcome.REFUSED),
                reading.value().attempts().stream().map(ProbeAttempt::outcome).toList());
        assertEquals(
                "port 80 of rebind.example.com (169.254.169.254) is the metadata service of a"
                        + " cloud and was not contacted",
                TOOL.findings(arguments, reading).getFirst().statement().en());
    }

    @Test
    void everyAddressOfANameIsTriedAndADeadOneIsAWarning() throws Exception {
        NetProbe.Arguments arguments =
                NetProbe.Arguments.tcp(new Target("pool.example.com"), new Port(443));
        List<Capture> captures = new ArrayList<>();
        String rows =
                "10.0.0.11 STREAM pool.example.com\n10.0.0.11 DGRAM\n10.0.0.12 STREAM\n"
                        + "10.0.0.13 STREAM\n10.0.0.14 STREAM\n";
        captures.add(ended(next(arguments, captures), 0, rows, ""));
        captures.add(ended(next(arguments, captures), 58, "connect=0.0\ntotal=0.002\n", ""));
        captures.add(
                ended(
                        next(arguments, captures),
                        28,
                        "connect=0.0\ntotal=3.0\n",
                        "* Connection timed out after 3000 milliseconds\n"));
        captures.add(ended(next(arguments, captures), 58, "connect=0.0\ntotal=0.002\n", ""));
        assertInstanceOf(Next.Done.class, TOOL.next(arguments, Platform.UNSEEN, captures));
        Reading<NetProbe.Probe> reading = read(arguments, captures);
        assertTrue(reading.value().ok());
        assertEquals(4, reading.value().addresses());
        assertEquals(
                List.of(Severity.WARNING, Severity.NOTICE, Severity.NOTICE, Severity.NOTICE),
                TOOL.findings(arguments, reading).stream().map(one -> one.severity()).toList());
    }

    @Test
    void whatPingCannotSendIsNotCalledSilence() throws Exception {
        NetProbe.Arguments arguments = NetProbe.Arguments.icmp(new Target("10.0.0.11"));
        Argv ping = next(arguments, List.of());
        Capture forbidden =
                ended(
                        ping,
                        2,
                        "",
                        "ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\n");
        Unreadable refused =
                assertThrows(
                        Unreadable.class,
                        () -> TOOL.read(arguments, Platform.UNSEEN, List.of(forbidden)));
        assertEquals("ping could not send: ping: socktype: SOCK_RAW", refused.why().en());
        Capture filtered =
                ended(
                        ping,
                        1,
                        "PING 10.0.0.11 (10.0.0.11) 56(84) bytes of data.\n\n"
                            + "--- 10.0.0.11 ping statistics ---\n"
                            + "3 packets transmitted, 0 received, 100% packet loss, time 402ms\n",
                        "ping: sendmsg: Operation not permitted\n");
        assertEquals(Outcome.BLOCKED, read(arguments, List.of(filtered)).value().outcome());
    }

    private static Argv next(NetProbe.Arguments arguments, List<Capture> captures) {
        return assertInstanceOf(
                        Next.Run.class,
                        TOOL.next(arguments, Platform.UNSEEN, List.copyOf(captures)))
                .argv();
    }

    private static Reading<NetProbe.Probe> read(
            NetProbe.Arguments arguments, List<Capture> captures) throws Unreadable {
        return TOOL.read(arguments, Platform.UNSEEN, captures);
    }
}
