package parley.console.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Planner;
import parley.safety.policy.Policies;
import parley.safety.record.AuditLog;
import parley.safety.record.Entry;
import parley.safety.record.RecordUnavailable;
import parley.tools.Tool;
import parley.tools.schema.Json;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a start of Parley works with, recorded once (`session.open`): entries of the same `boot`
/// and `pid` belong to it.
final class Opening {
    private Opening() {}

    /// @param planner the name of the planner that is asked first
    static void record(
            AuditLog log, String actor, boolean managed, String planner, Policies policies)
            throws RecordUnavailable {
        ObjectNode fields = Json.mapper().createObjectNode();
        fields.put("software", Workplace.SOFTWARE).put("mode", managed ? "managed" : "personal");
        fields.put("catalogue", version(Tool.class)).put("prompts", version(Planner.class));
        fields.put("planner", planner).put("policies", policies.hash());
        fields.put("user", System.getProperty("user.name"));
        // Where the operator sits, as the host that Parley runs on knows it.
        fields.put("from", Optional.ofNullable(System.getenv("SSH_CONNECTION")).orElse("local"));
        log.append(new Entry("session.open", "ok", "", actor, fields, Map.of()));
    }

    /// SHA-256 over the code and the files of the module that `type` is of.
    static String version(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            URI place = source.getLocation().toURI();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files(Path.of(place))) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | URISyntaxException | NoSuchAlgorithmException unreadable) {
            return "unknown";
        }
    }

    private static List<Path> files(Path place) throws IOException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
