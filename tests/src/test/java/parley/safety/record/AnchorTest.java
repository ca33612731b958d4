package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Heads of the record that were kept elsewhere.
final class AnchorTest {
    @TempDir Path temporary;

    private Path folder = Path.of("");
    private Path kept = Path.of("");

    @BeforeEach
    void anchored() throws Exception {
        folder = Records.twelve(temporary.resolve("record"));
        kept = temporary.resolve("kept");
        Anchor.newest(folder).orElseThrow().appendTo(kept);
        try (AuditLog log = AuditLog.open(folder, "p")) {
            log.append(Records.entry("request", "thirteen"));
            log.checkpoint();
            log.append(Records.entry("request", "fourteen"));
        }
        Anchor.newest(folder).orElseThrow().appendTo(kept);
    }

    private Verification verify(List<String> anchors) throws Exception {
        return AuditVerifier.verify(folder, Optional.empty(), anchors);
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(kept);
    }

    @Test
    void anchorsOfASoundRecordAgree() throws Exception {
        assertEquals(2, lines().size());
        Verification found = verify(lines());
        assertEquals(List.of(), found.problems());
        assertEquals(0, found.exitCode());
        assertEquals(2, found.anchors());
        // As a journal shows them, among others' and anything else.
        List<String> journal = new ArrayList<>(List.of("-- Boot 1234 --"));
        lines().forEach(line -> journal.add("Nov 21 20:59:01 web-1 parley-anchor[77]: " + line));
        journal.add("Nov 21 web-1 parley-anchor[78]: parley-anchor parley/other/1 5 x y");
        assertEquals(0, verify(journal).exitCode());
    }

    /// T15.
    @Test
    void theLogAndItsNewestCheckpointsDeletedTogetherAreFound() throws Exception {
        Path segment = folder.resolve(Records.SEGMENT);
        List<String> entries = Records.lines(segment);
        List<String> notes = Records.notes(folder);
        assertEquals(5, notes.size());
        int seen = 0;
        for (int left = 1; left < notes.size(); left++) {
            int size = Integer.parseInt(notes.get(left - 1).split("\n", -1)[1]);
            Records.write(segment, entries.subList(0, size));
            Files.writeString(
                    folder.resolve("checkpoints"), String.join("", notes.subList(0, left)));
            assertEquals(0, Records.verify(folder).exitCode(), "from the inside it looks sound");
            Verification found = verify(lines());
            assertEquals(3, found.exitCode(), found::toString);
            seen++;
            // Nor does it help to go on with something else.
            try (AuditLog log = AuditLog.open(folder, "p")) {
                for (int more = 0; more < 20; more++) {
                    log.append(Records.entry("request", "instead"));
                }
            }
            assertEquals(0, Records.verify(folder).exitCode());
            assertEquals(2, verify(lines()).exitCode());
        }
        assertEquals(4, seen);
    }

    @Test
    void whereNoAnchorIsGivenNothingIsSound() throws Exception {
        for (List<String> none : List.of(List.<String>of(), List.of("nothing here", ""))) {
            Verification found = verify(none);
            assertEquals(4, found.exitCode());
            assertTrue(found.problems().getFirst().says().en().contains("no anchor"));
        }
    }

    @Test
    void everyChangedCharacterOfAnAnchorIsFound() throws Exception {
        String line = lines().getFirst();
        int seen = 0;
        for (int at = "parley-anchor ".length(); at < line.length(); at++) {
            char other = line.charAt(at) == 'A' ? 'B' : 'A';
            String changed = line.substring(0, at) + other + line.substring(at + 1);
            assertNotEquals(0, verify(List.of(changed)).exitCode(), changed);
            seen++;
        }
        assertTrue(seen > 120, seen + " changes");
    }

    @Test
    void anAnchorOfAnotherTreeOfTheSameSizeIsFound() throws Exception {
        SigningKey key = SigningKey.load(new Layout(folder));
        Frontier other = new Frontier();
        for (int leaf = 0; leaf < 12; leaf++) {
            other.add(new byte[] {(byte) leaf});
        }
        Checkpoint signed = Checkpoint.sign(key, other);
        byte[] signature = java.util.HexFormat.of().parseHex(signed.signature());
        Anchor forked =
                new Anchor(
                        signed.origin(),
                        12,
                        signed.root(),
                        java.util.Base64.getEncoder().encodeToString(signature));
        assertEquals(2, verify(List.of(forked.line())).exitCode());
        List<String> both = new ArrayList<>(lines());
        both.add(forked.line());
        Verification found = verify(both);
        assertEquals(2, found.exitCode());
        assertTrue(found.problems().getFirst().says().en().contains("two different trees"));
    }
}
