package parley.safety.record.story;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.Bilingual;
import parley.tools.schema.Json;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The policies as they were when they judged: entries `policy.load`, each with the texts of all
/// files under the hash that decisions name.
public final class PolicyTexts {
    private static final Pattern RULE =
            Pattern.compile("@id\\(\"([^\"]+)\"\\)((?:\\s*@\\w+\\(\"(?:[^\"\\\\]|\\\\.)*\"\\))*)");
    private static final Pattern SAYS = Pattern.compile("@(en|zh)\\(\"((?:[^\"\\\\]|\\\\.)*)\"\\)");

    private final Map<String, Recorded> loads = new HashMap<>();
    private final Map<String, Optional<Loaded>> read = new HashMap<>();
    private final AuditReader reader;

    private PolicyTexts(AuditReader reader) {
        this.reader = reader;
    }

    /// All policies that the record holds.
    public static PolicyTexts of(AuditReader reader) {
        PolicyTexts texts = new PolicyTexts(reader);
        try (Stream<Recorded> entries = reader.entries(Set.of("policy.load"))) {
            entries.forEach(entry -> texts.loads.put(Fields.text(entry, "policies"), entry));
        }
        return texts;
    }

    /// A set of policies.
    ///
    /// @param files name and text of each, in the order in which they were loaded
    public record Loaded(Map<String, String> files, Set<String> forbidsOnly, String schema) {
        public Loaded {
            files = new LinkedHashMap<>(files);
            forbidsOnly = Set.copyOf(forbidsOnly);
            requireNonNull(schema, "schema is null");
        }
    }

    /// Where a rule stands and what it says.
    public record Rule(String id, String file, int line, Bilingual says) {}

    /// The policies with this hash; empty when the record does not hold them (any more).
    public Optional<Loaded> loaded(String hash) {
        return read.computeIfAbsent(hash, this::read);
    }

    private Optional<Loaded> read(String hash) {
        Recorded entry = loads.get(hash);
        if (entry == null) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> body = reader.body(entry, "files");
            if (body.isEmpty()) {
                return Optional.empty();
            }
            JsonNode json = Json.mapper().readTree(body.get());
            Map<String, String> files = new LinkedHashMap<>();
            Set<String> forbidsOnly = new java.util.HashSet<>();
            for (JsonNode file : json.path("files")) {
                files.put(file.path("name").asText(), file.path("text").asText());
                if (file.path("forbidsOnly").asBoolean()) {
                    forbidsOnly.add(file.path("name").asText());
                }
            }
            return Optional.of(new Loaded(files, forbidsOnly, json.path("schema").asText()));
        } catch (RecordUnavailable | IOException unreadable) {
            return Optional.empty();
        }
    }

    /// The rule as it stood then.
    public Optional<Rule> rule(String hash, String id) {
        Optional<Loaded> loaded = loaded(hash);
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> file : loaded.get().files().entrySet()) {
            Matcher rules = RULE.matcher(file.getValue());
            while (rules.find()) {
                if (rules.group(1).equals(id)) {
                    int line =
                            1 + (int) file.getValue().substring(0, rules.start()).lines().count();
                    return Optional.of(new Rule(id, file.getKey(), line, says(rules.group(2), id)));
                }
            }
        }
        return Optional.empty();
    }

    private static Bilingual says(String annotations, String id) {
        Map<String, String> says = new HashMap<>();
        Matcher each = SAYS.matcher(annotations);
        while (each.find()) {
            says.put(each.group(1), each.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
        }
        String en = says.getOrDefault("en", id);
        return Bilingual.of(en, says.getOrDefault("zh", en));
    }
}
