package parley.console.turn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.answer.Evidence;
import parley.prompts.answer.Grounding;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Change;
import parley.tools.Finding;
import parley.tools.Host;
import parley.tools.Reading;
import parley.tools.Undo;
import parley.tools.diagnosis.Diagnosed;
import parley.tools.schema.Arguments;
import parley.tools.schema.Json;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one call gave on one host, or on several that were asked about together.
///
/// @param id the number that answers cite: `#3`
/// @param host its name; of several all names, joined by `, `, which no name holds
/// @param argv the commands that ran, as words
/// @param undo how the change would be taken back; empty where nothing was changed
/// @param parts what the calls of a composite tool gave; empty for every other tool
public record HostResult(
        String id,
        Call<?> call,
        String host,
        Outcome outcome,
        List<List<String>> argv,
        List<Capture> captures,
        Optional<Reading<?>> reading,
        List<Finding> findings,
        Optional<Undo> undo,
        List<HostResult> parts) {
    public HostResult {
        requireNonNull(id, "id is null");
        requireNonNull(call, "call is null");
        requireNonNull(host, "host is null");
        requireNonNull(outcome, "outcome is null");
        argv = List.copyOf(argv);
        captures = List.copyOf(captures);
        requireNonNull(reading, "reading is null");
        findings = List.copyOf(findings);
        requireNonNull(undo, "undo is null");
        parts = List.copyOf(parts);
    }

    /// What an observation gave: there is nothing to take back.
    HostResult(
            String id,
            Call<?> call,
            String host,
            Outcome outcome,
            List<List<String>> argv,
            List<Capture> captures,
            Optional<Reading<?>> reading,
            List<Finding> findings) {
        this(id, call, host, outcome, argv, captures, reading, findings, Optional.empty());
    }

    /// What a call of one tool alone gave.
    HostResult(
            String id,
            Call<?> call,
            String host,
            Outcome outcome,
            List<List<String>> argv,
            List<Capture> captures,
            Optional<Reading<?>> reading,
            List<Finding> findings,
            Optional<Undo> undo) {
        this(id, call, host, outcome, argv, captures, reading, findings, undo, List.of());
    }

    /// A call that gave nothing on this host.
    static HostResult without(String id, Call<?> call, String host, Outcome outcome) {
        return new HostResult(
                id, call, host, outcome, List.of(), List.of(), Optional.empty(), List.of());
    }

    static String joined(List<Host> hosts) {
        return String.join(", ", hosts.stream().map(Host::name).toList());
    }

    /// The names of the hosts that it is about.
    List<String> hosts() {
        return List.of(host.split(", "));
    }

    /// It and everything that it is made of.
    public Stream<HostResult> all() {
        return Stream.concat(Stream.of(this), parts.stream());
    }

    /// The status of the result envelope: that of the reading, or why there is none.
    public String status() {
        return reading.map(read -> read.status().name())
                .orElse(outcome.word().toUpperCase(java.util.Locale.ROOT));
    }

    /// Whether the call was to change something.
    public boolean isChange() {
        return call.tool() instanceof Change<?, ?>;
    }

    /// The command line that takes the change back; empty where no call of the catalogue does.
    public Optional<String> undoCommand() {
        return undo.flatMap(Undo::call).map(back -> CallWords.command(back, host));
    }

    public boolean truncated() {
        return captures.stream().anyMatch(Capture::truncated);
    }

    public Optional<Instant> observedAt() {
        return captures.isEmpty() ? Optional.empty() : Optional.of(captures.getLast().midpoint());
    }

    public ObjectNode arguments() {
        return Arguments.write(call.arguments());
    }

    /// Everything that was printed and read, as text: what a quotation can be from.
    String text() {
        StringBuilder text = new StringBuilder();
        captures.forEach(one -> text.append(one.stdout()).append('\n').append(one.stderr()));
        reading.ifPresent(read ->
                text.append('\n').append(Json.mapper().valueToTree(read.value()).toString()));
        findings.forEach(one ->
                text.append('\n')
                        .append(one.statement().en())
                        .append('\n')
                        .append(one.statement().zh()));
        text.append('\n').append(host).append(' ').append(arguments());
        return text.append('\n').append(outcome.says().en()).toString();
    }

    /// The same for the check of a model's words, with the lines that citations count.
    Grounding.Read read() {
        return new Grounding.Read(text(), captures.stream().map(Capture::lines).toList());
    }

    private Optional<Diagnosed> diagnosis() {
        return reading.flatMap(read ->
                read.value() instanceof Diagnosed diagnosed
                        ? Optional.of(diagnosed)
                        : Optional.empty());
    }

    /// As the answer sees it.
    public Evidence evidence() {
        Optional<Bilingual> problem =
                outcome.exitCode() == 0 && reading.isPresent()
                        ? Optional.empty()
                        : Optional.of(outcome.says());
        return new Evidence(
                id,
                host,
                call.tool().name(),
                isChange(),
                findings,
                reading.map(Reading::gaps).orElse(List.of()),
                problem,
                diagnosis());
    }
}
