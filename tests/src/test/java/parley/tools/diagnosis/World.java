package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Clue;
import parley.tools.Composite.Ahead;
import parley.tools.Environment;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Lead;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Recording;
import parley.tools.Replayed;
import parley.tools.Unreadable;
import parley.tools.value.Port;
import parley.tools.value.Target;
import parley.tools.value.UnitName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hosts as a diagnosis sees them: what each tool reads there, from a recording or from what its
/// programs print. What nobody told is not readable.
final class World {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Host WEB = host("web-1", "10.0.0.11");
    static final Host DB = host("db-1", "10.0.0.21");
    private static final String GONE = "(this call gave nothing)";
    private static final Platform DEBIAN = new Platform(Family.APT, 252, "debian", "12");

    /// How a tool answers.
    private sealed interface Answer {
        record Recorded(Recording recording) implements Answer {}

        record Printed(Map<String, String> byWord, boolean asRoot) implements Answer {}

        record Nothing(Clue.Kind kind, Bilingual why) implements Answer {}
    }

    private record Told(String tool, String host, String argument, Answer answer) {}

    private final List<Told> told = new ArrayList<>();
    private Optional<UnitName> unit = Optional.empty();
    private Optional<Port> port = Optional.empty();
    private Optional<Target> target = Optional.empty();
    private Host asked = WEB;

    private static Host host(String name, String address) {
        return new Host(
                name,
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.SUDO,
                Environment.DEV,
                Set.of(),
                Set.of(),
                true,
                Map.of());
    }

    World unit(String name) {
        unit = Optional.of(new UnitName(name));
        return this;
    }

    World port(int number) {
        port = Optional.of(new Port(number));
        return this;
    }

    World from(Host host, String name) {
        asked = host;
        target = Optional.of(new Target(name));
        return this;
    }

    /// On every host, `tool` reads what was recorded under `name`.
    World recorded(String tool, String name) {
        Answer answer = new Answer.Recorded(Replayed.recording(tool, name));
        told.add(0, new Told(tool, "", "", answer));
        return this;
    }

    /// The same for calls on one host with this in their arguments.
    World recorded(String tool, Host host, String argument, String name) {
        Answer answer = new Answer.Recorded(Replayed.recording(tool, name));
        told.add(0, new Told(tool, host.name(), argument, answer));
        return this;
    }

    /// Commands of `tool` that have one of these words print what stands behind it, the longest
    /// word counts; others print nothing.
    World prints(String tool, Map<String, String> byWord) {
        told.add(0, new Told(tool, "", "", new Answer.Printed(byWord, true)));
        return this;
    }

    /// The same for calls on one host with this in their arguments.
    World prints(String tool, Host host, String argument, Map<String, String> byWord) {
        told.add(0, new Told(tool, host.name(), argument, new Answer.Printed(byWord, true)));
        return this;
    }

    /// The same, seen without root's rights.
    World printsWithoutRoot(String tool, Map<String, String> byWord) {
        told.add(0, new Told(tool, "", "", new Answer.Printed(byWord, false)));
        return this;
    }

    /// `tool` gives nothing.
    World silent(String tool, Clue.Kind kind, String why) {
        told.add(0, new Told(tool, "", "", new Answer.Nothing(kind, Bilingual.same(why))));
        return this;
    }

    /// What the diagnosis of `symptom` comes to here; everything it cites exists.
    Diagnosed diagnose(Symptom symptom) {
        return diagnose(symptom, Optional.empty(), new ArrayList<>());
    }

    /// Whatever one call does not give is said not to be excluded, with its reason; whoever has no
    /// root sees no less honestly.
    ///
    /// @param helpful tools that only add to what others found: without them nothing is open
    void saysWhatItCannotSee(Symptom symptom, String... helpful) {
        List<Clue> all = new ArrayList<>();
        Diagnosed whole = diagnose(symptom, Optional.empty(), all);
        assertFalse(all.isEmpty());
        int looked = 0;
        for (Clue clue : all) {
            String tool = clue.lead().call().tool().name();
            if (List.of(helpful).contains(tool)) {
                continue;
            }
            looked++;
            Diagnosed without = diagnose(symptom, Optional.of(clue.lead()), new ArrayList<>());
            boolean told =
                    without.conclusions().stream()
                            .anyMatch(one ->
                                    one.statement().en().contains(GONE)
                                            && !one.confidence().equals(Confidence.EXCLUDED));
            assertTrue(told, () -> "not told that " + tool + " gave nothing: " + without);
            assertTrue(
                    without.with(Confidence.EXCLUDED).size()
                            <= whole.with(Confidence.EXCLUDED).size(),
                    () -> "more is fine without " + tool + ": " + without);
        }
        assertTrue(looked > 0, "nothing was looked at");
    }

    private Diagnosed diagnose(Symptom symptom, Optional<Lead> without, List<Clue> clues) {
        Hosts hosts = new Hosts(List.of(WEB, DB));
        for (int round = 0; round < 20; round++) {
            Case about = new Case(asked, hosts, unit, port, target, clues);
            switch (Diagnoses.next(symptom, about)) {
                case Ahead.Look<Diagnosed> look ->
                        look.leads()
                                .forEach(lead -> clues.add(clue(lead, without, clues.size() + 2)));
                case Ahead.Concluded<Diagnosed> concluded -> {
                    grounded(concluded.reading().value(), clues);
                    assertTrue(clues.size() <= 12, () -> clues.size() + " calls");
                    return concluded.reading().value();
                }
            }
        }
        throw new AssertionError("it does not come to an end");
    }

    private static void grounded(Diagnosed diagnosed, List<Clue> clues) {
        for (Conclusion one : diagnosed.conclusions()) {
            for (Citation citation : one.evidence()) {
                Clue clue =
                        clues.stream()
                                .filter(known -> known.id().equals(citation.id()))
                                .findFirst()
                                .orElseThrow(() -> new AssertionError("no evidence for " + one));
                for (Finding.Lines lines : citation.lines()) {
                    assertFalse(clue.text(lines).isEmpty(), () -> "no such lines: " + citation);
                }
            }
        }
    }

    private Clue clue(Lead lead, Optional<Lead> without, int number) {
        if (without.filter(lead::equals).isPresent()) {
            return nothing(lead, number, Clue.Kind.DENIED, Bilingual.same(GONE));
        }
        Answer answer =
                told.stream()
                        .filter(one -> fits(one, lead))
                        .map(Told::answer)
                        .findFirst()
                        .orElse(
                                new Answer.Nothing(
                                        Clue.Kind.NOT_SUPPORTED,
                                        Bilingual.of("nobody told", "没人说")));
        return switch (answer) {
            case Answer.Nothing not -> nothing(lead, number, not.kind(), not.why());
            case Answer.Recorded recorded -> recorded(lead, number, recorded.recording());
            case Answer.Printed printed -> printed(lead, lead.call(), number, printed);
        };
    }

    private static boolean fits(Told one, Lead lead) {
        return one.tool().equals(lead.call().tool().name())
                && (one.host().isEmpty() || one.host().equals(lead.host().name()))
                && lead.call().arguments().toString().contains(one.argument());
    }

    private static Clue nothing(Lead lead, int number, Clue.Kind kind, Bilingual why) {
        return new Clue("#" + number, lead, new Clue.Missing(kind, why), List.of());
    }

    private static Clue recorded(Lead lead, int number, Recording recording) {
        return read(
                lead,
                recording.call(),
                number,
                recording.platform(),
                Replayed.captures(recording.tool(), recording.name()));
    }

    private static <A extends Record> Clue read(
            Lead lead, Call<A> call, int number, Platform platform, List<Capture> captures) {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException(call.tool().name());
        }
        return read(lead, tool, call.arguments(), number, platform, captures);
    }

    private static <A extends Record, R extends Record> Clue read(
            Lead lead,
            Observation<A, R> tool,
            A arguments,
            int number,
            Platform platform,
            List<Capture> captures) {
        try {
            Reading<R> reading = tool.read(arguments, platform, captures);
            Clue.Read read = new Clue.Read(reading, tool.findings(arguments, reading));
            return new Clue("#" + number, lead, read, captures);
        } catch (Unreadable unreadable) {
            return nothing(lead, number, Clue.Kind.UNREADABLE, unreadable.why());
        }
    }

    private static <A extends Record> Clue printed(
            Lead lead, Call<A> call, int number, Answer.Printed printed) {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException(call.tool().name());
        }
        List<Capture> captures = new ArrayList<>();
        while (tool.next(call.arguments(), DEBIAN, List.copyOf(captures)) instanceof Next.Run run) {
            captures.add(capture(run.argv(), printed));
            assertTrue(captures.size() <= Observation.MOST_COMMANDS, "too many commands");
        }
        return read(lead, call, number, DEBIAN, captures);
    }

    /// Text that begins with `exit N:` comes with that exit code.
    private static Capture capture(Argv argv, Answer.Printed printed) {
        String text =
                printed.byWord().entrySet().stream()
                        .filter(one -> String.join(" ", argv.words()).contains(one.getKey()))
                        .max(Comparator.comparingInt(one -> one.getKey().length()))
                        .map(Map.Entry::getValue)
                        .orElse("");
        int exit = 0;
        if (text.startsWith("exit ")) {
            exit = Integer.parseInt(text.substring(5, text.indexOf(':')));
            text = text.substring(text.indexOf(':') + 1);
        }
        return new Capture(
                argv,
                exit,
                text,
                "",
                text.length(),
                false,
                printed.asRoot(),
                NOW,
                Duration.ofMillis(20));
    }

    /// The first cause of `diagnosed`.
    static Conclusion cause(Diagnosed diagnosed) {
        assertFalse(diagnosed.causes().isEmpty(), () -> "no cause: " + diagnosed);
        return diagnosed.causes().getFirst();
    }

    /// That there is no cause at all.
    static void clean(Diagnosed diagnosed) {
        assertEquals(List.of(), diagnosed.causes());
    }

    /// What is not excluded, in English.
    static List<String> open(Diagnosed diagnosed) {
        return diagnosed.with(Confidence.NOT_EXCLUDED).stream()
                .map(one -> one.statement().en())
                .toList();
    }
}
