package parley.tools.catalogue.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.catalogue.network.PortVerdict.Fate;
import parley.tools.value.Port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The way of a packet through chains, written as iptables writes them.
final class PortVerdictTest {
    private static PortVerdict of(long port, String protocol, String... rules) throws Exception {
        String text =
                "*filter\n:INPUT %s [0:0]\n:web - [0:0]\n:back - [0:0]\n".formatted(rules[0])
                        + String.join("\n", List.of(rules).subList(1, rules.length))
                        + "\nCOMMIT\n";
        Capture capture =
                new Capture(
                        Argv.of("iptables-save", "-c"),
                        0,
                        text,
                        "",
                        text.length(),
                        false,
                        true,
                        Instant.EPOCH,
                        Duration.ZERO);
        return PortVerdict.of(
                new Port(port), protocol, "ip", IptablesRules.read("ip", 1, List.of(capture)));
    }

    @Test
    void theFirstRuleThatHoldsDecides() throws Exception {
        String[] rules = {
            "ACCEPT",
            "[5:300] -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT",
            "[7:420] -A INPUT -p tcp -m multiport --dports 80,8080:8090 -j DROP"
        };
        assertEquals(Fate.ACCEPTED, of(80, "tcp", rules).fate());
        assertEquals(Fate.DROPPED, of(8085, "tcp", rules).fate());
        assertEquals(7, of(8085, "tcp", rules).decidedBy().orElseThrow().packets().orElseThrow());
        assertEquals(Fate.ACCEPTED, of(8085, "udp", rules).fate());
    }

    @Test
    void thePolicyDecidesWhatNoRuleDoes() throws Exception {
        PortVerdict verdict =
                of(
                        443,
                        "tcp",
                        "DROP",
                        "-A INPUT -i lo -j ACCEPT",
                        "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
        assertEquals(Fate.DROPPED, verdict.fate());
        assertEquals("filter INPUT", verdict.policyOf().orElseThrow().value());
        assertEquals(List.of(), verdict.depends());
    }

    @Test
    void aJumpComesBackAndAGotoDoesNot() throws Exception {
        assertEquals(
                Fate.REJECTED,
                of(
                                80,
                                "tcp",
                                "ACCEPT",
                                "-A INPUT -p tcp -j web",
                                "-A INPUT -p tcp -m tcp --dport 80 -j REJECT --reject-with"
                                        + " tcp-reset",
                                "-A web -p tcp -m tcp --dport 81 -j ACCEPT")
                        .fate());
        assertEquals(
                Fate.DROPPED,
                of(
                                80,
                                "tcp",
                                "DROP",
                                "-A INPUT -p tcp -g web",
                                "-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT",
                                "-A web -p tcp -m tcp --dport 81 -j ACCEPT")
                        .fate());
    }

    @Test
    void aRuleForSomeSourcesIsAnException() throws Exception {
        PortVerdict verdict =
                of(22, "tcp", "DROP", "-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT");
        assertEquals(Fate.DROPPED, verdict.fate());
        assertEquals(1, verdict.depends().size());
    }

    @Test
    void aChainThatCallsItselfDoesNotGoOnForEver() throws Exception {
        assertEquals(
                Fate.UNKNOWN,
                of(80, "tcp", "ACCEPT", "-A INPUT -j web", "-A web -j back", "-A back -j web")
                        .fate());
    }
}
