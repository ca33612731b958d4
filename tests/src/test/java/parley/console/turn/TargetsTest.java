package parley.console.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.catalogue.network.NetProbe;
import parley.tools.schema.Json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class TargetsTest {
    private static final Hosts HOSTS =
            new Hosts(
                    List.of(
                            new Host(
                                    "db-1",
                                    Optional.of("10.0.0.21"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Host.Become.NONE,
                                    parley.tools.Environment.PROD,
                                    Set.of("db"),
                                    Set.of("db01"),
                                    true,
                                    Map.of()),
                            Host.local(Host.Become.NONE)));

    @Test
    void aHostOfTheInventoryIsContactedAtItsAddress() throws Exception {
        assertEquals("10.0.0.21", addressed("db-1"));
        assertEquals("10.0.0.21", addressed("DB01"));
        assertEquals("10.0.0.21", addressed("10.0.0.21"));
    }

    @Test
    void otherNamesAndThisMachineStayWhatTheyAre() throws Exception {
        assertEquals("pay.example.com", addressed("pay.example.com"));
        assertEquals("localhost", addressed("localhost"));
    }

    private static String addressed(String target) throws Exception {
        JsonNode given =
                Json.mapper().readTree("{\"kind\":\"icmp\",\"target\":\"" + target + "\"}");
        JsonNode addressed = Targets.addressed(NetProbe.Arguments.class, given, HOSTS);
        assertEquals("icmp", addressed.path("kind").asText());
        assertEquals(target, given.path("target").asText());
        return addressed.path("target").asText();
    }
}
