package parley.console.turn;

import parley.console.reach.NotRun;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Judged;
import parley.safety.gate.Provenance;
import parley.safety.gate.Step;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Host;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.host.HostIdentify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs one observing call on one host, command by command, and reads what it gave.
final class Observer {
    private final House house;
    private final Commands commands;
    private final EvidenceIds evidence;
    private final Map<String, Object> identifying = new HashMap<>();

    Observer(House house, Commands commands, EvidenceIds evidence) {
        this.house = house;
        this.commands = commands;
        this.evidence = evidence;
    }

    /// @param provenance where the call's arguments came from
    /// @param outputRead whether a planner had seen host output before it asked for this
    <A extends Record, R extends Record> HostResult observe(
            Call<A> call,
            Observation<A, R> tool,
            Host host,
            Step.Purpose purpose,
            Map<String, Provenance> provenance,
            boolean outputRead) {
        // Identification is nobody's question, so it takes no number of the answer's.
        String id = purpose == Step.Purpose.IDENTIFY ? "#0" : evidence.next();
        List<Capture> captures = new ArrayList<>();
        List<List<String>> argv = new ArrayList<>();
        Circumstances circumstances = circumstances(host, outputRead);
        try {
            Platform platform = tool instanceof HostIdentify ? Platform.UNSEEN : platform(host);
            sequence(
                    call, tool, host, platform, purpose, provenance, circumstances, captures, argv);
            Reading<R> reading = tool.read(call.arguments(), platform, captures);
            if (reading.value() instanceof HostIdentify.Identity identity) {
                house.platforms().put(host.name(), identity.platform());
            }
            reading = withSudoGap(reading, host);
            return new HostResult(
                    id,
                    call,
                    host.name(),
                    Outcome.done(),
                    argv,
                    captures,
                    Optional.of(reading),
                    tool.findings(call.arguments(), reading));
        } catch (Stopped stopped) {
            return ended(id, call, host, stopped.outcome(), argv, captures);
        } catch (InterruptedException cancel) {
            return ended(id, call, host, cancelled(), argv, captures);
        } catch (RuntimeException defect) {
            return ended(id, call, host, defect(tool.name(), defect), argv, captures);
        } catch (Unreadable unreadable) {
            return ended(
                    id,
                    call,
                    host,
                    Outcome.of(Outcome.Kind.UNREADABLE, unreadable.why()),
                    argv,
                    captures);
        }
    }

    /// What `call` sees, for a change: a preview, a check, a look at work that goes on.
    <A extends Record> HostResult look(Call<A> call, Host host, Step.Purpose purpose) {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException(
                    "previews and checks only observe: " + call.tool().name());
        }
        return observe(call, tool, host, purpose, Map.of(), false);
    }

    /// What all of `calls` see.
    ///
    /// @throws Stopped when one of them cannot be read
    List<Observed> all(List<Call<?>> calls, Host host, Step.Purpose purpose) throws Stopped {
        List<Observed> all = new ArrayList<>();
        for (Call<?> call : calls) {
            HostResult result = look(call, host, purpose);
            if (result.reading().isEmpty()) {
                throw new Stopped(result.outcome());
            }
            all.add(new Observed(call, result.reading().get()));
        }
        return all;
    }

    static Outcome cancelled() {
        return Outcome.of(Outcome.Kind.CANCELLED, Bilingual.of("cancelled", "已取消"));
    }

    /// A defect of ours on one host is that host's failure, never the end of the console.
    static Outcome defect(String tool, RuntimeException defect) {
        return Outcome.of(
                Outcome.Kind.FAILED,
                Bilingual.of(
                        "a defect in {0}: {1}; please report it",
                        "{0} 存在缺陷：{1}；请反馈", tool, defect));
    }

    private <A extends Record, R extends Record> void sequence(
            Call<A> call,
            Observation<A, R> tool,
            Host host,
            Platform platform,
            Step.Purpose purpose,
            Map<String, Provenance> provenance,
            Circumstances circumstances,
            List<Capture> captures,
            List<List<String>> argv)
            throws Stopped, InterruptedException {
        while (captures.size() < Observation.MOST_COMMANDS) {
            switch (tool.next(call.arguments(), platform, List.copyOf(captures))) {
                case Next.Done ignored -> {
                    return;
                }
                case Next.NotSupported not ->
                        throw Stopped.of(Outcome.Kind.NOT_SUPPORTED, not.why());
                case Next.Run run -> {
                    TimeUnit.MILLISECONDS.sleep(run.after().toMillis());
                    captures.add(
                            capture(
                                    call,
                                    host,
                                    run.argv(),
                                    purpose,
                                    provenance,
                                    circumstances,
                                    argv));
                }
            }
        }
        throw new IllegalStateException(
                tool.name() + " wants more than " + Observation.MOST_COMMANDS + " commands");
    }

    private Capture capture(
            Call<?> call,
            Host host,
            Argv command,
            Step.Purpose purpose,
            Map<String, Provenance> provenance,
            Circumstances circumstances,
            List<List<String>> argv)
            throws Stopped, InterruptedException {
        Step step = commands.render(call, host, command, purpose, provenance);
        Judged judged = commands.judge(step, circumstances);
        try {
            Capture capture = commands.run(judged, commands.approval(List.of(judged)));
            argv.add(step.shown());
            return capture;
        } catch (NotRun notRun) {
            boolean helps = command.privilege() == Argv.Privilege.ROOT_HELPS;
            if (notRun.kind() == NotRun.Kind.SUDO_REFUSED && helps) {
                // Without root the reading is partial, which is better than none; said once per
                // host.
                house.platforms().sudoRefused(host.name(), notRun.why());
                return capture(call, host, command, purpose, provenance, circumstances, argv);
            }
            argv.add(step.shown());
            throw Commands.stopped(notRun);
        }
    }

    /// The host's platform, found out once; several calls at the same time wait for the first.
    Platform platform(Host host) throws Stopped {
        Object lock;
        synchronized (identifying) {
            lock = identifying.computeIfAbsent(host.name(), ignored -> new Object());
        }
        synchronized (lock) {
            Optional<Platform> known = house.platforms().of(host.name());
            if (known.isPresent()) {
                return known.get();
            }
            HostIdentify tool = new HostIdentify();
            Call<HostIdentify.Arguments> call = new Call<>(tool, new HostIdentify.Arguments());
            HostResult result = observe(call, tool, host, Step.Purpose.IDENTIFY, Map.of(), false);
            if (result.outcome().exitCode() != 0) {
                throw new Stopped(result.outcome());
            }
            return house.platforms().of(host.name()).orElse(Platform.UNSEEN);
        }
    }

    private <R extends Record> Reading<R> withSudoGap(Reading<R> reading, Host host) {
        Optional<Bilingual> refusal = house.platforms().sudoRefusal(host.name());
        if (reading.status() != Reading.Status.PARTIAL || refusal.isEmpty()) {
            return reading;
        }
        List<Bilingual> gaps = new ArrayList<>(reading.gaps());
        gaps.add(refusal.get());
        return Reading.of(reading.value(), gaps);
    }

    private Circumstances circumstances(Host host, boolean outputRead) {
        return Circumstances.observing(house.actor(), host.name())
                .after(outputRead)
                .in(house.situations().observing(host, house.actor().id()));
    }

    private static HostResult ended(
            String id,
            Call<?> call,
            Host host,
            Outcome outcome,
            List<List<String>> argv,
            List<Capture> captures) {
        return new HostResult(
                id, call, host.name(), outcome, argv, captures, Optional.empty(), List.of());
    }
}
