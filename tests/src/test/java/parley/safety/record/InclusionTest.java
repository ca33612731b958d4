package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.InclusionVerifier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One entry is proved without the rest of the record.
final class InclusionTest {
    @TempDir Path temporary;

    @Test
    void everyEntryOfRecordsOfManySizesIsProved() throws Exception {
        Path folder = temporary.resolve("record");
        int seen = 0;
        try (AuditLog log = AuditLog.open(folder, "p")) {
            String key = log.verifierKey();
            for (int size = 2; size < 20; size++) {
                log.append(Records.entry("note", "n" + size));
                log.checkpoint();
                List<String> lines = Records.lines(folder.resolve(Records.SEGMENT));
                assertEquals(size, lines.size());
                for (int index = 0; index < size; index++) {
                    Inclusion proof = Inclusion.of(folder, index).orElseThrow();
                    InclusionVerifier.Proved proved = InclusionVerifier.verify(proof.text(), key);
                    assertEquals(lines.get(index), proved.line());
                    assertEquals(index, proved.index());
                    assertEquals(size, proved.size());
                    int levels = Long.SIZE - Long.numberOfLeadingZeros(size - 1L);
                    assertTrue(proof.path().size() <= levels, proof::toString);
                    seen++;
                }
            }
            assertEquals(Optional.empty(), Inclusion.of(folder, 19));
            log.append(Records.entry("note", "not signed yet"));
            assertEquals(Optional.empty(), Inclusion.of(folder, 19));
        }
        System.out.println(seen + " proofs");
    }

    @Test
    void entriesOfSeveralSegmentsAndOfAPrunedRecordAreProved() throws Exception {
        Path folder = Records.rotated(temporary.resolve("record"), 200);
        String key = Files.readString(folder.resolve("origin")).strip();
        List<Recorded> all = Records.all(folder);
        List<Path> segments = Records.files(folder.resolve("seg"));
        assertTrue(segments.size() > 3, segments::toString);
        for (int gone = 0; gone < 3; gone++) {
            long begin =
                    Long.parseLong(segments.get(gone).getFileName().toString().substring(0, 14));
            for (Recorded entry : all) {
                Optional<Inclusion> proof = Inclusion.of(folder, entry.sequence());
                assertEquals(entry.sequence() >= begin, proof.isPresent());
                if (proof.isPresent()) {
                    assertEquals(
                            entry.sequence(),
                            InclusionVerifier.verify(proof.get().text(), key).index());
                }
            }
            Files.delete(segments.get(gone));
        }
    }

    @Test
    void everyChangedCharacterOfAProofIsFound() throws Exception {
        Path folder = Records.twelve(temporary.resolve("record"));
        String key = Files.readString(folder.resolve("origin")).strip();
        String proof = Inclusion.of(folder, 5).orElseThrow().text();
        assertEquals(5, InclusionVerifier.verify(proof, key).index());
        int seen = 0;
        for (int at = 0; at < proof.length(); at++) {
            char other = proof.charAt(at) == 'A' ? 'B' : 'A';
            String changed = proof.substring(0, at) + other + proof.substring(at + 1);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> InclusionVerifier.verify(changed, key),
                    changed);
            seen++;
        }
        assertTrue(seen > 800, seen + " changes");
        Path other = Records.twelve(temporary.resolve("other"));
        String otherKey = Files.readString(other.resolve("origin")).strip();
        assertThrows(
                IllegalArgumentException.class, () -> InclusionVerifier.verify(proof, otherKey));
    }
}
