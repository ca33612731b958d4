package parley.safety.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.util.Map;

/// What is to be recorded. Sequence, time, links and hashes are the record's own business.
///
/// @param type `request`, `plan`, `policy.decision`, `exec.intent`, …
/// @param outcome `ok`, `denied`, `failed`, `timeout`, `unknown`, …; empty where it has none
/// @param run the request it belongs to; empty for the record's own entries
/// @param fields further fields: tool, host, argv, digest, rules, …; a field `digest` goes into the
///   receipt
/// @param bodies long contents by role (`stdout`, `prompt`, `shown`); stored apart, named here by
///   hash
public record Entry(
        String type,
        String outcome,
        String run,
        String actor,
        ObjectNode fields,
        Map<String, byte[]> bodies) {
    public Entry {
        requireNonNull(type, "type is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(run, "run is null");
        requireNonNull(actor, "actor is null");
        fields = requireNonNull(fields, "fields is null").deepCopy();
        bodies = Map.copyOf(bodies);
    }

    public static Entry of(String type, String run, String actor) {
        return new Entry(type, "", run, actor, Json.mapper().createObjectNode(), Map.of());
    }
}
