package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.Pruning.Pruned;
import parley.safety.record.Pruning.What;
import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is older than the retention period goes, by two people, and the rest still proves itself.
final class PruningTest {
    private static final Instant THEN = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final long LIMIT = 30_000;

    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    /// 100 requests of long ago in several segments, 20 of today.
    private void old() throws RecordUnavailable {
        fill(THEN, 0, 100);
        fill(NOW, 100, 120);
    }

    private void fill(Instant when, int from, int end) throws RecordUnavailable {
        try (AuditLog log = AuditLog.open(folder(), "p", InstantSource.fixed(when), LIMIT)) {
            for (int index = from; index < end; index++) {
                byte[] body = ("words " + index).getBytes(StandardCharsets.UTF_8);
                log.append(
                        Records.entry(
                                "request", "r" + index, "x".repeat(400), Map.of("words", body)));
            }
        }
    }

    private Pruned prune(What what, Instant before, String second) throws RecordUnavailable {
        try (AuditLog log = AuditLog.open(folder(), "p", InstantSource.fixed(NOW), LIMIT)) {
            return log.prune(new Pruning(before, what, "alice", second, "one year", Map.of()));
        }
    }

    @Test
    void oldContentsGoAndEveryEntryStays() throws Exception {
        old();
        Pruned pruned = prune(What.CONTENTS, NOW.minusSeconds(200L * 86_400), "bob");
        assertEquals(100, pruned.contents());
        assertEquals(0, pruned.segments());
        Verification found = Records.verify(folder());
        assertEquals(List.of(), found.problems());
        assertEquals(0, found.exitCode());
        assertEquals(100, found.erased());
        assertEquals(20, found.opened());
        AuditReader reader = AuditReader.of(folder());
        Recorded first = reader.at(1).orElseThrow();
        assertInstanceOf(Content.Erased.class, reader.content(first, "words"));
        Recorded prune = reader.at(pruned.entry()).orElseThrow();
        assertEquals("[\"alice\",\"bob\"]", prune.header().path("approvers").toString());
    }

    @Test
    void oldSegmentsGoAndTheRestProvesItself() throws Exception {
        old();
        String pinned = Files.readString(folder().resolve("origin")).strip();
        int before = Records.files(folder().resolve("seg")).size();
        Pruned pruned = prune(What.ENTRIES, NOW.minusSeconds(200L * 86_400), "bob");
        assertTrue(pruned.segments() >= 2, pruned::toString);
        assertEquals(before - pruned.segments(), Records.files(folder().resolve("seg")).size());
        Verification found = AuditVerifier.verify(folder(), Optional.of(pinned));
        assertEquals(List.of(), found.problems());
        assertEquals(0, found.exitCode());
        assertEquals(found.end() - pruned.to(), found.records());
        // It goes on, is read, and is verified as ever.
        fill(NOW, 120, 160);
        assertEquals(0, Records.verify(folder()).exitCode());
        assertEquals(pruned.to(), Records.all(folder()).getFirst().sequence());
        List<Recorded> kept = Records.all(folder());
        assertEquals(kept.size(), kept.getLast().sequence() + 1 - pruned.to());
        // Every bit of what is left of the first segment still counts.
        Path first = Records.files(folder().resolve("seg")).getFirst();
        byte[] bytes = Files.readAllBytes(first);
        for (int at = 0; at < bytes.length; at += 37) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            Files.write(replaceable(first), flipped);
            assertFalse(Records.verify(folder()).sound(), "byte " + at);
        }
        Files.write(first, bytes);
        assertEquals(0, Records.verify(folder()).exitCode());
    }

    private static Path replaceable(Path file) throws Exception {
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /// T18.
    @Test
    void aBeginningThatWentWithoutAnEntryIsFoundAndNothingIsAppended() throws Exception {
        old();
        List<Path> segments = Records.files(folder().resolve("seg"));
        Files.delete(segments.getFirst());
        assertEquals(2, Records.verify(folder()).exitCode());
        assertThrows(RecordUnavailable.class, () -> AuditLog.open(folder(), "p").close());
        // Not even when a mark claims that some entry allows it.
        long last = Records.all(folder()).getLast().sequence();
        Files.writeString(folder().resolve("pruned"), last + "\n");
        assertEquals(2, Records.verify(folder()).exitCode());
        assertThrows(RecordUnavailable.class, () -> AuditLog.open(folder(), "p").close());
    }

    /// T18.
    @Test
    void whatGoesBeyondWhatTheEntrySaysIsFound() throws Exception {
        old();
        prune(What.ENTRIES, THEN.plusSeconds(1), "bob");
        assertEquals(0, Records.verify(folder()).exitCode());
        fill(NOW, 200, 300);
        List<Path> segments = Records.files(folder().resolve("seg"));
        Files.delete(segments.getFirst());
        assertEquals(2, Records.verify(folder()).exitCode());
        assertThrows(RecordUnavailable.class, () -> AuditLog.open(folder(), "p").close());
    }

    @Test
    void pruningTakesTwoPeopleAndHalfAYear() throws Exception {
        old();
        Instant enough = NOW.minusSeconds(200L * 86_400);
        assertThrows(RecordUnavailable.class, () -> prune(What.CONTENTS, enough, "alice"));
        assertThrows(RecordUnavailable.class, () -> prune(What.CONTENTS, enough, ""));
        Instant soon = NOW.minusSeconds(183L * 86_400);
        RecordUnavailable refused =
                assertThrows(RecordUnavailable.class, () -> prune(What.CONTENTS, soon, "bob"));
        assertTrue(refused.why().en().contains("184 days"), refused.why().en());
        Verification found = Records.verify(folder());
        assertEquals(120, found.opened());
    }

    @Test
    void whatIsNotSettledIsNotForgotten() throws Exception {
        try (AuditLog log = AuditLog.open(folder(), "p", InstantSource.fixed(THEN), LIMIT)) {
            log.append(Records.entry("exec.unknown", "nobody knows"));
        }
        fill(NOW, 0, 3);
        RecordUnavailable refused =
                assertThrows(
                        RecordUnavailable.class,
                        () -> prune(What.CONTENTS, NOW.minusSeconds(200L * 86_400), "bob"));
        assertTrue(refused.why().en().contains("settle"), refused.why().en());
    }
}
