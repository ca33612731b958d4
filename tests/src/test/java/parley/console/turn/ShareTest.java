package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How much of a production group is hit, which decides whether a second person is needed.
class ShareTest {
    private static Host host(String name, Environment environment, String... groups) {
        return new Host(
                name,
                Optional.of("address-of-" + name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.SUDO,
                environment,
                Set.of(groups),
                Set.of(),
                true,
                Map.of());
    }

    private static Hosts eight(Environment environment) {
        List<Host> hosts = new ArrayList<>();
        hosts.add(host("web-1", environment, "web", "canary"));
        for (int number = 2; number <= 8; number++) {
            hosts.add(host("web-" + number, environment, "web"));
        }
        return new Hosts(hosts);
    }

    private static Share share(Environment environment, String... targets) {
        Hosts hosts = eight(environment);
        return Share.of(hosts, hosts.named("web-1").orElseThrow(), Set.of(targets));
    }

    @Test
    void aGroupOfOneDoesNotHideTheLargerGroupBesideIt() {
        assertEquals(new Share(8, 4), share(Environment.PROD, "web-1", "web-2", "web-3", "web-4"));
    }

    @Test
    void withinAQuarterNothingIsExceededInEitherGroup() {
        Share share = share(Environment.PROD, "web-1", "web-2");
        assertEquals(new Share(8, 2), share);
    }

    @Test
    void outsideProductionNothingIsCounted() {
        assertEquals(new Share(0, 0), share(Environment.DEV, "web-1", "web-2", "web-3"));
    }
}
