package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Contents are encrypted run by run: what stands on disk tells nothing without the run's key.
final class ContentsTest {
    private static final byte[] OUTPUT =
            "a line that is found nowhere on disk\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    private Recorded recorded(String run) throws RecordUnavailable {
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            Receipt receipt =
                    log.append(Records.entry("exec.result", run, "0", Map.of("stdout", OUTPUT)));
            return AuditReader.of(folder()).at(receipt.sequence()).orElseThrow();
        }
    }

    @Test
    void aContentIsReadBackAndProvesItself() throws Exception {
        Recorded entry = recorded("r1");
        Content.Present present =
                assertInstanceOf(
                        Content.Present.class, AuditReader.of(folder()).content(entry, "stdout"));
        assertArrayEquals(OUTPUT, present.bytes());
        byte[] salted = new byte[present.salt().length + OUTPUT.length];
        System.arraycopy(present.salt(), 0, salted, 0, present.salt().length);
        System.arraycopy(OUTPUT, 0, salted, present.salt().length, OUTPUT.length);
        assertEquals(
                HexFormat.of().formatHex(Canonical.sha256(salted)),
                entry.header().path("bodies").path("stdout").path("c").asText());
        assertInstanceOf(Content.Missing.class, AuditReader.of(folder()).content(entry, "stderr"));
    }

    @Test
    void noFileHoldsAContentInTheClear() throws Exception {
        recorded("r1");
        int seen = 0;
        for (Path file : Records.files(folder())) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains("found nowhere"), file::toString);
            seen++;
        }
        assertTrue(seen > 5, seen + " files seen");
    }

    @Test
    void runsHaveKeysOfTheirOwnAndTheKeyFilesTellNone() throws Exception {
        Recorded first = recorded("r1");
        Recorded second = recorded("r2");
        Layout layout = new Layout(folder());
        assertNotEquals(
                Files.readString(layout.runKey("r1")), Files.readString(layout.runKey("r2")));
        // The key of one run opens nothing of another.
        Files.copy(
                layout.runKey("r1"),
                layout.runKey("r2"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThrows(
                RecordUnavailable.class, () -> AuditReader.of(folder()).content(second, "stdout"));
        assertInstanceOf(Content.Present.class, AuditReader.of(folder()).content(first, "stdout"));
    }

    @Test
    void withoutKeysNothingIsReadableAndEverythingVerifies() throws Exception {
        Recorded entry = recorded("r1");
        Records.remove(folder().resolve("keys"));
        assertInstanceOf(Content.Locked.class, AuditReader.of(folder()).content(entry, "stdout"));
        assertEquals(List.of(), Records.verify(folder()).problems());
    }
}
