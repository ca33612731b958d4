package parley.safety.redact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Measures recall and false alarms over the labelled texts of `tests/redaction`.
class RedactionCorpusTest {
    private static final Path CORPUS = Path.of("redaction");
    private final Redactor redactor =
            new Redactor("a key for measurements".getBytes(StandardCharsets.UTF_8));

    @Test
    void nearlyEverySecretIsFoundAndNearlyNothingElse() throws IOException {
        int secrets = 0;
        int clean = 0;
        List<String> missed = new ArrayList<>();
        List<String> alarms = new ArrayList<>();
        for (JsonNode line : lines()) {
            Redacted redacted = redactor.redact(line.get("text").asText());
            for (JsonNode secret : line.get("secrets")) {
                secrets++;
                if (redacted.text().contains(secret.asText())) {
                    missed.add(line.get("id").asText() + " " + secret.asText());
                }
            }
            if (line.get("secrets").isEmpty()) {
                clean++;
                if (!redacted.redactions().isEmpty()) {
                    alarms.add(line.get("id").asText() + " " + redacted.text());
                }
            }
        }
        String figures =
                String.format(
                        Locale.ROOT,
                        "redaction: %d of %d secrets found, %d false alarms in %d clean texts",
                        secrets - missed.size(),
                        secrets,
                        alarms.size(),
                        clean);
        System.out.println(figures);
        assertTrue(secrets >= 60 && clean >= 70, figures);
        assertTrue(missed.size() * 100 <= secrets * 3, () -> figures + "\nmissed: " + missed);
        assertTrue(alarms.size() * 100 < clean, () -> figures + "\nalarms: " + alarms);
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(Json.mapper().readTree(line));
                }
            }
        }
        return lines;
    }
}
