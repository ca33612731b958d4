package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

final class AuditLogTest {
    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    @Test
    void whatWasAppendedIsReadBackWithItsBodies() throws Exception {
        byte[] stdout = "磁盘已用 91%\n".getBytes(StandardCharsets.UTF_8);
        Receipt receipt;
        try (AuditLog log = AuditLog.open(folder(), "parley 0.1.0")) {
            receipt =
                    log.append(
                            Records.entry("exec.result", "r1", "df -h", Map.of("stdout", stdout)));
        }
        List<Recorded> entries = Records.all(folder());
        assertEquals(
                List.of("log.open", "exec.result"), entries.stream().map(Recorded::type).toList());
        Recorded second = entries.get(1);
        assertEquals(receipt.sequence(), second.sequence());
        assertEquals("alice", second.actor());
        assertEquals("r1", second.run());
        assertEquals("df -h", second.header().path("text").asText());
        assertEquals(
                stdout.length, second.header().path("bodies").path("stdout").path("size").asInt());
        assertArrayEquals(stdout, AuditReader.of(folder()).body(second, "stdout").orElseThrow());
    }

    @Test
    void aSecondOpeningGoesOnWhereTheFirstEnded() throws Exception {
        for (int opening = 0; opening < 3; opening++) {
            try (AuditLog log = AuditLog.open(folder(), "parley 0.1.0")) {
                log.append(Records.entry("request", "r" + opening, "hello", Map.of()));
            }
        }
        List<Recorded> entries = Records.all(folder());
        assertEquals(
                List.of("log.open", "request", "log.open", "request", "log.open", "request"),
                entries.stream().map(Recorded::type).toList());
        for (int index = 0; index < entries.size(); index++) {
            assertEquals(index, entries.get(index).sequence());
        }
    }

    @Test
    void segmentsRotateAndLaterOpeningsStartFromTheLastOne() throws Exception {
        for (int opening = 0; opening < 3; opening++) {
            try (AuditLog log = AuditLog.open(folder(), "p", InstantSource.system(), 40_000)) {
                for (int index = 0; index < 100; index++) {
                    log.append(Records.entry("request", "r", "x".repeat(300), Map.of()));
                }
            }
        }
        List<Recorded> entries = Records.all(folder());
        for (int index = 0; index < entries.size(); index++) {
            assertEquals(index, entries.get(index).sequence());
        }
        long rotations =
                entries.stream().filter(entry -> entry.type().equals("log.rotate")).count();
        assertTrue(rotations > 3, rotations + " rotations");
        assertEquals(300, entries.stream().filter(e -> e.type().equals("request")).count());
        System.out.println(entries.size() + " entries in " + (rotations + 1) + " segments");
    }

    @Test
    void aTornTailIsCutKeptAndRecorded() throws Exception {
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.append(Records.entry("request", "r", "x", Map.of()));
        }
        Path segment = folder().resolve("seg/00000000000000.jsonl");
        byte[] torn = "{\"actor\":\"ali".getBytes(StandardCharsets.UTF_8);
        Files.write(segment, torn, StandardOpenOption.APPEND);
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.append(Records.entry("request", "r", "y", Map.of()));
        }
        Recorded recover = Records.all(folder()).get(2);
        assertEquals("log.recover", recover.type());
        assertEquals(torn.length, recover.header().path("cut").asInt());
        assertArrayEquals(torn, AuditReader.of(folder()).body(recover, "cut").orElseThrow());
    }

    @Test
    void damageBelowACheckpointRefusesToAppend() throws Exception {
        try (AuditLog log = AuditLog.open(folder(), "p")) {
            log.append(Records.entry("request", "r", "secret plan", Map.of()));
        }
        Path segment = folder().resolve("seg/00000000000000.jsonl");
        String altered = Files.readString(segment).replace("secret plan", "public plan");
        Files.writeString(segment, altered);
        RecordUnavailable refused =
                assertThrows(RecordUnavailable.class, () -> AuditLog.open(folder(), "p"));
        assertTrue(refused.why().en().contains("damaged"), refused.why().en());
        assertEquals(altered, Files.readString(segment));
    }

    @Test
    void aFolderOthersCanWriteToIsRefusedWithTheCommandThatMendsIt() throws Exception {
        AuditLog.open(folder(), "p").close();
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwx---"));
        RecordUnavailable refused =
                assertThrows(RecordUnavailable.class, () -> AuditLog.open(folder(), "p"));
        assertTrue(refused.why().en().contains("chmod go-w " + folder()), refused.why().en());
    }
}
