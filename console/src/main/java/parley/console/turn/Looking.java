package parley.console.turn;

import parley.safety.gate.Actor;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Judged;
import parley.safety.gate.Provenance;
import parley.safety.gate.Step;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Following;
import parley.tools.Host;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Support;
import parley.tools.Undo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// Looks before a change: reads its preview, says what that means, has its commands judged. It
/// changes nothing.
final class Looking {
    private final House house;
    private final Commands commands;
    private final Observer observer;
    private final EvidenceIds evidence;

    Looking(House house, Commands commands, Observer observer, EvidenceIds evidence) {
        this.house = house;
        this.commands = commands;
        this.observer = observer;
        this.evidence = evidence;
    }

    /// Looks on `hosts`, all at the same time.
    ///
    /// @param targets every host that the same card changes
    List<Looked> look(Bound bound, List<Host> hosts, Set<String> targets, boolean outputRead) {
        List<Callable<Looked>> tasks = new ArrayList<>();
        for (Host host : hosts) {
            tasks.add(() -> look(bound.call(), host, bound.provenance(), targets, outputRead));
        }
        return Fleet.all(tasks);
    }

    private <A extends Record> Looked look(
            Call<A> call,
            Host host,
            Map<String, Provenance> provenance,
            Set<String> targets,
            boolean outputRead) {
        if (!(call.tool() instanceof Change<A, ?> tool)) {
            throw new IllegalArgumentException("not a change: " + call.tool().name());
        }
        try {
            A arguments = call.arguments();
            Platform platform = observer.platform(host);
            refuseUnproven(tool, platform);
            List<Observed> seen = observer.all(tool.preview(arguments), host, Step.Purpose.PREVIEW);
            Preview preview = new Preview(platform, holder(house.actor()), seen);
            Change.Impact impact = tool.impact(arguments, preview);
            Optional<Bilingual> needless = tool.already(arguments, preview);
            if (needless.isPresent()) {
                Outcome outcome = Outcome.of(Outcome.Kind.SKIPPED, nothingToDo(needless.get()));
                return new Looked.Needless(without(call, host, outcome));
            }
            if (!impact.obstacle().isEmpty()) {
                throw Stopped.of(Outcome.Kind.FAILED, impact.obstacle().getFirst());
            }
            Undo undo = tool.undo(arguments, preview);
            Circumstances circumstances = circumstances(host, targets, impact, undo, outputRead);
            List<Argv> clear = tool.following(arguments).map(Following::clear).orElse(List.of());
            return new Looked.Ready(
                    new Prepared<>(
                            call,
                            tool,
                            host,
                            preview,
                            undo,
                            judged(
                                    call,
                                    host,
                                    tool.commands(arguments, preview),
                                    provenance,
                                    circumstances),
                            judged(call, host, clear, provenance, circumstances)));
        } catch (Stopped stopped) {
            return new Looked.Not(without(call, host, stopped.outcome()));
        } catch (InterruptedException cancel) {
            return new Looked.Not(without(call, host, Observer.cancelled()));
        } catch (RuntimeException defect) {
            Outcome outcome = Observer.defect(tool.name(), defect);
            return new Looked.Not(without(call, host, outcome));
        }
    }

    private Circumstances circumstances(
            Host host, Set<String> targets, Change.Impact impact, Undo undo, boolean outputRead) {
        Share share = Share.of(house.hosts(), host, targets);
        List<Bilingual> effects = new ArrayList<>(OpenUnknown.warnings(house.log(), host.name()));
        effects.addAll(impact.lines());
        return new Circumstances(
                house.actor(),
                targets,
                share.size(),
                share.hit(),
                impact.risk(),
                impact.objects(),
                impact.alsoHit(),
                effects,
                List.of(undo.how()),
                outputRead,
                impact.removed(),
                house.situations().changing(host, house.actor().id()));
    }

    private List<Judged> judged(
            Call<?> call,
            Host host,
            List<Argv> argvs,
            Map<String, Provenance> provenance,
            Circumstances circumstances)
            throws Stopped, InterruptedException {
        List<Judged> judged = new ArrayList<>();
        for (Argv argv : argvs) {
            Step step = commands.render(call, host, argv, Step.Purpose.CALL, provenance);
            judged.add(commands.judge(step, circumstances));
        }
        return judged;
    }

    /// Who makes the change, as hosts may show it to others.
    static String holder(Actor actor) {
        return actor.id();
    }

    private HostResult without(Call<?> call, Host host, Outcome outcome) {
        return HostResult.without(evidence.next(), call, host.name(), outcome);
    }

    private static Bilingual nothingToDo(Bilingual why) {
        return Bilingual.of("nothing to do: " + why.en(), "无需操作：" + why.zh());
    }

    private static void refuseUnproven(Change<?, ?> tool, Platform platform) throws Stopped {
        if (tool.card().support(platform.family()) != Support.PROVEN) {
            throw Stopped.of(
                    Outcome.Kind.NOT_SUPPORTED,
                    Bilingual.of(
                            "{0} never ran for real on a host of the family {1}, so it is not"
                                    + " offered there",
                            "{0} 尚未在 {1} 系列主机上真实运行过，因此不提供", tool.name(), platform.family().word()));
        }
    }
}
