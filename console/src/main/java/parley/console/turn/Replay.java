package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.gate.Step;
import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.safety.record.Recorded;
import parley.tools.Argv;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Change;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.schema.Arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads again, from the record, what was read before a change: without it nobody can say what the
/// change should have changed.
final class Replay {
    private final AuditReader reader;
    private final List<Recorded> results;

    /// @param unknown the outcome that nobody knows
    Replay(AuditReader reader, Recorded unknown) {
        this.reader = reader;
        try (Stream<Recorded> entries = reader.entries(Set.of("exec.result"))) {
            this.results =
                    entries.filter(entry -> entry.run().equals(unknown.run()))
                            .filter(entry -> entry.sequence() < unknown.sequence())
                            .filter(entry -> is(entry, "purpose", Step.Purpose.PREVIEW.name()))
                            .filter(entry ->
                                    is(entry, "host", unknown.header().path("host").asText()))
                            .toList();
        }
    }

    private static boolean is(Recorded entry, String field, String value) {
        return entry.header().path(field).asText().equals(value);
    }

    /// The preview of `call` as it was; one that nobody has seen, where the record does not hold
    /// all of it.
    <A extends Record> Preview preview(
            Call<A> call, Change<A, ?> tool, Platform platform, String holder)
            throws RecordUnavailable {
        List<Observed> readings = new ArrayList<>();
        for (Call<?> looked : tool.preview(call.arguments())) {
            Optional<Observed> read = observed(looked, platform);
            if (read.isEmpty()) {
                return Preview.unseen(platform, holder);
            }
            readings.add(read.get());
        }
        return new Preview(platform, holder, readings);
    }

    private <A extends Record> Optional<Observed> observed(Call<A> call, Platform platform)
            throws RecordUnavailable {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException("previews only observe: " + call.tool().name());
        }
        Deque<Recorded> own = entries(call);
        List<Capture> captures = new ArrayList<>();
        while (tool.next(call.arguments(), platform, List.copyOf(captures)) instanceof Next.Run run
                && captures.size() < Observation.MOST_COMMANDS) {
            Recorded entry = own.pollFirst();
            if (entry == null || !ran(entry, run.argv())) {
                return Optional.empty();
            }
            captures.add(capture(reader, entry, run.argv()));
        }
        try {
            Reading<?> reading = tool.read(call.arguments(), platform, captures);
            return Optional.of(new Observed(call, reading));
        } catch (Unreadable unreadable) {
            return Optional.empty();
        }
    }

    private Deque<Recorded> entries(Call<?> call) {
        JsonNode arguments = Arguments.write(call.arguments());
        return results.stream()
                .filter(entry -> is(entry, "tool", call.tool().name()))
                .filter(entry -> entry.header().path("arguments").equals(arguments))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /// The envelope before the words is nobody's business here.
    private static boolean ran(Recorded entry, Argv argv) {
        List<String> words = words(entry);
        int envelope = words.size() - argv.words().size();
        return envelope >= 0 && words.subList(envelope, words.size()).equals(argv.words());
    }

    private static List<String> words(Recorded entry) {
        List<String> words = new ArrayList<>();
        entry.header().path("argv").forEach(word -> words.add(word.asText()));
        return words;
    }

    /// What a command gave, as the record holds it.
    static Capture capture(AuditReader reader, Recorded entry, Argv argv) throws RecordUnavailable {
        JsonNode header = entry.header();
        return new Capture(
                argv,
                header.path("exit").asInt(),
                body(reader, entry, "stdout"),
                body(reader, entry, "stderr"),
                header.path("bytes").asLong(),
                header.path("truncated").asBoolean(),
                words(entry).contains("sudo"),
                entry.time(),
                Duration.ofMillis(header.path("tookMillis").asLong()));
    }

    private static String body(AuditReader reader, Recorded entry, String role)
            throws RecordUnavailable {
        return reader.body(entry, role)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }
}
