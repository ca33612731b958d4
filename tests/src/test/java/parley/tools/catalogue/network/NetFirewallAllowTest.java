package parley.tools.catalogue.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;

import org.junit.jupiter.api.Test;

import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.catalogue.Catalogue;
import parley.tools.catalogue.network.NetFirewall.Filter;
import parley.tools.catalogue.network.NetFirewallAllow.Arguments;
import parley.tools.schema.BadArguments;
import parley.tools.schema.Json;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Opening a port: what runs follows from the filter that is there, and never without a way back.
final class NetFirewallAllowTest {
    private static final NetFirewallAllow TOOL = new NetFirewallAllow();
    private static final String DROPS =
            """
            {"nftables": [
             {"chain": {"family": "inet", "table": "%s", "name": "input", "handle": 1,
              "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}}]}
            """;

    private static Arguments arguments(String json) throws BadArguments {
        try {
            return Catalogue.bind(TOOL, Json.mapper().readTree(json.replace('\'', '"')))
                    .arguments();
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Preview preview(Arguments arguments, String nft, String... managers)
            throws Exception {
        Capture capture =
                new Capture(
                        Argv.of("nft"),
                        0,
                        nft,
                        "",
                        nft.length(),
                        false,
                        true,
                        Instant.EPOCH,
                        Duration.ZERO);
        List<FirewallChain> chains = NftRules.read(1, List.of(capture));
        Filter filter =
                new Filter(
                        new HostText("nftables"),
                        List.of(managers).stream().map(HostText::new).toList(),
                        new HostText("drop"),
                        1,
                        chains,
                        List.of(
                                PortVerdict.of(arguments.port(), "tcp", "ip", chains),
                                PortVerdict.of(arguments.port(), "tcp", "ip6", chains)),
                        List.of());
        return new Preview(
                Platform.UNSEEN,
                "tester",
                List.of(
                        new Observed(
                                new Call<>(
                                        new NetFirewall(),
                                        new NetFirewall.Arguments(Optional.of(arguments.port()))),
                                Reading.ok(filter))));
    }

    private static List<String> programs(List<Argv> commands) {
        return commands.stream().map(Argv::program).toList();
    }

    @Test
    void theWayBackIsThereBeforeThePortIsOpened() throws Exception {
        Arguments arguments = arguments("{'port':8080,'confirmWindowS':120}");
        List<Argv> commands =
                TOOL.commands(arguments, preview(arguments, DROPS.formatted("filter")));
        assertEquals(List.of("systemd-run", "nft", "nft"), programs(commands));
        assertTrue(commands.getFirst().words().contains("--on-active=120s"));
        assertEquals(
                "flush chain inet filter parley_8080_tcp", commands.getFirst().words().getLast());
        assertEquals("-c", commands.get(1).words().get(1));
    }

    @Test
    void firewalldTakesItBackItself() throws Exception {
        Arguments arguments = arguments("{'port':8080}");
        Preview preview = preview(arguments, DROPS.formatted("firewalld"), "firewalld");
        assertEquals(
                List.of(List.of("firewall-cmd", "--timeout=300", "--add-port=8080/tcp")),
                TOOL.commands(arguments, preview).stream().map(Argv::words).toList());
    }

    @Test
    void aNameOfTheHostThatCouldBeMoreThanANameIsNotUsed() throws Exception {
        Arguments arguments = arguments("{'port':8080}");
        Preview preview = preview(arguments, DROPS.formatted("x ; flush ruleset"));
        assertEquals(List.of(), TOOL.commands(arguments, preview));
        assertEquals(1, TOOL.impact(arguments, preview).obstacle().size());
    }

    @Test
    void whatOthersOpenedIsNotClosed() throws Exception {
        Arguments arguments = arguments("{'port':8080,'action':'remove'}");
        Preview preview = preview(arguments, DROPS.formatted("filter"));
        assertEquals(List.of(), TOOL.commands(arguments, preview));
        assertTrue(
                TOOL.impact(arguments, preview)
                        .obstacle()
                        .getFirst()
                        .en()
                        .contains("was not opened by this tool"));
    }

    @Test
    void theWayInIsNotTouched() {
        assertThrows(BadArguments.class, () -> arguments("{'port':22}"));
        assertThrows(BadArguments.class, () -> arguments("{'port':80,'source':'0.0.0.0/0'}"));
        assertThrows(BadArguments.class, () -> arguments("{'port':80,'persist':true}"));
    }
}
