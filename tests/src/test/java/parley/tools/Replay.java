package parley.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;

/// Runs a call against a recording instead of a host.
final class Replay {
    private Replay() {}

    /// The captures the call would have got, with a check that it asks for exactly what was
    /// recorded.
    static <A extends Record> List<Capture> captures(Call<A> call, Recording recording) {
        return switch (call.tool()) {
            case Observation<A, ?> observation ->
                    observed(observation, call.arguments(), recording);
            case Composite<A, ?> composite ->
                    throw new IllegalArgumentException(
                            "no command of its own: " + composite.name());
            case Change<A, ?> change -> {
                List<Argv> commands =
                        change.commands(
                                call.arguments(), Preview.unseen(recording.platform(), "tester"));
                List<Argv> clearing =
                        change.following(call.arguments()).map(Following::clear).orElse(List.of());
                yield commands.isEmpty()
                        ? asRecorded(recording, clearing)
                        : changed(commands, recording);
            }
        };
    }

    private static <A extends Record> List<Capture> observed(
            Observation<A, ?> tool, A arguments, Recording recording) {
        List<Recording.Command> recorded = recording.commands();
        List<Capture> captures = new ArrayList<>();
        while (true) {
            assertTrue(
                    captures.size() <= Observation.MOST_COMMANDS,
                    "it asks for more than " + Observation.MOST_COMMANDS + " commands");
            switch (tool.next(arguments, recording.platform(), List.copyOf(captures))) {
                case Next.Run run -> captures.add(next(run.argv(), captures.size(), recorded));
                case Next.Done ignored -> {
                    assertEquals(
                            recorded.size(), captures.size(), "it asks for fewer than recorded");
                    return captures;
                }
                case Next.NotSupported unsupported -> fail(unsupported.why().en());
            }
        }
    }

    /// Commands that depend on a preview, which is not part of a recording. What cleared away the
    /// ended work is none of them: it must be what the tool clears with, and is not read.
    private static List<Capture> asRecorded(Recording recording, List<Argv> clearing) {
        List<Recording.Command> recorded = recording.commands();
        List<Capture> captures = new ArrayList<>();
        int cleared = 0;
        for (int index = 0; index < recorded.size(); index++) {
            Recording.Command one = recorded.get(index);
            if (index > 0 && recorded.size() - index <= clearing.size()) {
                assertEquals(clearing.get(cleared).words(), one.words());
                cleared++;
            } else {
                captures.add(one.of(Argv.of(one.words())));
            }
        }
        return captures;
    }

    private static List<Capture> changed(List<Argv> commands, Recording recording) {
        List<Recording.Command> recorded = recording.commands();
        List<Capture> captures = new ArrayList<>();
        for (Argv argv : commands.subList(0, Math.min(recorded.size(), commands.size()))) {
            captures.add(next(argv, captures.size(), recorded));
        }
        assertEquals(recorded.size(), captures.size(), "it runs fewer than recorded");
        return captures;
    }

    private static Capture next(Argv argv, int index, List<Recording.Command> recorded) {
        assertTrue(
                index < recorded.size(),
                () ->
                        "recorded "
                                + recorded.size()
                                + " commands; it now also asks "
                                + argv.words());
        assertEquals(
                recorded.get(index).words(),
                argv.words(),
                "command " + (index + 1) + " is not the one that was recorded");
        return recorded.get(index).of(argv);
    }

    /// The reading and what it says, as `expected.json` has it.
    static <A extends Record> ObjectNode read(
            Call<A> call, Platform platform, List<Capture> captures) throws Unreadable {
        return read(call.tool(), call.arguments(), platform, captures);
    }

    private static <A extends Record, R extends Record> Reading<R> reading(
            Tool<A, R> tool, A arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return switch (tool) {
            case Observation<A, R> one -> one.read(arguments, platform, captures);
            case Change<A, R> one -> one.read(arguments, platform, captures);
            case Composite<A, R> one ->
                    throw new IllegalArgumentException("it reads nothing itself: " + one.name());
        };
    }

    private static <A extends Record, R extends Record> ObjectNode read(
            Tool<A, R> tool, A arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Reading<R> reading = reading(tool, arguments, platform, captures);
        List<Finding> findings = tool.findings(arguments, reading);
        grounded(findings, captures);
        ObjectNode expected = Json.mapper().createObjectNode();
        expected.put("status", reading.status().name());
        ArrayNode gaps = expected.putArray("gaps");
        reading.gaps().forEach(gap -> gaps.add(gap.en()));
        ArrayNode said = expected.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode one = said.addObject();
            one.put("severity", finding.severity().name());
            one.put("en", finding.statement().en());
            one.put("zh", finding.statement().zh());
            ArrayNode lines = one.putArray("lines");
            finding.lines().forEach(line -> lines.add(line.toString()));
        }
        expected.set("reading", Json.mapper().valueToTree(reading.value()));
        return expected;
    }

    /// The gravest first, and every line that is cited exists.
    private static void grounded(List<Finding> findings, List<Capture> captures) {
        for (int index = 1; index < findings.size(); index++) {
            assertTrue(
                    findings.get(index - 1).severity().compareTo(findings.get(index).severity())
                            <= 0,
                    "the gravest finding comes first: " + findings);
        }
        for (Finding finding : findings) {
            for (Finding.Lines lines : finding.lines()) {
                assertTrue(
                        lines.capture() <= captures.size()
                                && lines.to() <= captures.get(lines.capture() - 1).lines().size(),
                        () -> "it cites a line that is not there: " + finding);
            }
        }
    }
}
