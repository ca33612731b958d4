package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/// What the record refuses, and that it says whose move it is.
final class RefusalsTest {
    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    private Bilingual refusal() {
        RecordUnavailable refused =
                assertThrows(
                        RecordUnavailable.class, () -> AuditLog.open(folder(), "p").directory());
        assertEquals(Language.ZH, Language.of(refused.why().zh()));
        return refused.why();
    }

    @Test
    void whatOthersCanWriteToIsRefusedWithTheCommandThatMendsIt() throws Exception {
        Records.rotated(folder(), 100);
        List<Path> guarded =
                List.of(
                        folder(),
                        folder().resolve("seg"),
                        folder().resolve("body"),
                        folder().resolve("keys"),
                        folder().resolve("keys/signing.pem"),
                        folder().resolve("origin"),
                        folder().resolve("checkpoints"),
                        folder().resolve("lock"),
                        folder().resolve(Records.SEGMENT));
        for (Path path : guarded) {
            var before = Files.getPosixFilePermissions(path);
            for (String mode : List.of("rwx-w----", "rwx----w-")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
                Bilingual why = refusal();
                assertTrue(why.en().contains("chmod go-w " + path), why.en());
                assertTrue(why.zh().contains("chmod go-w " + path), why.zh());
            }
            Files.setPosixFilePermissions(path, before);
        }
        AuditLog.open(folder(), "p").close();
    }

    @Test
    void aSigningKeyOthersCanReadIsRefused() throws Exception {
        AuditLog.open(folder(), "p").close();
        Path key = folder().resolve("keys/signing.pem");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(refusal().en().contains("chmod 600 " + key));
    }

    @Test
    void whatBelongsToSomebodyElseIsRefused() throws Exception {
        AuditLog.open(folder(), "p").close();
        try {
            Files.setAttribute(folder().resolve("checkpoints"), "unix:uid", 12345);
        } catch (java.io.IOException notRoot) {
            System.err.println("SKIPPED, NOT TESTED: foreign owner (needs root, for chown)");
            abort("needs root, for chown");
        }
        assertTrue(refusal().en().contains("belongs to user id 12345"));
    }

    @Test
    void aSymbolicLinkIsRefused() throws Exception {
        AuditLog.open(folder(), "p").close();
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(folder().resolve("checkpoints"), elsewhere);
        Files.createSymbolicLink(folder().resolve("checkpoints"), elsewhere);
        assertTrue(refusal().en().contains("symbolic link"));
    }

    @Test
    void everyMissingPartIsRefusedAndNothingIsMadeInItsPlace() throws Exception {
        Records.twelve(folder());
        Path aside = temporary.resolve("aside");
        for (String part :
                List.of("origin", "checkpoints", "keys/signing.pem", Records.SEGMENT, "seg")) {
            Path file = folder().resolve(part);
            Files.move(file, aside);
            List<Path> before = Records.files(folder());
            assertTrue(refusal().en().contains("nothing runs") || part.contains("keys"), part);
            assertEquals(before, Records.files(folder()), part);
            Files.move(aside, file);
        }
        Files.move(folder().resolve("origin"), aside);
        Files.move(folder().resolve("checkpoints"), temporary.resolve("aside2"));
        byte[] key = Files.readAllBytes(folder().resolve("keys/signing.pem"));
        assertTrue(refusal().en().contains("origin"));
        assertEquals(
                new String(key, StandardCharsets.US_ASCII),
                Files.readString(folder().resolve("keys/signing.pem")));
    }

    @Test
    void theKeyOfAnotherRecordIsRefused() throws Exception {
        Records.twelve(folder());
        Path other = Records.twelve(temporary.resolve("other"));
        Files.write(
                folder().resolve("keys/signing.pem"),
                Files.readAllBytes(other.resolve("keys/signing.pem")));
        assertTrue(refusal().en().contains("signing key"));
    }

    @Test
    void anEntryAlteredInTheUnsignedTailIsRefused() throws Exception {
        Path folder = folder();
        try (AuditLog log = AuditLog.open(folder, "p")) {
            log.append(Records.entry("request", "one"));
            log.append(Records.entry("request", "two"));
            Path copy = temporary.resolve("copy");
            Files.createDirectory(copy);
            new ProcessBuilder("cp", "-a", folder + "/.", copy.toString()).start().waitFor();
            Path segment = copy.resolve(Records.SEGMENT);
            String text = Files.readString(segment);
            AuditLog.open(copy, "p").close();
            Files.writeString(segment, text.replace("one", "eno"));
            RecordUnavailable refused =
                    assertThrows(
                            RecordUnavailable.class, () -> AuditLog.open(copy, "p").directory());
            assertTrue(refused.why().en().contains("does not follow"), refused.why().en());
            // Two lines made one, longer than any line may be: not a torn tail to be cut.
            String joined = text.substring(0, text.length() - 1) + "x".repeat(20_000) + "\n{}";
            Files.writeString(segment, joined);
            assertThrows(RecordUnavailable.class, () -> AuditLog.open(copy, "p").directory());
            assertEquals(joined, Files.readString(segment));
        }
    }

    @Test
    void aHalfWrittenCheckpointIsCutKeptAndRecorded() throws Exception {
        Records.twelve(folder());
        Path checkpoints = folder().resolve("checkpoints");
        String torn = Records.notes(folder()).getFirst().substring(0, 100);
        Files.writeString(checkpoints, torn, StandardOpenOption.APPEND);
        assertEquals(4, Records.verify(folder()).exitCode());
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.append(Records.entry("request", "on"));
        }
        Recorded recover = Records.all(folder()).get(12);
        assertEquals("log.recover", recover.type());
        assertEquals("checkpoints", recover.header().path("file").asText());
        assertEquals(
                torn,
                new String(
                        AuditReader.of(folder()).body(recover, "cut").orElseThrow(),
                        StandardCharsets.UTF_8));
        assertEquals(List.of(), Records.verify(folder()).problems());
    }

    @Test
    void aFolderReplacedWhileOpenIsNoticed() throws Exception {
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.append(Records.entry("request", "one"));
            Files.move(folder(), temporary.resolve("moved"));
            assertThrows(
                    RecordUnavailable.class, () -> log.append(Records.entry("request", "two")));
            Records.twelve(folder());
            assertThrows(
                    RecordUnavailable.class, () -> log.append(Records.entry("request", "three")));
        }
        assertEquals(12, Records.verify(folder()).records());
        assertEquals(0, Records.verify(folder()).exitCode());
    }

    @Test
    void entriesWithoutOneExactFormAreRefusedAndHarmNoOther() throws Exception {
        var json = Json.mapper();
        List<Entry> unfit =
                List.of(
                        with("half", json.valueToTree(0.5)),
                        with("large", json.valueToTree(1L << 53)),
                        with("least", json.valueToTree(Long.MIN_VALUE)),
                        with("huge", json.valueToTree(BigInteger.TEN.pow(40))),
                        with("nested", json.valueToTree(Map.of("a", List.of(1.5)))),
                        with("seq", json.valueToTree(7)),
                        with("prev", json.valueToTree("0")),
                        Records.entry("request", "x".repeat(Header.MOST_BYTES)));
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            for (Entry entry : unfit) {
                RecordUnavailable refused =
                        assertThrows(RecordUnavailable.class, () -> log.append(entry));
                assertTrue(refused.why().en().contains("cannot be recorded"), refused.why().en());
                assertEquals("request", log.append(Records.entry("request", "fit")).type());
            }
            log.append(with("exact", json.valueToTree((1L << 53) - 1)));
            log.append(Records.entry("request", "cut \ud83d here"));
        }
        List<Recorded> all = Records.all(folder());
        assertEquals(1 + unfit.size() + 2, all.size());
        assertEquals("cut \ufffd here", all.getLast().header().path("text").asText());
        assertEquals(List.of(), Records.verify(folder()).problems());
    }

    private static Entry with(String name, com.fasterxml.jackson.databind.JsonNode value) {
        Entry entry = Records.entry("request", "x");
        entry.fields().set(name, value);
        return entry;
    }
}
