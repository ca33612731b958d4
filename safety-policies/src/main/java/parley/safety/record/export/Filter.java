package parley.safety.record.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.record.Recorded;
import parley.safety.record.story.Fields;
import parley.tools.schema.Json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Which part of a record is exported. It looks at headers only, so that whoever holds all headers
/// can apply it again and see that nothing was left out.
///
/// An entry is meant when every given field is the same in it; with one entry its whole run is
/// meant, for half a story is none. Empty texts ask for nothing.
///
/// @param run the beginning of a run's number
/// @param since the earliest time, as the writer's clock had it
/// @param until the first time that is too late
public record Filter(
        String operator,
        String host,
        String tool,
        String verdict,
        String type,
        String outcome,
        String run,
        Optional<Instant> since,
        Optional<Instant> until) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    public Filter {
        requireNonNull(operator, "operator is null");
        requireNonNull(host, "host is null");
        requireNonNull(tool, "tool is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(type, "type is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(run, "run is null");
        requireNonNull(since, "since is null");
        requireNonNull(until, "until is null");
    }

    /// Everything.
    public static Filter none() {
        return new Filter("", "", "", "", "", "", "", Optional.empty(), Optional.empty());
    }

    /// One run.
    public static Filter ofRun(String run) {
        return new Filter("", "", "", "", "", "", run, Optional.empty(), Optional.empty());
    }

    boolean isMeant(Recorded entry) {
        return same(operator, entry.actor())
                && same(host, Fields.text(entry, "host"))
                && same(tool, Fields.text(entry, "tool"))
                && same(verdict, Fields.text(entry, "verdict"))
                && same(type, entry.type())
                && same(outcome, entry.outcome())
                && entry.run().startsWith(run)
                && since.filter(entry.time()::isBefore).isEmpty()
                && until.filter(end -> !entry.time().isBefore(end)).isEmpty();
    }

    private static boolean same(String asked, String there) {
        return asked.isEmpty() || asked.equals(there);
    }

    /// What is asked for, and nothing else; times in the form of the record.
    public ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        put(json, "operator", operator);
        put(json, "host", host);
        put(json, "tool", tool);
        put(json, "verdict", verdict);
        put(json, "type", type);
        put(json, "outcome", outcome);
        put(json, "run", run);
        since.ifPresent(time -> json.put("since", TIME.format(time)));
        until.ifPresent(time -> json.put("until", TIME.format(time)));
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
