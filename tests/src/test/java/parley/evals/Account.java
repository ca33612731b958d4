package parley.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.schema.Json;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a run's record says: what was proposed, what was made, and what the model took. The record
/// is the judge, not what the planner says of itself.
///
/// @param fellBack why a model was given up, each time
record Account(List<Call> calls, List<String> fellBack, Cost cost) {
    private static final Set<String> TYPES = Set.of("plan", "plan.reject", "exec.intent");

    static Account of(Path record) throws IOException {
        AuditReader reader = AuditReader.of(record);
        List<Call> calls = new ArrayList<>();
        List<String> fellBack = new ArrayList<>();
        Cost cost = Cost.NOTHING;
        List<Recorded> all;
        try (Stream<Recorded> entries = reader.entries(TYPES)) {
            all = entries.toList();
        }
        for (Recorded entry : all) {
            switch (entry.type()) {
                case "exec.intent" -> made(entry, calls);
                case "plan.reject" -> {
                    if (entry.outcome().equals("failed")) {
                        fellBack.add(entry.header().path("why").asText());
                    }
                    proposed(reader, entry, calls);
                }
                default -> proposed(reader, entry, calls);
            }
            cost = cost.plus(cost(entry));
        }
        return new Account(List.copyOf(calls), List.copyOf(fellBack), cost);
    }

    /// What identifies a host is nobody's proposal, and each call is listed once.
    private static void made(Recorded entry, List<Call> calls) {
        JsonNode header = entry.header();
        String purpose = header.path("purpose").asText();
        if (purpose.equals("IDENTIFY")
                || !(header.path("arguments") instanceof ObjectNode arguments)) {
            return;
        }
        Call call =
                new Call(
                        header.path("tool").asText(),
                        arguments,
                        List.of(header.path("host").asText()),
                        true);
        if (!calls.contains(call)) {
            calls.add(call);
        }
    }

    private static void proposed(AuditReader reader, Recorded entry, List<Call> calls)
            throws IOException {
        if (!entry.roles().contains("proposal")) {
            return;
        }
        for (JsonNode item : body(reader, entry).path("items")) {
            List<String> hosts = new ArrayList<>();
            item.path("hosts").forEach(host -> hosts.add(host.asText()));
            if (item.path("arguments") instanceof ObjectNode arguments) {
                calls.add(new Call(item.path("tool").asText(), arguments, hosts, false));
            }
        }
    }

    private static JsonNode body(AuditReader reader, Recorded entry) throws IOException {
        try {
            return Json.mapper().readTree(reader.body(entry, "proposal").orElse(new byte[0]));
        } catch (RecordUnavailable unreadable) {
            throw new IOException("the record of the run cannot be read", unreadable);
        }
    }

    /// The prices of one evaluation are in one currency.
    private static BigDecimal money(JsonNode sums) {
        BigDecimal all = BigDecimal.ZERO;
        for (JsonNode sum : sums) {
            all = all.add(new BigDecimal(sum.asText()));
        }
        return all;
    }

    private static Cost cost(Recorded entry) {
        int replies =
                (int) entry.roles().stream().filter(role -> role.startsWith("prompt.")).count();
        JsonNode usage = entry.header().path("usage");
        return replies == 0
                ? Cost.NOTHING
                : new Cost(
                        replies,
                        usage.path("in").asLong(),
                        usage.path("out").asLong(),
                        usage.path("counted").asBoolean(false),
                        money(usage.path("money")));
    }
}
