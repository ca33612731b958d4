package parley.safety.record.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Numbers over a record, counted from its entries.
public final class Statistics {
    private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    private long entries;
    private long bodies;
    private long bytes;
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();

    /// Takes one more entry.
    public void take(Recorded entry) {
        entries++;
        first = first.isPresent() ? first : Optional.of(entry.time());
        last = Optional.of(entry.time());
        count("type", entry.type());
        for (Map.Entry<String, JsonNode> body : entry.header().path("bodies").properties()) {
            bodies++;
            bytes += body.getValue().path("size").asLong();
        }
        entry.header()
                .path("redacted")
                .properties()
                .forEach(rule -> add("redaction", rule.getKey(), rule.getValue().asLong()));
        switch (entry.type()) {
            case "request" -> {
                count("operator", entry.actor());
                count("day", entry.time().toString().substring(0, 10));
                count(
                        "language",
                        Fields.text(entry, "language").toLowerCase(java.util.Locale.ROOT));
            }
            case "plan" -> count("planner", Fields.text(entry, "planner"));
            case "policy.decision" -> {
                count("verdict", Fields.text(entry, "verdict"));
                count("effect", Fields.text(entry, "risk"));
                entry.header().path("rules").forEach(rule -> count("rule", rule.asText()));
            }
            case "approval.decision" -> count("approval", entry.outcome());
            case "exec.result", "exec.unknown" -> {
                count("host", Fields.text(entry, "host"));
                count("tool", Fields.text(entry, "tool"));
                count("command", entry.outcome());
            }
            case "answer" -> count("outcome", entry.outcome());
            case "audit.view", "audit.search", "audit.export", "audit.verify" ->
                    count("auditor", entry.actor());
            default -> {
                // Counted by type.
            }
        }
        NearMiss.of(entry).ifPresent(miss -> count("near-miss", miss.kind().word()));
    }

    /// What [#json] said, to go on counting from.
    public static Statistics of(JsonNode json) {
        Statistics counted = new Statistics();
        counted.entries = json.path("entries").asLong();
        counted.bodies = json.path("bodies").asLong();
        counted.bytes = json.path("bodyBytes").asLong();
        counted.first = time(json.path("first"));
        counted.last = time(json.path("last"));
        json.path("counts")
                .properties()
                .forEach(what ->
                        what.getValue()
                                .properties()
                                .forEach(value ->
                                        counted.add(
                                                what.getKey(),
                                                value.getKey(),
                                                value.getValue().asLong())));
        return counted;
    }

    private static Optional<Instant> time(JsonNode json) {
        return json.isTextual() ? Optional.of(Instant.parse(json.textValue())) : Optional.empty();
    }

    /// Adds what was counted over the entries that follow those of this one.
    public void add(Statistics later) {
        entries += later.entries;
        bodies += later.bodies;
        bytes += later.bytes;
        first = first.or(later::first);
        last = later.last.or(this::last);
        later.counts.forEach(
                (what, values) -> values.forEach((value, more) -> add(what, value, more)));
    }

    private void count(String what, String value) {
        add(what, value.isEmpty() ? "-" : value, 1);
    }

    private void add(String what, String value, long more) {
        counts.computeIfAbsent(what, ignored -> new TreeMap<>()).merge(value, more, Long::sum);
    }

    public long entries() {
        return entries;
    }

    public long bodies() {
        return bodies;
    }

    /// The size of all bodies as it was when they were recorded.
    public long bytes() {
        return bytes;
    }

    public Optional<Instant> first() {
        return first;
    }

    public Optional<Instant> last() {
        return last;
    }

    /// How often each value was seen of `operator`, `host`, `tool`, `verdict`, `rule`, `outcome`, …
    public Map<String, Map<String, Long>> counts() {
        return counts;
    }

    public ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("entries", entries).put("bodies", bodies).put("bodyBytes", bytes);
        first.ifPresent(time -> json.put("first", time.toString()));
        last.ifPresent(time -> json.put("last", time.toString()));
        json.set("counts", Json.mapper().valueToTree(counts));
        return json;
    }
}
