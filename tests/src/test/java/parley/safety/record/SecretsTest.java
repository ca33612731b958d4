package parley.safety.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// No file of a record holds a secret that was in what was given to it.
final class SecretsTest {
    private static final String SECRET = "Tr0ub4dor-and-3";

    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("record");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean anyFileHolds(String text) throws IOException {
        int looked = 0;
        boolean found = false;
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                looked++;
                found |= Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
            }
        }
        assertTrue(looked >= 6, "looked at " + looked + " files only");
        return found;
    }

    @Test
    void secretsInBodiesAndFieldsReachNoFile() throws Exception {
        ObjectNode fields = Json.mapper().createObjectNode();
        fields.putArray("argv").add("app").add("--password=" + SECRET);
        fields.putObject("arguments").put("text", "数据库密码是" + SECRET);
        Map<String, byte[]> bodies =
                Map.of(
                        "stdout",
                        bytes("ok\nDB_PASSWORD=" + SECRET + "\n"),
                        "stderr",
                        new byte[] {(byte) 0xff, 'p', 'w', 'd', '=', 'a', 'b', '1', '2'});
        String commitment;
        try (AuditLog log = AuditLog.open(folder(), "parley 0.1.0")) {
            log.append(new Entry("exec.result", "ok", "r1", "alice", fields, bodies));
            commitment = log.redactor().commitment(SECRET);
        }
        assertFalse(anyFileHolds(SECRET));
        Recorded entry = Records.all(folder()).getLast();
        assertEquals(
                3,
                entry.header().path("redacted").path("password").asInt()
                        + entry.header().path("redacted").path("password-option").asInt());
        assertEquals(1, entry.header().path("redacted").path("password-chinese").asInt());
        AuditReader reader = AuditReader.of(folder());
        JsonNode list = Json.mapper().readTree(reader.body(entry, "redactions").orElseThrow());
        List<String> places = list.findValuesAsText("in");
        assertEquals(List.of("stderr", "stdout", "argv[]", "arguments.text"), places);
        assertEquals(
                3,
                list.findValuesAsText("hmac").stream().filter(commitment::equals).count(),
                "the same secret has the same commitment in every place");
        assertEquals(
                (byte) 0xff, reader.body(entry, "stderr").orElseThrow()[0], "bytes stay bytes");
    }

    @Test
    void whatHoldsNoSecretIsRecordedAsItIs() throws Exception {
        byte[] stdout = bytes("Password authentication is disabled\n磁盘已用 91%\n");
        try (AuditLog log = AuditLog.open(folder(), "parley 0.1.0")) {
            log.append(Records.entry("exec.result", "r1", "df -h", Map.of("stdout", stdout)));
        }
        Recorded entry = Records.all(folder()).getLast();
        assertFalse(entry.header().has("redacted"));
        assertEquals(
                new String(stdout, StandardCharsets.UTF_8),
                new String(
                        AuditReader.of(folder()).body(entry, "stdout").orElseThrow(),
                        StandardCharsets.UTF_8));
    }

    @Test
    void aRecordFromBeforeRedactionGetsAKeyWhenItIsOpened() throws Exception {
        AuditLog.open(folder(), "parley 0.1.0").close();
        Path key = folder().resolve("keys/redaction.key");
        Files.delete(key);
        AuditLog.open(folder(), "parley 0.1.0").close();
        assertEquals(65, Files.size(key));
    }
}
