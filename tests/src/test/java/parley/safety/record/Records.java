package parley.safety.record;

import parley.safety.record.verify.AuditVerifier;
import parley.safety.record.verify.Verification;
import parley.tools.schema.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Real records for tests, and what is done to them.
final class Records {
    static final String SEGMENT = "seg/00000000000000.jsonl";

    private Records() {}

    static Entry entry(String type, String run, String text, Map<String, byte[]> bodies) {
        return new Entry(
                type,
                "ok",
                run,
                "alice",
                Json.mapper().createObjectNode().put("text", text),
                bodies);
    }

    static Map<String, byte[]> words(String text) {
        return Map.of("words", text.getBytes(StandardCharsets.UTF_8));
    }

    static Entry entry(String type, String text) {
        return entry(type, "r1", text, Map.of());
    }

    /// A request with all that follows from it: 12 entries, 3 checkpoints, 2 bodies.
    static Path twelve(Path folder) throws RecordUnavailable {
        try (AuditLog log = AuditLog.open(folder, "parley 0.1.0")) {
            log.append(entry("request", "磁盘快满了吗? \"df\" \t"));
            log.append(entry("plan", "disk.usage"));
            log.append(entry("policy.decision", "allow"));
            log.append(entry("exec.intent", "df -P"));
            log.checkpoint();
            byte[] stdout = "/dev/sda1 91%\n".getBytes(StandardCharsets.UTF_8);
            byte[] stderr = "df: /mnt: denied\n".getBytes(StandardCharsets.UTF_8);
            log.append(entry("exec.result", "r1", "0", Map.of("stdout", stdout, "stderr", stderr)));
            log.append(entry("answer", "91 %"));
            log.append(entry("request", "restart nginx"));
            log.append(entry("plan", "service.restart"));
            log.append(entry("policy.decision", "confirm"));
            log.append(entry("approval.decision", "yes"));
            log.append(entry("answer", "restarted"));
        }
        return folder;
    }

    /// Several small segments, many checkpoints.
    static Path rotated(Path folder, int entries) throws RecordUnavailable {
        try (AuditLog log = AuditLog.open(folder, "p", InstantSource.system(), 30_000)) {
            for (int index = 0; index < entries; index++) {
                log.append(entry("request", index + " " + "x".repeat(200)));
                if (index % 10 == 0) {
                    log.checkpoint();
                }
            }
        }
        return folder;
    }

    static Verification verify(Path folder) throws IOException {
        return AuditVerifier.verify(folder, Optional.empty());
    }

    static List<Recorded> all(Path folder) {
        try (Stream<Recorded> entries = AuditReader.of(folder).entries()) {
            return entries.toList();
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walked = Files.walk(folder)) {
            return walked.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> walked = Files.walk(from)) {
            walked.forEach(path -> {
                try {
                    Files.copy(
                            path,
                            to.resolve(from.relativize(path).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
        return to;
    }

    /// Removes `folder` with all that is in it.
    static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(folder)) {
            all = walked.toList();
        }
        for (Path path : all.reversed()) {
            Files.delete(path);
        }
    }

    static List<String> lines(Path file) throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    /// The stored notes of a checkpoint file.
    static List<String> notes(Path folder) throws IOException {
        List<String> notes = new ArrayList<>();
        String rest = Files.readString(folder.resolve("checkpoints"));
        while (!rest.isEmpty()) {
            int end = rest.indexOf("\n\n", rest.indexOf("\n\n") + 2) + 2;
            notes.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return notes;
    }

    static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }
}
