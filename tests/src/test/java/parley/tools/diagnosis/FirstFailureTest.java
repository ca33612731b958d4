package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import parley.tools.Clue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A database runs out of disk, the service before it refuses, the balancer says 502: whatever
/// their clocks say, the database failed first.
class FirstFailureTest {
    private static final Instant DISK = Instant.parse("2026-11-21T11:10:00Z");

    /// One line of a journal.
    private record Said(Instant at, String unit, String message) {}

    private static String json(Said one) {
        return """
        {"__REALTIME_TIMESTAMP":"%d000","MESSAGE":"%s","PRIORITY":"6","SYSLOG_IDENTIFIER":"%s","_SYSTEMD_UNIT":"%s.service","_PID":"812","__CURSOR":"c","_BOOT_ID":"b","__MONOTONIC_TIMESTAMP":"1"}
        """
                .formatted(one.at().toEpochMilli(), one.message(), one.unit(), one.unit());
    }

    /// A host whose clock is ahead by this much, and what it wrote down by that clock.
    private static Diagnosed host(long aheadMs, Said... said) {
        return world(aheadMs, said).diagnose(Symptom.FIRST_FAILURE);
    }

    private static World world(long aheadMs, Said... said) {
        StringBuilder newestFirst = new StringBuilder();
        for (Said one : said) {
            newestFirst.insert(
                    0, json(new Said(one.at().plusMillis(aheadMs), one.unit(), one.message())));
        }
        long now = World.NOW.plusMillis(aheadMs).getEpochSecond();
        Map<String, String> journal =
                new LinkedHashMap<>(Printed.journal("any.service", new String[0]));
        journal.put("date +%s", now + " +0000 UTC\n");
        journal.put("journalctl", newestFirst.toString());
        journal.put("journalctl --no-pager --quiet --output=cat", "6\n".repeat(said.length));
        return new World()
                .prints("host.identify", ClockSkewTest.identity(aheadMs))
                .prints("log.journal", journal)
                .recorded("kernel.log", "debian-12--quiet")
                .recorded("disk.usage", "debian-12--roomy");
    }

    private static Map<String, Diagnosed> chain(long dbAhead, long webAhead, long lbAhead) {
        Map<String, Diagnosed> read = new LinkedHashMap<>();
        read.put(
                "lb-1",
                host(
                        lbAhead,
                        new Said(
                                DISK.plusSeconds(120),
                                "nginx",
                                "GET /orders HTTP/1.1 502 Bad Gateway")));
        read.put(
                "web-1",
                host(
                        webAhead,
                        new Said(
                                DISK.plusSeconds(60),
                                "api",
                                "connect to 10.0.0.21:5432: Connection refused")));
        read.put(
                "db-1",
                host(
                        dbAhead,
                        new Said(DISK.minusSeconds(3600), "db", "connection timed out, once"),
                        new Said(DISK, "db", "could not write block 7: No space left on device"),
                        new Said(DISK.plusSeconds(2), "db", "database is shut down")));
        return read;
    }

    private static List<String> hosts(Chain chain) {
        return chain.links().stream().map(Chain.Link::host).toList();
    }

    @Test
    void theFirstOfAChainIsNamedFirst() {
        Chain chain = Chain.of(chain(0, 0, 0)).orElseThrow();

        assertEquals(List.of("db-1", "web-1", "lb-1"), hosts(chain));
        assertTrue(chain.sure());
        assertEquals(DISK, chain.first().onset().at());
        assertTrue(
                chain.first().conclusion().statement().en().contains("No space left on device"),
                chain.toString());
        assertEquals(
                List.of("diagnosis=disk-full"),
                chain.first().conclusion().next().orElseThrow().arguments());
    }

    @Test
    void wrongClocksDoNotChangeTheOrder() {
        Chain chain = Chain.of(chain(300_000, -240_000, 90_000)).orElseThrow();

        assertEquals(List.of("db-1", "web-1", "lb-1"), hosts(chain));
        assertEquals(DISK, chain.first().onset().at());
        assertTrue(
                chain.first()
                        .conclusion()
                        .statement()
                        .en()
                        .contains(
                                "2026-11-21 11:10:00 UTC (its own clock, 300.0 s ahead, said"
                                        + " 2026-11-21 11:15:00 UTC)"),
                chain.toString());
    }

    @Test
    void whatHappenedLongBeforeIsAnotherIncident() {
        Diagnosed db = requireNonNull(chain(0, 0, 0).get("db-1"));

        assertTrue(
                db.causes().stream()
                        .noneMatch(one -> one.statement().en().contains("timed out, once")),
                db.toString());
    }

    @Test
    void whatIsAsCloseAsTheClocksAreUnsureIsNotPutIntoAnOrder() {
        Map<String, Diagnosed> read = new LinkedHashMap<>();
        read.put("web-1", host(0, new Said(DISK, "a", "No space left on device")));
        read.put("db-1", host(0, new Said(DISK.plusMillis(2), "b", "No space left on device")));

        assertTrue(!Chain.of(read).orElseThrow().sure());
    }

    @Test
    void aHostWithoutAClockIsNotPlaced() {
        Map<String, Diagnosed> read = chain(0, 0, 0);
        read.put(
                "web-2",
                world(0, new Said(DISK, "api", "Connection refused"))
                        .silent("host.identify", Clue.Kind.UNREACHABLE, "no answer")
                        .diagnose(Symptom.FIRST_FAILURE));
        read.put("web-3", host(0, new Said(DISK, "api", "all is well")));

        Chain chain = Chain.of(read).orElseThrow();
        assertEquals(List.of("db-1", "web-1", "lb-1"), hosts(chain));
        assertEquals(List.of("web-2"), chain.unknown());
        assertEquals(List.of("web-3"), chain.quiet());
    }

    @Test
    void nothingFailedIsNoChain() {
        Diagnosed quiet = host(0, new Said(DISK, "api", "all is well"));

        assertEquals(Optional.empty(), Chain.of(Map.of("web-1", quiet)));
        World.clean(quiet);
        world(0, new Said(DISK, "api", "all is well")).saysWhatItCannotSee(Symptom.FIRST_FAILURE);
    }

    @Test
    void whatPeopleTypedThereIsNoFailure() {
        World.clean(
                host(
                        0,
                        new Said(DISK, "sudo", "COMMAND=/usr/bin/grep no space left on device"),
                        new Said(DISK, "sshd", "Connection reset by peer")));
    }
}
