package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.Verification;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Every single change of a small record is found. Of each byte one bit is flipped, in turn; all
/// eight with `-Dparley.exhaustive=true`.
final class TamperSweepTest {
    @TempDir Path temporary;

    private Path folder = Path.of("");
    private List<Path> evidence = List.of();

    @BeforeEach
    void aSoundRecord() throws Exception {
        folder = Records.twelve(temporary.resolve("record"));
        Verification sound = Records.verify(folder);
        assertEquals(List.of(), sound.problems());
        assertEquals(0, sound.exitCode());
        assertEquals(12, sound.records());
        assertEquals(3, sound.checkpoints());
        assertEquals(2, sound.bodies());
        evidence =
                Records.files(folder).stream()
                        .filter(file -> !file.startsWith(folder.resolve("keys")))
                        .filter(file -> !file.endsWith("lock"))
                        .filter(file -> !file.endsWith("reserve"))
                        .toList();
        assertEquals(5, evidence.size(), evidence::toString);
    }

    private void report(String what, Map<Integer, Integer> byExit) {
        System.out.println(what + ": by exit code " + byExit);
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        int bits = Boolean.getBoolean("parley.exhaustive") ? 8 : 1;
        Map<Integer, Integer> byExit = new TreeMap<>();
        int flips = 0;
        List<String> missed = new ArrayList<>();
        for (Path file : evidence) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at++) {
                for (int turn = 0; turn < bits; turn++) {
                    int bit = bits == 8 ? turn : at % 8;
                    byte[] altered = bytes.clone();
                    altered[at] ^= (byte) (1 << bit);
                    Files.write(file, altered);
                    int exit = Records.verify(folder).exitCode();
                    byExit.merge(exit, 1, Integer::sum);
                    flips++;
                    if (exit == 0) {
                        missed.add(folder.relativize(file) + " byte " + at + " bit " + bit);
                    }
                }
            }
            Files.write(file, bytes);
        }
        report(flips + " flips", byExit);
        assertEquals(List.of(), missed);
        assertTrue(flips > 4000, flips + " flips");
        assertEquals(0, Records.verify(folder).exitCode());
    }

    /// 100 flips; 2,000 in the long run.
    @Test
    void everySeededFlipOfALargeRecordIsFound() throws Exception {
        int flips = Boolean.getBoolean("parley.long") ? 2000 : 100;
        Path large = temporary.resolve("large");
        try (AuditLog log = AuditLog.open(large, "p")) {
            Thread[] writers = new Thread[16];
            for (int writer = 0; writer < writers.length; writer++) {
                String run = "r" + writer;
                writers[writer] = Thread.ofVirtual().start(() -> appendMany(log, run));
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        Verification sound = Records.verify(large);
        assertEquals(0, sound.exitCode());
        assertEquals(10_001, sound.records());
        Random random = new Random(6);
        List<Path> files = List.of(large.resolve(Records.SEGMENT), large.resolve("checkpoints"));
        for (int flip = 0; flip < flips; flip++) {
            Path file = files.get(flip % 10 == 0 ? 1 : 0);
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                long at = random.nextLong(bytes.length());
                bytes.seek(at);
                int before = bytes.read();
                bytes.seek(at);
                bytes.write(before ^ 1 << random.nextInt(8));
                assertNotEquals(0, Records.verify(large).exitCode(), file + " byte " + at);
                bytes.seek(at);
                bytes.write(before);
            }
        }
        assertEquals(0, Records.verify(large).exitCode());
    }

    private static void appendMany(AuditLog log, String run) {
        try {
            for (int entry = 0; entry < 625; entry++) {
                log.append(Records.entry("note", run, "n" + entry, Map.of()));
            }
        } catch (RecordUnavailable refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void everyTruncationOfEveryFileIsFound() throws IOException {
        Map<Integer, Integer> byExit = new TreeMap<>();
        int cuts = 0;
        for (Path file : evidence) {
            byte[] bytes = Files.readAllBytes(file);
            for (int length = 0; length < bytes.length; length++) {
                Files.write(file, Arrays.copyOf(bytes, length));
                int exit = Records.verify(folder).exitCode();
                assertNotEquals(0, exit, file + " cut to " + length);
                byExit.merge(exit, 1, Integer::sum);
                cuts++;
            }
            Files.delete(file);
            assertNotEquals(0, Records.verify(folder).exitCode(), file + " deleted");
            Files.write(file, bytes);
        }
        report(cuts + " truncations", byExit);
        assertTrue(cuts > 4000, cuts + " cuts");
        assertEquals(0, Records.verify(folder).exitCode());
    }

    @Test
    void everyByteAppendedToAnyFileIsFound() throws IOException {
        int seen = 0;
        for (Path file : evidence) {
            byte[] bytes = Files.readAllBytes(file);
            for (int value : new int[] {0, '\t', '\n', ' ', '{', 'x', 0x80, 0xFF}) {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                longer[bytes.length] = (byte) value;
                Files.write(file, longer);
                assertNotEquals(0, Records.verify(folder).exitCode(), file + " plus " + value);
                seen++;
            }
            Files.write(file, bytes);
        }
        report(seen + " appended bytes", Map.of());
        assertEquals(5 * 8, seen);
    }

    @Test
    void aLogCutAtAnyEntryUnderIntactCheckpointsIsTruncated() throws IOException {
        Path segment = folder.resolve(Records.SEGMENT);
        List<String> lines = Records.lines(segment);
        for (int kept = 0; kept < lines.size(); kept++) {
            Records.write(segment, lines.subList(0, kept));
            Verification cut = Records.verify(folder);
            assertEquals(3, cut.exitCode(), kept + " kept: " + cut.problems());
            assertEquals(kept, cut.records());
        }
    }

    @Test
    void everyRemovedDoubledOrSwappedEntryIsFound() throws IOException {
        Path segment = folder.resolve(Records.SEGMENT);
        List<String> lines = Records.lines(segment);
        int seen = 0;
        for (int first = 0; first < lines.size(); first++) {
            List<String> removed = new ArrayList<>(lines);
            removed.remove(first);
            List<String> doubled = new ArrayList<>(lines);
            doubled.add(first, lines.get(first));
            List<List<String>> variants = new ArrayList<>(List.of(removed, doubled));
            for (int second = first + 1; second < lines.size(); second++) {
                List<String> swapped = new ArrayList<>(lines);
                swapped.set(first, lines.get(second));
                swapped.set(second, lines.get(first));
                variants.add(swapped);
                List<String> both = new ArrayList<>(lines);
                both.remove(second);
                both.remove(first);
                variants.add(both);
            }
            for (List<String> variant : variants) {
                Records.write(segment, variant);
                int exit = Records.verify(folder).exitCode();
                assertTrue(exit == 2 || exit == 3, "entry " + first + ": exit " + exit);
                seen++;
            }
        }
        report(seen + " removed, doubled or swapped", Map.of());
        assertEquals(12 * 2 + 66 * 2, seen);
    }

    @Test
    void everyRemovedCheckpointAndEveryTwoOfThemAreFound() throws Exception {
        Path many = Records.rotated(temporary.resolve("many"), 200);
        List<String> notes = Records.notes(many);
        assertTrue(notes.size() > 20, notes.size() + " checkpoints");
        assertEquals(0, Records.verify(many).exitCode());
        int seen = 0;
        for (int first = 0; first < notes.size(); first++) {
            for (int count = 1; count <= 2 && first + count <= notes.size(); count++) {
                List<String> fewer = new ArrayList<>(notes);
                fewer.subList(first, first + count).clear();
                Files.writeString(many.resolve("checkpoints"), String.join("", fewer));
                Verification found = Records.verify(many);
                boolean newest = first + count == notes.size();
                assertEquals(newest && count == 1 ? 4 : 2, found.exitCode(), () -> "" + found);
                seen++;
            }
        }
        report(seen + " removals among " + notes.size() + " checkpoints", Map.of());
    }

    @Test
    void everyRemovedSegmentAndEveryTwoOfThemAreFound() throws Exception {
        Path many = Records.rotated(temporary.resolve("many"), 300);
        List<Path> segments = Records.files(many.resolve("seg"));
        assertTrue(segments.size() > 5, segments.size() + " segments");
        for (int first = 0; first < segments.size(); first++) {
            for (int count = 1; count <= 2 && first + count <= segments.size(); count++) {
                Map<Path, byte[]> kept = new TreeMap<>();
                for (Path gone : segments.subList(first, first + count)) {
                    kept.put(gone, Files.readAllBytes(gone));
                    Files.delete(gone);
                }
                Verification found = Records.verify(many);
                boolean newest = first + count == segments.size();
                assertEquals(newest ? 3 : 2, found.exitCode(), () -> "" + found.problems());
                for (Map.Entry<Path, byte[]> file : kept.entrySet()) {
                    Files.write(file.getKey(), file.getValue());
                }
            }
        }
        assertEquals(0, Records.verify(many).exitCode());
    }
}
