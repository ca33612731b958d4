package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Many threads, several logs in one process, cancelled requests, and a lock that is not given
/// back.
final class SharingTest {
    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    @Test
    void interruptedThreadsLearnTheTruthAndHarmNobody() throws Exception {
        Set<Long> acknowledged = new TreeSet<>();
        ConcurrentLinkedQueue<Long> sequences = new ConcurrentLinkedQueue<>();
        AtomicInteger interrupted = new AtomicInteger();
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            List<Thread> threads = new ArrayList<>();
            for (int index = 0; index < 8; index++) {
                Map<String, byte[]> bodies =
                        index % 2 == 0 ? Map.of("stdout", new byte[50]) : Map.of();
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int count = 0; count < 25; count++) {
                                        Thread.currentThread().interrupt();
                                        append(log, bodies, sequences);
                                        if (Thread.interrupted()) {
                                            interrupted.incrementAndGet();
                                        }
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Thread.currentThread().interrupt();
            try (AuditLog second = AuditLog.open(folder(), "p")) {
                append(second, Map.of(), sequences);
            }
            assertTrue(Thread.interrupted());
            append(log, Map.of(), sequences);
        }
        acknowledged.addAll(sequences);
        assertEquals(8 * 25 + 2, acknowledged.size());
        assertEquals(200, interrupted.get());
        assertEquals(List.of(), Records.verify(folder()).problems());
    }

    private static void append(
            AuditLog log, Map<String, byte[]> bodies, ConcurrentLinkedQueue<Long> sequences) {
        try {
            sequences.add(log.append(Records.entry("request", "r", "x", bodies)).sequence());
        } catch (RecordUnavailable refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void closingOneLogOfAProcessDoesNotGiveUpTheLockOfAnother() throws Exception {
        Path output = temporary.resolve("output");
        ConcurrentLinkedQueue<Long> sequences = new ConcurrentLinkedQueue<>();
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            Process other =
                    Children.start(
                            Children.java(
                                    Writing.class, folder().toString(), "other", "100", "60000"),
                            output);
            for (int round = 0; other.isAlive() || round < 50; round++) {
                try (AuditLog brief = AuditLog.open(folder(), "p")) {
                    append(brief, Map.of(), sequences);
                }
                append(log, Map.of(), sequences);
            }
            assertEquals(0, other.waitFor());
        }
        assertEquals(List.of(), Records.verify(folder()).problems());
        assertTrue(sequences.size() >= 100, sequences.size() + " entries");
        assertEquals(sequences.size(), new TreeSet<>(sequences).size());
    }

    @Test
    void aLockThatIsNotGivenBackIsToldAndNotWaitedForForever() throws Exception {
        AuditLog.open(folder(), "p").close();
        Path output = temporary.resolve("output");
        Process other = Children.start(Children.java(Holding.class, folder().toString()), output);
        Children.awaitLines(output, 1);
        FolderLock lock = FolderLock.open(new Layout(folder().toRealPath()));
        RecordUnavailable refused =
                assertThrows(RecordUnavailable.class, () -> lock.acquire(Duration.ofMillis(300)));
        assertTrue(refused.why().en().contains("another Parley"), refused.why().en());
        other.destroyForcibly().waitFor();
        try (FolderLock.Held held = lock.acquire(Duration.ofSeconds(5))) {
            assertNotNull(held);
        }
        lock.close();
    }

    @Test
    void everyTwoHundredAndFiftySixEntriesACheckpointIsMade() throws Exception {
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            for (int index = 0; index < 600; index++) {
                log.append(Records.entry("request", "x"));
            }
            long covered = Records.verify(folder()).covered();
            assertTrue(covered >= 513, covered + " covered");
        }
        assertEquals(0, Records.verify(folder()).exitCode());
    }

    @Test
    void theNewestEntriesAndSingleOnesAreReadAcrossSegments() throws Exception {
        Records.rotated(folder(), 200);
        List<Recorded> all = Records.all(folder());
        AuditReader reader = AuditReader.of(folder());
        for (int most : List.of(0, 1, 7, 60, 1000)) {
            assertEquals(
                    all.subList(Math.max(0, all.size() - most), all.size()), reader.newest(most));
        }
        for (Recorded entry : all) {
            assertEquals(entry, reader.at(entry.sequence()).orElseThrow());
        }
        assertTrue(reader.at(all.size()).isEmpty());
        assertEquals(List.of(), AuditReader.of(temporary.resolve("nowhere")).newest(5));
    }

    @Test
    void anOpenIntentIsRememberedAcrossSegments() throws Exception {
        Path output = temporary.resolve("output");
        Children.run(
                Children.java(Writing.class, folder().toString(), "other", "5", "30000"), output);
        Records.rotated(folder(), 200);
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            assertEquals(
                    List.of("other 0", "other 4"),
                    log.unknowns().stream()
                            .map(entry -> entry.header().path("text").asText())
                            .toList());
        }
    }
}
