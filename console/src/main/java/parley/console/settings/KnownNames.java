package parley.console.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.turn.HostResult;
import parley.tools.schema.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Units and packages that readings have shown, host by host, for completion only: a file in the
/// cache folder that may be deleted at any time. Names older than a week are forgotten.
public final class KnownNames {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_NAMES = 5_000;
    private static final String UNIT = "[A-Za-z0-9@:._\\\\-]{1,241}";
    private static final String PACKAGE = "[A-Za-z0-9][A-Za-z0-9.+_-]{0,127}";

    /// What a name is of.
    public enum Kind {
        UNITS,
        PACKAGES;

        private String field() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Path file;
    private final ObjectNode hosts;

    private KnownNames(Path file, ObjectNode hosts) {
        this.file = file;
        this.hosts = hosts;
    }

    /// What was learnt earlier; nothing when there is no such file, or it cannot be read.
    public static KnownNames load(Directories directories) {
        Path file = directories.cache().resolve("names.json");
        try {
            if (Files.isRegularFile(file)
                    && Json.mapper().readTree(file.toFile()) instanceof ObjectNode known) {
                return new KnownNames(file, known);
            }
        } catch (IOException unreadable) {
            // A cache that cannot be read is an empty cache.
            return new KnownNames(file, Json.mapper().createObjectNode());
        }
        return new KnownNames(file, Json.mapper().createObjectNode());
    }

    /// The names on any of `on`, sorted; on every host that is known when it names none.
    public synchronized List<String> names(Kind kind, Collection<String> on) {
        Set<String> names = new TreeSet<>();
        long oldest = Instant.now().minus(LONGEST).getEpochSecond();
        hosts.properties().stream()
                .filter(host -> on.isEmpty() || on.contains(host.getKey()))
                .map(host -> host.getValue().path(kind.field()))
                .filter(known -> known.path("at").asLong() >= oldest)
                .forEach(known -> known.path("names").forEach(name -> names.add(name.asText())));
        return List.copyOf(names);
    }

    /// Remembers what these readings show, and keeps it for later starts as far as the disk lets
    /// it.
    public synchronized void learn(List<HostResult> results) {
        boolean more = false;
        for (HostResult result : results) {
            if (result.reading().isPresent()) {
                JsonNode reading = Json.mapper().valueToTree(result.reading().get().value());
                more |= learn(result.host(), Kind.UNITS, reading.findValues("unit"), UNIT);
                if (result.call().tool().card().group().equals("packages")) {
                    more |=
                            learn(
                                    result.host(),
                                    Kind.PACKAGES,
                                    reading.findValues("name"),
                                    PACKAGE);
                }
            }
        }
        if (more) {
            keep();
        }
    }

    /// @return whether anything is new
    private boolean learn(String host, Kind kind, List<JsonNode> values, String form) {
        List<String> seen =
                values.stream()
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .filter(name -> name.matches(form))
                        .toList();
        if (seen.isEmpty()) {
            return false;
        }
        Set<String> all = new TreeSet<>(names(kind, List.of(host)));
        boolean more = all.addAll(seen);
        ObjectNode known = hosts.withObjectProperty(host).putObject(kind.field());
        known.put("at", Instant.now().getEpochSecond());
        new ArrayList<>(all).stream().limit(MOST_NAMES).forEach(known.putArray("names")::add);
        return more;
    }

    private void keep() {
        try {
            Files.createDirectories(file.getParent());
            Path whole = Files.createTempFile(file.getParent(), "names", ".json");
            Json.mapper().writeValue(whole.toFile(), hosts);
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            // Completion is a convenience: a disk that refuses it stops nothing.
            return;
        }
    }
}
