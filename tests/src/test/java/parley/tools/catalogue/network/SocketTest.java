package parley.tools.catalogue.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Captured;
import parley.tools.Finding;
import parley.tools.Hostile;
import parley.tools.Next;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class SocketTest {
    private static final NetSockets TOOL = new NetSockets();

    private static NetSockets.Arguments arguments(String json) {
        try {
            return Arguments.read(NetSockets.Arguments.class, Json.mapper().readTree(json));
        } catch (BadArguments | IOException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    private static Argv first(String json) {
        return ((Next.Run) TOOL.next(arguments(json), Platform.UNSEEN, List.of())).argv();
    }

    private static Reading<NetSockets.Sockets> read(String json, boolean root, String... printed)
            throws Unreadable {
        List<Capture> captures = new ArrayList<>();
        while (TOOL.next(arguments(json), Platform.UNSEEN, captures) instanceof Next.Run run) {
            Capture capture = Captured.of(run.argv(), printed[captures.size()]);
            captures.add(root ? capture : Captured.withoutRoot(capture));
        }
        return TOOL.read(arguments(json), Platform.UNSEEN, captures);
    }

    @Test
    void theFilterIsBuiltFromNumbersAndAddressesOnly() {
        assertEquals(List.of("ss", "-H", "-n", "-p", "-t", "-u", "-l"), first("{}").words());
        assertEquals(
                List.of(
                        "ss",
                        "-H",
                        "-n",
                        "-p",
                        "-t",
                        "state",
                        "established",
                        "(",
                        "sport",
                        "=",
                        ":443",
                        "or",
                        "dport",
                        "=",
                        ":443",
                        ")",
                        "and",
                        "dst",
                        "[2001:db8::1]"),
                first(
                                "{\"state\":\"established\",\"proto\":\"tcp\",\"port\":443,"
                                        + "\"peer\":\"2001:db8::1\"}")
                        .words());
        assertEquals(
                List.of("ss", "-H", "-n", "-p", "-t", "-u", "-a", "dst", "10.0.0.11"),
                first("{\"peer\":\"10.0.0.11\"}").words());
    }

    @Test
    void aPeerIsAnAddressAndNothingElse() {
        List<String> peers = new ArrayList<>(Hostile.NAMES);
        peers.addAll(
                List.of(
                        "10.0.0.0/8",
                        "web-1",
                        "10.0.0.256",
                        "10.0.0",
                        "::1%eth0",
                        "[::1]",
                        "10.0.0.1:80",
                        "unix:*",
                        ":::",
                        "-K"));
        for (String peer : peers) {
            assertEquals(Optional.empty(), Hostile.call("net.sockets", "peer", peer), peer);
        }
        assertTrue(Hostile.call("net.sockets", "peer", "::ffff:10.0.0.1").isPresent());
    }

    @Test
    void argumentsThatExcludeEachOtherAreRefused() {
        ObjectNode unixPort = Json.mapper().createObjectNode().put("proto", "unix").put("port", 80);
        ObjectNode listenPeer =
                Json.mapper().createObjectNode().put("state", "listen").put("peer", "10.0.0.1");
        ObjectNode port = Json.mapper().createObjectNode().put("port", 70_000);
        for (ObjectNode bad : List.of(unixPort, listenPeer, port)) {
            assertEquals(Optional.empty(), Hostile.call("net.sockets", bad), bad::toString);
        }
    }

    @Test
    void namesWithBlanksAndManyProcessesAreRead() throws Unreadable {
        Reading<NetSockets.Sockets> reading =
                read(
                        "{}",
                        true,
                        "tcp LISTEN 0 511 127.0.0.1:80 0.0.0.0:* users:((\"nginx:"
                                + " master\",pid=9,fd=6),(\"nginx:"
                                + " master\",pid=9,fd=7),(\"a\"b\",pid=10,fd=6))\n"
                                + "udp UNCONN 0 0 [fe80::1]%eth0:546 [::]:*"
                                + " users:((\"x\",pid=3,fd=1))\n",
                        "    9 nginx.service\n   10 -\n    3 -\n");
        Socket first = reading.value().sockets().getFirst();
        assertEquals(2, first.processes().size());
        assertEquals("nginx: master", first.processes().getFirst().name().value());
        assertEquals("a\"b", first.processes().getLast().name().value());
        assertEquals("nginx.service", first.unit().orElseThrow().value());
        assertEquals(Optional.of(80L), first.port());
        assertTrue(first.isLoopback());
        assertEquals(Optional.of(546L), reading.value().sockets().getLast().port());
        assertEquals(Reading.Status.OK, reading.status());
    }

    @Test
    void aLineThatIsNoSocketIsRefused() {
        for (String line :
                List.of(
                        "tcp LISTEN 0 511 0.0.0.0:80",
                        "Netid State Recv-Q",
                        "tcp LISTEN x 5 a b",
                        "tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* users:broken",
                        "tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* and more")) {
            assertThrows(Unreadable.class, () -> read("{}", true, line + "\n", ""), line);
        }
        assertThrows(Unreadable.class, () -> read("{}", true, "", "what is this\n"));
    }

    @Test
    void aHiddenProcessIsAGapAndAProcessLessSocketIsNot() throws Unreadable {
        String line = "tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*\n";
        assertEquals(Reading.Status.PARTIAL, read("{}", false, line, "").status());
        Reading<NetSockets.Sockets> root = read("{}", true, line, "");
        assertEquals(Reading.Status.OK, root.status());
        assertTrue(
                TOOL.findings(arguments("{}"), root)
                        .getFirst()
                        .statement()
                        .en()
                        .endsWith("no process of this host"));
        assertEquals(Reading.Status.EMPTY, read("{}", false, "", "").status());
    }

    @Test
    void aFullQueueIsTheGravestThing() throws Unreadable {
        Reading<NetSockets.Sockets> reading =
                read(
                        "{}",
                        true,
                        "tcp LISTEN 0 5 0.0.0.0:22 0.0.0.0:* users:((\"sshd\",pid=1,fd=3))\n"
                                + "tcp LISTEN 129 128 0.0.0.0:80 0.0.0.0:*"
                                + " users:((\"a\",pid=2,fd=3))\n",
                        "");
        Finding gravest = TOOL.findings(arguments("{}"), reading).getFirst();
        assertEquals(Finding.Severity.CRITICAL, gravest.severity());
        assertEquals(List.of(new Finding.Lines(1, 2, 2)), gravest.lines());
    }

    @Test
    void theLimitCutsTheListAndNotTheCount() throws Unreadable {
        NetSockets.Sockets value =
                read(
                                "{\"limit\":1}",
                                true,
                                "tcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:*\n"
                                        + "tcp LISTEN 0 5 0.0.0.0:2 0.0.0.0:*\n",
                                "")
                        .value();
        assertEquals(1, value.sockets().size());
        assertEquals(2, value.matched());
    }
}
