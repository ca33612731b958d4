package parley.console.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// Keeps the texts of the policies in the record, each set once, before it judges anything: so that
/// every decision can be made again by the policies as of then.
///
/// Which sets a record has already is noted in the cache; a note that is lost only means that a set
/// is recorded once more.
final class RecordedPolicies implements LivePolicies.Noted {
    private final AuditLog log;
    private final String actor;
    private final Path notes;

    RecordedPolicies(AuditLog log, String actor, Path cache) {
        this.log = log;
        this.actor = actor;
        this.notes = cache.resolve("recorded-policies");
    }

    @Override
    public void inForce(Policies policies) throws PolicyError {
        try {
            note(policies);
        } catch (RecordUnavailable unavailable) {
            throw new PolicyError(unavailable.why(), unavailable);
        }
    }

    void note(Policies policies) throws RecordUnavailable {
        String note = log.verifierKey() + " " + policies.hash();
        if (noted().contains(note)) {
            return;
        }
        ObjectNode texts = Json.mapper().createObjectNode();
        ArrayNode files = texts.putArray("files");
        for (PolicyFile file : policies.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("text", file.text())
                    .put("forbidsOnly", file.forbidsOnly());
        }
        texts.put("schema", policies.schema());
        ObjectNode fields = Json.mapper().createObjectNode();
        fields.put("policies", policies.hash()).put("files", policies.files().size());
        log.append(
                new Entry(
                        "policy.load",
                        "ok",
                        "",
                        actor,
                        fields,
                        Map.of("files", texts.toString().getBytes(StandardCharsets.UTF_8))));
        remember(note);
    }

    private List<String> noted() {
        try {
            return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private void remember(String note) {
        try {
            Files.createDirectories(notes.toAbsolutePath().getParent());
            Files.writeString(
                    notes, note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException forgotten) {
            // It is recorded; the next start records it once more, which harms nobody.
            return;
        }
    }
}
