package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.Verification;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Contents of one request are erased, and everything else stays as it was.
final class ErasureTest {
    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    private static Map<String, byte[]> stdout(String text) {
        return Map.of("stdout", text.getBytes(StandardCharsets.UTF_8));
    }

    /// Two finished requests with contents.
    private void two() throws RecordUnavailable {
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            for (String run : List.of("r1", "r2")) {
                log.append(Records.entry("request", run, "words", stdout("please " + run)));
                log.append(Records.entry("exec.result", run, "0", stdout("output of " + run)));
                log.append(Records.entry("answer", run, "done", Map.of()));
            }
        }
    }

    private Content content(Path folder, long sequence) throws RecordUnavailable {
        AuditReader reader = AuditReader.of(folder);
        return reader.content(reader.at(sequence).orElseThrow(), "stdout");
    }

    @Test
    void anErasedRequestCannotBeReadAndTheRecordStaysSound() throws Exception {
        two();
        Path backup = Records.copy(folder(), temporary.resolve("copy"));
        Records.remove(backup.resolve("keys"));
        String entriesBefore = Files.readString(folder().resolve(Records.SEGMENT));
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            long by = log.erase(new Erasure("r1", "alice", "a customer asked for it"));
            assertEquals(by, log.erase(new Erasure("r1", "alice", "again")), "once is enough");
            assertEquals(new Content.Erased(by), content(folder(), 1));
            assertEquals(new Content.Erased(by), content(folder(), 2));
            assertInstanceOf(Content.Present.class, content(folder(), 5));
            RecordUnavailable refused =
                    assertThrows(
                            RecordUnavailable.class,
                            () -> log.append(Records.entry("plan", "r1", "x", stdout("more"))));
            assertTrue(refused.why().en().contains("were erased"), refused.why().en());
        }
        assertTrue(
                Files.readString(folder().resolve(Records.SEGMENT)).startsWith(entriesBefore),
                "no entry was changed");
        Verification found = Records.verify(folder());
        assertEquals(List.of(), found.problems());
        assertEquals(0, found.exitCode());
        assertEquals(2, found.erased());
        assertEquals(2, found.opened());
        assertEquals(4, found.bodies());
        // The copy knows nothing of it; the record as it is now, without keys, does.
        assertInstanceOf(Content.Locked.class, content(backup, 1));
        Records.remove(folder().resolve("keys"));
        assertInstanceOf(Content.Erased.class, content(folder(), 1));
        assertEquals(0, Records.verify(folder()).exitCode());
    }

    @Test
    void theKeyIsOverwrittenWhereItStoodAndInNoOtherFile() throws Exception {
        two();
        Path key = new Layout(folder().toRealPath()).runKey("r1");
        String wrapped = Files.readString(key).strip();
        Path link = temporary.resolve("link");
        Files.createLink(link, key);
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.erase(new Erasure("r1", "alice", "why"));
        }
        assertFalse(Files.readString(link, StandardCharsets.ISO_8859_1).contains(wrapped));
        int seen = 0;
        for (Path file : Records.files(folder())) {
            assertFalse(
                    Files.readString(file, StandardCharsets.ISO_8859_1).contains(wrapped),
                    file::toString);
            seen++;
        }
        assertTrue(seen > 8, seen + " files");
    }

    @Test
    void aKeyDestroyedWithoutAnEntryIsFound() throws Exception {
        two();
        Layout layout = new Layout(folder().toRealPath());
        byte[] key = Files.readAllBytes(layout.runKey("r1"));
        for (String forged : List.of("", "erased 3\n", "00\n")) {
            Files.writeString(layout.runKey("r1"), forged);
            Verification found = Records.verify(folder());
            assertEquals(2, found.exitCode(), forged);
            assertEquals(1, found.problems().getFirst().sequence().orElseThrow());
        }
        Files.delete(layout.runKey("r1"));
        assertEquals(2, Records.verify(folder()).exitCode());
        Files.write(layout.runKey("r1"), key);
        assertEquals(0, Records.verify(folder()).exitCode());
    }

    @Test
    void anErasureThatWasCutShortIsToldAndFinishedByErasingAgain() throws Exception {
        two();
        Layout layout = new Layout(folder().toRealPath());
        byte[] key = Files.readAllBytes(layout.runKey("r1"));
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.erase(new Erasure("r1", "alice", "why"));
        }
        Files.write(layout.runKey("r1"), key);
        Verification half = Records.verify(folder());
        assertEquals(2, half.exitCode());
        assertTrue(half.problems().getFirst().says().en().contains("still there"));
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.erase(new Erasure("r1", "alice", "finishing"));
        }
        assertEquals(0, Records.verify(folder()).exitCode());
    }

    @Test
    void anotherProcessThatHasTheKeyAddsNothingToAnErasedRequest() throws Exception {
        two();
        try (AuditLog log = AuditLog.open(folder(), "p");
                AuditLog other = AuditLog.open(folder(), "q")) {
            other.append(Records.entry("note", "r1", "x", stdout("known to the other")));
            log.erase(new Erasure("r1", "alice", "why"));
            assertThrows(
                    RecordUnavailable.class,
                    () -> other.append(Records.entry("note", "r1", "x", stdout("more"))));
        }
        assertEquals(List.of(), Records.verify(folder()).problems());
    }

    @Test
    void whatDoesNotExistOrStillGoesOnIsNotErased() throws Exception {
        two();
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.append(Records.entry("request", "r3", "words", stdout("going on")));
            for (Erasure refused :
                    List.of(
                            new Erasure("r3", "alice", "why"),
                            new Erasure("r4", "alice", "why"),
                            new Erasure("", "alice", "why"),
                            new Erasure("r1", "alice", " "))) {
                assertThrows(RecordUnavailable.class, () -> log.erase(refused));
            }
        }
        assertEquals(0, Records.verify(folder()).erased());
    }
}
