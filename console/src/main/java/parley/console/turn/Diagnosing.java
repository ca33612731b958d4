package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.safety.gate.Circumstances;
import parley.safety.gate.Provenance;
import parley.safety.gate.Provenances;
import parley.safety.gate.Step;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Clue;
import parley.tools.Composite;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.Observation;
import parley.tools.Reading;
import parley.tools.schema.Arguments;
import parley.tools.schema.Json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Carries out a composite tool on one host, or on several together: makes the calls it wants,
/// those of one round at the same time, until it concludes or its calls or its time are used up.
final class Diagnosing {
    /// More commands at once on one host would change what they measure.
    private static final int MOST_AT_ONCE = 4;

    /// A procedure that still wants something then is broken.
    private static final int MOST_ROUNDS = 2 * Composite.MOST_CALLS;

    private final House house;
    private final Commands commands;
    private final Observer observer;
    private final EvidenceIds evidence;
    private final String said;
    private final List<String> heard;

    /// @param said everything the operator typed in this conversation
    /// @param heard what hosts printed in earlier requests of this conversation
    Diagnosing(
            House house,
            Commands commands,
            Observer observer,
            EvidenceIds evidence,
            String said,
            List<String> heard) {
        this.house = house;
        this.commands = commands;
        this.observer = observer;
        this.evidence = evidence;
        this.said = said;
        this.heard = List.copyOf(heard);
    }

    /// @param provenance where the arguments of `call` came from
    /// @param outputRead whether a planner had seen host output before it asked for this
    <A extends Record, R extends Record> HostResult diagnose(
            Call<A> call,
            Composite<A, R> tool,
            List<Host> about,
            Map<String, Provenance> provenance,
            boolean outputRead) {
        String id = evidence.next();
        String names = HostResult.joined(about);
        try {
            for (Host host : about) {
                permitted(call, host, provenance, outputRead);
            }
            return new Run<>(call, tool, about, provenance, outputRead).result(id);
        } catch (Stopped stopped) {
            return HostResult.without(id, call, names, stopped.outcome());
        } catch (InterruptedException cancel) {
            return HostResult.without(id, call, names, Observer.cancelled());
        } catch (RuntimeException defect) {
            Outcome outcome = Observer.defect(tool.name(), defect);
            return HostResult.without(id, call, names, outcome);
        }
    }

    /// A policy may forbid the whole, whatever it says of the parts. Nothing runs under this step;
    /// its one word stands for the calls that follow, each of which is judged for itself.
    private void permitted(
            Call<?> call, Host host, Map<String, Provenance> provenance, boolean outputRead)
            throws Stopped, InterruptedException {
        Argv name = Argv.of(call.tool().name());
        Step step = commands.render(call, host, name, Step.Purpose.CALL, provenance);
        commands.judge(
                step,
                Circumstances.observing(house.actor(), host.name())
                        .after(outputRead)
                        .in(house.situations().observing(host, house.actor().id())));
    }

    /// One of them under way.
    private final class Run<A extends Record, R extends Record> {
        private final Call<A> call;
        private final Composite<A, R> tool;
        private final List<Host> about;
        private final Map<String, Provenance> provenance;
        private final boolean outputRead;
        private final Instant deadline = Instant.now().plus(Composite.MOST_TIME);
        private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
        private final Map<Lead, Clue> clues = new LinkedHashMap<>();
        private final List<HostResult> parts = new ArrayList<>();

        Run(
                Call<A> call,
                Composite<A, R> tool,
                List<Host> about,
                Map<String, Provenance> provenance,
                boolean outputRead) {
            this.call = call;
            this.tool = tool;
            this.about = List.copyOf(about);
            this.provenance = provenance;
            this.outputRead = outputRead;
        }

        HostResult result(String id) throws InterruptedException {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                List<Clue> soFar = List.copyOf(clues.values());
                switch (tool.next(call.arguments(), about, house.hosts(), soFar)) {
                    case Composite.Ahead.Look<R> look -> follow(look.leads());
                    case Composite.Ahead.Concluded<R> concluded -> {
                        return concluded(id, concluded.reading());
                    }
                }
            }
            throw new IllegalStateException(tool.name() + " does not come to an end");
        }

        private void follow(List<Lead> leads) throws InterruptedException {
            Set<Lead> fresh = new LinkedHashSet<>(leads);
            fresh.removeAll(clues.keySet());
            if (fresh.isEmpty()) {
                throw new IllegalStateException(tool.name() + " wants only what it has already");
            }
            List<Lead> now =
                    fresh.stream()
                            .limit((long) tool.mostCalls(about.size()) - parts.size())
                            .toList();
            boolean late = !Instant.now().isBefore(deadline);
            List<Callable<HostResult>> tasks = new ArrayList<>();
            if (!late) {
                now.forEach(lead -> tasks.add(() -> observe(lead.call(), lead.host())));
            }
            List<HostResult> results = Fleet.until(deadline, tasks);
            parts.addAll(results);
            for (int index = 0; index < results.size(); index++) {
                clues.put(now.get(index), clue(now.get(index), results.get(index)));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled during a diagnosis");
            }
            Bilingual why = late ? NO_TIME : NO_CALL;
            fresh.forEach(lead -> clues.computeIfAbsent(lead, one -> notTried(one, why)));
        }

        private <B extends Record> HostResult observe(Call<B> asked, Host where) {
            if (!(asked.tool() instanceof Observation<B, ?> observation)) {
                throw new IllegalArgumentException(
                        "a diagnosis only observes: " + asked.tool().name());
            }
            Semaphore place =
                    places.computeIfAbsent(where.name(), name -> new Semaphore(MOST_AT_ONCE));
            place.acquireUninterruptibly();
            try {
                return observer.observe(
                        asked, observation, where, Step.Purpose.CALL, origins(asked), outputRead);
            } finally {
                place.release();
            }
        }

        /// Where the arguments of a call of the procedure came from. What nobody said, no inventory
        /// holds and no host printed is the procedure's own word, unless a model put it into the
        /// diagnosis.
        private Map<String, Provenance> origins(Call<?> asked) {
            ObjectNode arguments = Arguments.write(asked.arguments());
            Set<String> given = new LinkedHashSet<>();
            Arguments.write(call.arguments())
                    .properties()
                    .forEach(entry -> {
                        if (provenance.get(entry.getKey()) == Provenance.MODEL) {
                            given.add(entry.getValue().asText());
                        }
                    });
            Map<String, Provenance> found =
                    Provenances.of(
                            arguments,
                            said,
                            house.hosts(),
                            outputs(),
                            Provenances.constants(asked.tool().arguments()));
            found.replaceAll((name, from) ->
                    from == Provenance.MODEL && !given.contains(arguments.path(name).asText())
                            ? Provenance.CONSTANT
                            : from);
            return found;
        }

        private List<String> outputs() {
            List<String> outputs = new ArrayList<>(heard);
            for (HostResult part : List.copyOf(parts)) {
                part.reading()
                        .ifPresent(reading ->
                                Shown.leaves(
                                        Json.mapper().<JsonNode>valueToTree(reading.value()),
                                        outputs));
            }
            return outputs;
        }

        /// A host that could not be reached at all is told as such, unless that was the question.
        private HostResult concluded(String id, Reading<R> reading) {
            boolean nothing = parts.stream().allMatch(part -> part.reading().isEmpty());
            boolean explained =
                    tool.findings(call.arguments(), reading).stream()
                            .anyMatch(one -> one.severity().compareTo(Severity.NOTICE) < 0);
            Outcome outcome =
                    parts.stream()
                            .map(HostResult::outcome)
                            .filter(part -> part.is(Outcome.Kind.RECORD_UNAVAILABLE))
                            .findFirst()
                            .orElseGet(() ->
                                    nothing && !explained && !parts.isEmpty()
                                            ? parts.getFirst().outcome()
                                            : Outcome.done());
            boolean told = outcome.exitCode() == 0;
            return new HostResult(
                    id,
                    call,
                    HostResult.joined(about),
                    outcome,
                    List.of(),
                    List.of(),
                    told ? Optional.of(reading) : Optional.empty(),
                    told ? tool.findings(call.arguments(), reading) : List.of(),
                    Optional.empty(),
                    parts);
        }
    }

    private static final Bilingual NO_TIME =
            Bilingual.of(
                    "not read: the diagnosis had taken {0} s by then",
                    "没有读取：诊断已用满 {0} 秒", Composite.MOST_TIME.toSeconds());
    private static final Bilingual NO_CALL =
            Bilingual.of(
                    "not read: the diagnosis had made its {0} calls by then",
                    "没有读取：诊断已用满 {0} 次调用", Composite.MOST_CALLS);

    private Clue notTried(Lead lead, Bilingual why) {
        return new Clue(
                evidence.next(), lead, new Clue.Missing(Clue.Kind.NOT_TRIED, why), List.of());
    }

    private static Clue clue(Lead lead, HostResult result) {
        Clue.Result what =
                result.reading().isPresent()
                        ? new Clue.Read(result.reading().get(), result.findings())
                        : new Clue.Missing(kind(result.outcome()), why(result.outcome()));
        return new Clue(result.id(), lead, what, result.captures());
    }

    /// A call is only cancelled by us when its time is over; a person's cancel ends everything.
    private static Bilingual why(Outcome outcome) {
        return outcome.is(Outcome.Kind.CANCELLED) ? NO_TIME : outcome.says();
    }

    private static Clue.Kind kind(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done ignored -> Clue.Kind.UNREADABLE;
            case Outcome.Ended ended ->
                    switch (ended.kind()) {
                        case NOT_SUPPORTED, NO_TOOL -> Clue.Kind.NOT_SUPPORTED;
                        case DENIED, DECLINED, APPROVAL_NEEDED -> Clue.Kind.DENIED;
                        case UNREACHABLE -> Clue.Kind.UNREACHABLE;
                        case SKIPPED, NOT_BEGUN, CANCELLED -> Clue.Kind.NOT_TRIED;
                        case INVALID,
                                QUESTION,
                                UNREADABLE,
                                FAILED,
                                PARTLY,
                                RECORD_UNAVAILABLE,
                                UNKNOWN ->
                                Clue.Kind.UNREADABLE;
                    };
        };
    }
}
