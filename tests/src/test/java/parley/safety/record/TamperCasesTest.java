package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;
import parley.safety.record.verify.Verification.Kind;
import parley.tools.schema.Json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Attacks with a name, each from a failure of another system's verifier.
final class TamperCasesTest {
    @TempDir Path temporary;

    private Path twelve() throws RecordUnavailable {
        return Records.twelve(temporary.resolve("record"));
    }

    @Test
    void aRecordWithoutCheckpointsIsNeverSound() throws Exception {
        Path folder = twelve();
        String pinned = Files.readString(folder.resolve("origin")).strip();
        Files.delete(folder.resolve("checkpoints"));
        assertEquals(2, AuditVerifier.verify(folder, Optional.of(pinned)).exitCode());
        // Only the very first entry: nothing later names a checkpoint.
        Path segment = folder.resolve(Records.SEGMENT);
        Records.write(segment, Records.lines(segment).subList(0, 1));
        assertEquals(4, AuditVerifier.verify(folder, Optional.of(pinned)).exitCode());
        Files.writeString(segment, "");
        Verification nothing = AuditVerifier.verify(folder, Optional.of(pinned));
        assertFalse(nothing.sound());
        assertEquals(4, nothing.exitCode());
        Verification nowhere =
                AuditVerifier.verify(temporary.resolve("nowhere"), Optional.of(pinned));
        assertFalse(nowhere.sound());
    }

    @Test
    void aWriterRefusesToContinueARecordThatWasCut() throws Exception {
        Path folder = twelve();
        Path segment = folder.resolve(Records.SEGMENT);
        List<String> lines = Records.lines(segment);
        for (int kept = 0; kept < 12; kept++) {
            Records.write(segment, lines.subList(0, kept));
            RecordUnavailable refused =
                    assertThrows(RecordUnavailable.class, () -> AuditLog.open(folder, "p"));
            assertTrue(refused.why().en().contains("signed checkpoint"), refused.why().en());
        }
        Records.write(segment, lines);
        AuditLog.open(folder, "p").close();
        assertEquals(0, Records.verify(folder).exitCode());
    }

    @Test
    void aRecordSignedAnewWithAnotherKeyIsFound() throws Exception {
        Path folder = twelve();
        String pinned = Files.readString(folder.resolve("origin")).strip();
        Path other = temporary.resolve("other");
        AuditLog.open(other, "p").close();
        SigningKey foreign = SigningKey.load(new Layout(other));
        SigningKey disguised =
                new SigningKey(
                        pinned.substring(0, pinned.indexOf('+')),
                        foreign.verifierKey(),
                        foreign.publicKey(),
                        foreign.privateKey());
        resign(folder, disguised);
        assertEquals(2, AuditVerifier.verify(folder, Optional.of(pinned)).exitCode());
        assertEquals(2, Records.verify(folder).exitCode());
    }

    @Test
    void aRecordRebuiltFromTheBeginningIsFoundByWhoPinnedTheKey() throws Exception {
        Path folder = twelve();
        String pinned = Files.readString(folder.resolve("origin")).strip();
        Path rebuilt = Records.twelve(temporary.resolve("rebuilt"));
        Verification trusting = Records.verify(rebuilt);
        assertEquals(0, trusting.exitCode());
        assertFalse(trusting.pinned());
        Verification pinning = AuditVerifier.verify(rebuilt, Optional.of(pinned));
        assertEquals(2, pinning.exitCode());
        assertEquals(0, pinning.checkpoints());
        assertTrue(pinning.pinned());
        assertEquals(0, AuditVerifier.verify(folder, Optional.of(pinned)).exitCode());
    }

    /// Signs the present lines, whatever they are, at every size that had a checkpoint.
    private static void resign(Path folder, SigningKey key) throws Exception {
        List<Long> sizes = new ArrayList<>();
        for (String note : Records.notes(folder)) {
            sizes.add(Long.valueOf(note.split("\n", -1)[1]));
        }
        Frontier frontier = new Frontier();
        ByteArrayOutputStream notes = new ByteArrayOutputStream();
        byte[] segment = Files.readAllBytes(folder.resolve(Records.SEGMENT));
        int start = 0;
        for (int at = 0; at < segment.length; at++) {
            if (segment[at] == '\n') {
                frontier.add(Arrays.copyOfRange(segment, start, at));
                start = at + 1;
                if (sizes.contains(frontier.size())) {
                    notes.writeBytes(Checkpoint.sign(key, frontier).stored());
                }
            }
        }
        Files.write(folder.resolve("checkpoints"), notes.toByteArray());
    }

    @Test
    void aRecordVerifiesWhileItIsWritten() throws Exception {
        Path folder = temporary.resolve("record");
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong entries = new AtomicLong();
        try (AuditLog log = AuditLog.open(folder, "p")) {
            Thread verifying =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    while (!stop.get()) {
                                        Verification seen = Records.verify(folder);
                                        if (seen.exitCode() == 2 || seen.exitCode() == 3) {
                                            System.out.println(seen.problems());
                                            return;
                                        }
                                        entries.addAndGet(seen.records());
                                        runs.incrementAndGet();
                                    }
                                } catch (IOException failure) {
                                    throw new UncheckedIOException(failure);
                                }
                            });
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            for (int index = 0;
                    (index < 1500 || runs.get() < 20) && System.nanoTime() < deadline;
                    index++) {
                log.append(
                        Records.entry(
                                "exec.result",
                                "r",
                                "x" + index,
                                index % 10 == 0 ? Map.of("stdout", new byte[index]) : Map.of()));
                if (index % 7 == 0) {
                    log.checkpoint();
                }
            }
            assertTrue(verifying.isAlive(), "the verifier found damage where there is none");
            stop.set(true);
            verifying.join();
        }
        System.out.println(runs + " verifications while writing, " + entries + " entries read");
        assertTrue(runs.get() >= 20, runs + " runs");
        assertEquals(0, Records.verify(folder).exitCode());
    }

    @Test
    void clockJumpsDoNotMatter() throws Exception {
        Path folder = temporary.resolve("record");
        List<Instant> times =
                List.of(
                        Instant.parse("2026-05-01T10:00:00Z"),
                        Instant.parse("1999-01-01T00:00:00Z"),
                        Instant.parse("2090-01-01T00:00:00.000000999Z"),
                        Instant.parse("2026-05-01T10:00:00Z"));
        AtomicInteger call = new AtomicInteger();
        try (AuditLog log =
                AuditLog.open(
                        folder,
                        "p",
                        () -> times.get(call.get() % times.size()),
                        AuditLog.SEGMENT_LIMIT)) {
            for (int index = 0; index < 9; index++) {
                call.set(index);
                log.append(Records.entry("request", "x"));
            }
        }
        assertEquals(0, Records.verify(folder).exitCode());
        List<Recorded> requests =
                Records.all(folder).stream()
                        .filter(entry -> entry.type().equals("request"))
                        .toList();
        assertEquals(9, requests.size());
        List<Integer> years =
                requests.stream()
                        .map(entry -> entry.time().atOffset(ZoneOffset.UTC).getYear())
                        .toList();
        assertTrue(years.contains(1999) && years.contains(2090), years::toString);
        AuditLog.open(folder, "p").close();
    }

    @Test
    void anEditedBodyUnderAnIntactHeaderIsFound() throws Exception {
        Path folder = twelve();
        for (Path body : Records.files(folder.resolve("body"))) {
            byte[] original = Files.readAllBytes(body);
            byte[] edited = original.clone();
            edited[edited.length - 3] = '0';
            Files.write(body, edited);
            Verification found = Records.verify(folder);
            assertEquals(2, found.exitCode());
            assertEquals(1, found.problems().size());
            assertEquals(5, found.problems().getFirst().sequence().orElseThrow());
            Recorded entry = AuditReader.of(folder).at(5).orElseThrow();
            assertEquals(2, entry.roles().size());
            Files.delete(body);
            assertEquals(2, Records.verify(folder).exitCode());
            Files.write(body, original);
        }
        assertEquals(0, Records.verify(folder).exitCode());
    }

    @Test
    void aCopyElsewhereVerifiesWithoutKeyAndLock() throws Exception {
        Path folder = Records.rotated(temporary.resolve("record"), 100);
        Path moved = Records.copy(folder, temporary.resolve("moved"));
        for (Path file : Records.files(folder)) {
            Files.delete(file);
        }
        Files.delete(moved.resolve("lock"));
        Records.remove(moved.resolve("keys"));
        Verification copy = Records.verify(moved);
        assertEquals(List.of(), copy.problems());
        assertEquals(0, copy.exitCode());
        assertTrue(copy.segments() > 1 && copy.records() > 100, copy::toString);
    }

    @Test
    void everyFieldOfEveryEntryIsCovered() throws Exception {
        Path folder = twelve();
        Path segment = folder.resolve(Records.SEGMENT);
        List<String> lines = Records.lines(segment);
        int seen = 0;
        for (int index = 0; index < lines.size(); index++) {
            ObjectNode header = (ObjectNode) Json.mapper().readTree(lines.get(index));
            List<String> names = new ArrayList<>();
            header.fieldNames().forEachRemaining(names::add);
            assertTrue(names.size() >= 12, names::toString);
            for (String name : names) {
                for (Function<JsonNode, JsonNode> change : changes()) {
                    ObjectNode altered = header.deepCopy();
                    JsonNode changed = change.apply(header.get(name));
                    if (changed.isMissingNode()) {
                        altered.remove(name);
                    } else {
                        altered.set(name, changed);
                    }
                    List<String> variant = new ArrayList<>(lines);
                    variant.set(
                            index, new String(Canonical.bytes(altered), StandardCharsets.UTF_8));
                    Records.write(segment, variant);
                    assertEquals(2, Records.verify(folder).exitCode(), index + " " + name);
                    seen++;
                }
            }
            ObjectNode added = header.deepCopy().put("added", 1);
            List<String> variant = new ArrayList<>(lines);
            variant.set(index, new String(Canonical.bytes(added), StandardCharsets.UTF_8));
            Records.write(segment, variant);
            assertEquals(2, Records.verify(folder).exitCode(), index + " added");
            seen++;
        }
        System.out.println(seen + " changed, removed or added fields");
    }

    private static List<Function<JsonNode, JsonNode>> changes() {
        return List.of(
                value -> MissingNode.getInstance(),
                value ->
                        value.isNumber()
                                ? Json.mapper().getNodeFactory().numberNode(value.asLong() + 1)
                                : Json.mapper().getNodeFactory().textNode(value.asText() + "0"));
    }

    @Test
    void otherSpellingsOfTheSameValueAreRefusedEvenWhenSigned() throws Exception {
        Path folder = twelve();
        SigningKey key = SigningKey.load(new Layout(folder));
        Path segment = folder.resolve(Records.SEGMENT);
        byte[] sound = Files.readAllBytes(segment);
        String last = Records.lines(segment).getLast();
        byte[] head = Arrays.copyOf(sound, sound.length - last.length() - 1);
        List<String> spellings =
                List.of(
                        last.replace("\"v\":1", "\"v\":1.0"),
                        last.replace("\"v\":1", "\"v\":1e0"),
                        last.replace("\"v\":1", "\"v\":1,\"v\":1"),
                        last.replace("{\"actor\"", "{ \"actor\""),
                        last.replace("{\"actor\":\"alice\",", "{\"actor\":\"\\u0061lice\","),
                        last.replace(
                                "{\"actor\":\"alice\",", "{\"actor\":\"bob\",\"actor\":\"x\","),
                        last.replace(":\"alice\"", ":\"a\u00ff\""),
                        last + " ",
                        last.substring(0, last.length() - 1) + ",\"w\":null}x");
        for (String spelling : spellings) {
            assertFalse(spelling.equals(last));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(head);
            // One byte a character, so that ÿ becomes the invalid UTF-8 byte FF.
            whole.writeBytes(spelling.getBytes(StandardCharsets.ISO_8859_1));
            whole.write('\n');
            Files.write(segment, whole.toByteArray());
            resign(folder, key);
            Verification found = Records.verify(folder);
            assertEquals(2, found.exitCode(), spelling);
            assertEquals(Kind.ALTERED, found.problems().getFirst().kind());
            assertEquals(11, found.problems().getFirst().sequence().orElseThrow());
            assertEquals(3, found.checkpoints(), "the signatures themselves are right");
        }
        Files.write(segment, sound);
        resign(folder, key);
        assertEquals(0, Records.verify(folder).exitCode(), "signing anew alone changes nothing");
    }

    @Test
    void whatFollowsTheNewestCheckpointIsToldAsUncovered() throws Exception {
        Path folder = temporary.resolve("record");
        try (AuditLog log = AuditLog.open(folder, "p")) {
            log.append(Records.entry("request", "x"));
            log.append(Records.entry("request", "y"));
            Verification open = Records.verify(folder);
            assertEquals(4, open.exitCode());
            assertEquals(1, open.covered());
            assertEquals(3, open.records());
        }
        assertEquals(0, Records.verify(folder).exitCode());
    }
}
