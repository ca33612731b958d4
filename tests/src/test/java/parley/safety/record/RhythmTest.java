package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.Verification;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// What happens by itself while nobody asks for anything.
final class RhythmTest {
    private static final Rhythm USUAL = Rhythm.of(InstantSource.system(), AuditLog.SEGMENT_LIMIT);

    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    private Verification await(Predicate<Verification> wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            Verification found = Records.verify(folder());
            if (wanted.test(found)) {
                return found;
            }
            assertTrue(System.nanoTime() < deadline, found::toString);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void theUsualIsTenSecondsFiveMinutesAndADay() {
        assertEquals(Duration.ofSeconds(10), USUAL.sign());
        assertEquals(Duration.ofMinutes(5), USUAL.heartbeat());
        assertEquals(Duration.ofHours(24), USUAL.segmentAge());
    }

    @Test
    void whatNobodySignsIsSignedAfterAWhile() throws Exception {
        try (LocalLog log = LocalLog.open(folder(), "p", USUAL.signing(Duration.ofMillis(500)))) {
            log.append(Records.entry("request", "one"));
            log.append(Records.entry("request", "two"));
            assertEquals(4, Records.verify(folder()).exitCode());
            Verification signed = await(found -> found.exitCode() == 0);
            assertEquals(3, signed.covered());
            log.append(Records.entry("request", "three"));
            assertEquals(4, Records.verify(folder()).exitCode());
            await(found -> found.exitCode() == 0 && found.records() == 4);
        }
    }

    @Test
    void anIdleRecordSaysThatItIsThereAndOneThatWroteNothingDoesNot() throws Exception {
        Rhythm fast = USUAL.beating(Duration.ofMillis(300));
        try (LocalLog log = LocalLog.open(folder(), "p", fast);
                LocalLog silent = LocalLog.open(folder(), "silent", fast)) {
            log.append(Records.entry("request", "one"));
            log.checkpoint();
            await(found -> found.records() >= 5 && found.exitCode() == 0);
            assertEquals(log.directory(), silent.directory());
        }
        List<Recorded> beats =
                Records.all(folder()).stream()
                        .filter(entry -> entry.type().equals("log.heartbeat"))
                        .toList();
        assertTrue(beats.size() >= 3, beats::toString);
        long writers =
                Records.all(folder()).stream()
                        .filter(entry -> entry.type().equals("log.open"))
                        .count();
        assertEquals(1, writers);
    }

    @Test
    void aSegmentOfYesterdayIsContinuedInANewOne() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T10:00:00Z"));
        Rhythm rhythm = Rhythm.of(now::get, AuditLog.SEGMENT_LIMIT);
        try (LocalLog log = LocalLog.open(folder(), "p", rhythm)) {
            log.append(Records.entry("request", "one"));
            now.set(now.get().plus(Duration.ofHours(23)));
            log.append(Records.entry("request", "two"));
            assertEquals(1, Records.verify(folder()).segments());
            now.set(now.get().plus(Duration.ofHours(2)));
            log.append(Records.entry("request", "three"));
            assertEquals(2, Records.verify(folder()).segments());
            log.append(Records.entry("request", "four"));
        }
        now.set(now.get().plus(Duration.ofHours(25)));
        try (LocalLog log = LocalLog.open(folder(), "p", rhythm)) {
            log.append(Records.entry("request", "five"));
        }
        Verification found = Records.verify(folder());
        assertEquals(List.of(), found.problems());
        assertEquals(3, found.segments());
    }
}
