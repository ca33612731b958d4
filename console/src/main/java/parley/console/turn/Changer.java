package parley.console.turn;

import parley.console.reach.NotRun;
import parley.safety.gate.Actor;
import parley.safety.gate.Approval;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Judged;
import parley.safety.gate.Provenance;
import parley.safety.gate.Step;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Change;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Following;
import parley.tools.Host;
import parley.tools.Observation;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Support;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Changes hosts: looks first, shows one card for all of it, then host after host, each proven
/// before the next.
final class Changer {
    private final House house;
    private final Commands commands;
    private final Observer observer;
    private final Person person;
    private final AtomicInteger evidence;

    Changer(
            House house,
            Commands commands,
            Observer observer,
            Person person,
            AtomicInteger evidence) {
        this.house = house;
        this.commands = commands;
        this.observer = observer;
        this.person = person;
        this.evidence = evidence;
    }

    /// A change on one host, looked at and judged.
    ///
    /// @param steps what makes the change
    /// @param clearing what clears away the work that was followed, once it has ended
    record Prepared<A extends Record>(
            Call<A> call,
            Change<A, ?> tool,
            Host host,
            Preview preview,
            List<Judged> steps,
            List<Judged> clearing) {
        /// Everything that one approval must cover.
        List<Judged> all() {
            return Stream.concat(steps.stream(), clearing.stream()).toList();
        }
    }

    /// What looking first came to: ready, or how it ended instead.
    sealed interface Looked {
        record Ready(Prepared<?> prepared) implements Looked {}

        record Not(HostResult result) implements Looked {}
    }

    /// Previews and judges `bound` on its hosts, all at the same time.
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
            Platform platform = observer.platform(host);
            refuseUnproven(tool, platform);
            Preview preview =
                    new Preview(
                            platform,
                            holder(house.actor()),
                            preview(tool.preview(call.arguments()), host));
            Change.Impact impact = tool.impact(call.arguments(), preview);
            if (!impact.obstacle().isEmpty()) {
                throw Stopped.of(Outcome.Kind.FAILED, impact.obstacle().getFirst());
            }
            Share share = Share.of(house.hosts(), host, targets);
            Circumstances circumstances =
                    new Circumstances(
                            house.actor(),
                            targets,
                            share.size(),
                            share.hit(),
                            impact.risk(),
                            impact.objects(),
                            impact.alsoHit(),
                            impact.lines(),
                            List.of(tool.undo(call.arguments(), preview).how()),
                            outputRead,
                            impact.removed(),
                            house.situations().changing(host, house.actor().id()));
            List<Argv> clear =
                    tool.following(call.arguments()).map(Following::clear).orElse(List.of());
            return new Looked.Ready(
                    new Prepared<>(
                            call,
                            tool,
                            host,
                            preview,
                            judged(
                                    call,
                                    host,
                                    tool.commands(call.arguments(), preview),
                                    provenance,
                                    circumstances),
                            judged(call, host, clear, provenance, circumstances)));
        } catch (Stopped stopped) {
            return not(call, host, stopped.outcome());
        } catch (InterruptedException cancel) {
            return not(call, host, Observer.cancelled());
        } catch (RuntimeException defect) {
            return not(call, host, Observer.defect(tool.name(), defect));
        }
    }

    private List<Judged> judged(
            Call<?> call,
            Host host,
            List<Argv> commands,
            Map<String, Provenance> provenance,
            Circumstances circumstances)
            throws Stopped, InterruptedException {
        List<Judged> judged = new ArrayList<>();
        for (Argv argv : commands) {
            Step step = this.commands.render(call, host, argv, Step.Purpose.CALL, provenance);
            judged.add(this.commands.judge(step, circumstances));
        }
        return judged;
    }

    /// Who makes the change, as hosts may show it to others.
    static String holder(Actor actor) {
        return actor.id();
    }

    private Looked not(Call<?> call, Host host, Outcome outcome) {
        return new Looked.Not(HostResult.without(next(), call, host.name(), outcome));
    }

    private static void refuseUnproven(Change<?, ?> tool, Platform platform) throws Stopped {
        if (tool.card().support(platform.family()) != Support.PROVEN) {
            throw Stopped.of(
                    Outcome.Kind.NOT_SUPPORTED,
                    Bilingual.of(
                            tool.name()
                                    + " never ran for real on a host of the family "
                                    + platform.family().word()
                                    + ", so it is not offered there",
                            tool.name()
                                    + " 尚未在 "
                                    + platform.family().word()
                                    + " 系列主机上真实运行过，因此不提供"));
        }
    }

    private List<Observed> preview(List<Call<?>> calls, Host host) throws Stopped {
        List<Observed> preview = new ArrayList<>();
        for (Call<?> call : calls) {
            HostResult result = observe(call, host, Step.Purpose.PREVIEW);
            if (result.reading().isEmpty()) {
                throw new Stopped(result.outcome());
            }
            preview.add(new Observed(call, result.reading().get()));
        }
        return preview;
    }

    private <A extends Record> HostResult observe(Call<A> call, Host host, Step.Purpose purpose) {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException(
                    "previews and checks only observe: " + call.tool().name());
        }
        return observer.observe(call, tool, host, purpose, Map.of(), false);
    }

    /// Runs an approved change on one host and proves that it took. Whatever happens, what was run
    /// is told.
    <A extends Record> List<HostResult> change(Prepared<A> change, Optional<Approval> approval) {
        String id = next();
        Ran ran = new Ran();
        Outcome outcome;
        Optional<Reading<?>> reading = Optional.empty();
        try {
            refuseDrift(change);
            run(change.steps(), change.host(), approval, ran);
            reading =
                    Optional.of(
                            change.tool()
                                    .read(
                                            change.call().arguments(),
                                            change.preview().platform(),
                                            List.copyOf(ran.captures)));
            outcome = follow(change, approval, ran);
        } catch (Unreadable failed) {
            outcome = Outcome.of(Outcome.Kind.FAILED, failed.why());
        } catch (NotRun notRun) {
            outcome = Commands.stopped(notRun).outcome();
        } catch (Stopped stopped) {
            outcome = stopped.outcome();
        } catch (InterruptedException cancel) {
            outcome = begun(change.host(), ran.argv.isEmpty());
        } catch (RuntimeException defect) {
            outcome = unproven(change.host(), Observer.defect(change.tool().name(), defect));
        }
        List<HostResult> results = new ArrayList<>(ran.looks);
        if (!ran.captures.isEmpty() && !outcome.is(Outcome.Kind.CANCELLED)) {
            List<HostResult> checks = check(change, ran.looks);
            results.addAll(checks);
            HostResult last = checks.getLast();
            if (outcome.is(Outcome.Kind.FAILED) && last.outcome().is(Outcome.Kind.UNREACHABLE)) {
                // What failed may be the host itself: its last words prove nothing.
                outcome = unproven(change.host(), both(outcome, last.outcome()));
            } else if (outcome.exitCode() == 0) {
                outcome =
                        last.reading().isPresent()
                                ? last.outcome()
                                : unproven(change.host(), last.outcome());
            }
        }
        results.addFirst(
                new HostResult(
                        id,
                        change.call(),
                        change.host().name(),
                        outcome,
                        ran.argv,
                        ran.captures,
                        reading,
                        List.of()));
        return results;
    }

    /// What was run of a change so far; it grows, so that whatever ends it loses nothing.
    private static final class Ran {
        private final List<Capture> captures = new ArrayList<>();
        private final List<List<String>> argv = new ArrayList<>();
        private final List<HostResult> looks = new ArrayList<>();
    }

    /// What was approved must still be so: what can have changed meanwhile is read once more.
    private <A extends Record> void refuseDrift(Prepared<A> change) throws Stopped {
        A arguments = change.call().arguments();
        List<Call<?>> again = change.tool().again(arguments);
        if (again.isEmpty()) {
            return;
        }
        List<Observed> now = preview(again, change.host());
        Optional<Bilingual> drift = change.tool().drift(arguments, change.preview(), now);
        if (drift.isPresent()) {
            throw Stopped.of(
                    Outcome.Kind.FAILED,
                    Bilingual.of(
                            "nothing was run, because what was approved is no longer so: "
                                    + drift.get().en(),
                            "未执行，因为情况与批准时已不同：" + drift.get().zh()));
        }
    }

    /// Waits for work that goes on by itself, then clears away what it left.
    private <A extends Record> Outcome follow(
            Prepared<A> change, Optional<Approval> approval, Ran ran)
            throws Stopped, NotRun, InterruptedException {
        Optional<Following> following = change.tool().following(change.call().arguments());
        if (following.isEmpty()) {
            return Outcome.done();
        }
        Follower.Followed followed =
                new Follower(observer, person).follow(following.get(), change.host());
        followed.last().ifPresent(ran.looks::add);
        if (followed.ended()) {
            run(change.clearing(), change.host(), approval, ran);
        }
        return followed.outcome();
    }

    /// The first command that fails stops the rest.
    private void run(List<Judged> steps, Host host, Optional<Approval> approval, Ran ran)
            throws Stopped, NotRun, InterruptedException {
        for (Judged judged : steps) {
            List<String> shown = judged.step().shown();
            person.progress(Bilingual.same(host.name() + ": " + String.join(" ", shown)));
            ran.argv.add(shown);
            Capture capture = commands.run(judged, approval);
            ran.captures.add(capture);
            if (!capture.argv().readableExits().contains(capture.exit())) {
                return;
            }
        }
    }

    private static Outcome begun(Host host, boolean nothing) {
        return nothing
                ? Observer.cancelled()
                : Outcome.of(
                        Outcome.Kind.CANCELLED,
                        Bilingual.of(
                                "cancelled while the change was begun on "
                                        + host.name()
                                        + "; look at what became of it before going on",
                                "在 " + host.name() + " 上开始变更时被取消；继续之前请先查看其结果"));
    }

    /// It ran, and whether it took could not be read: unknown, whatever the reason.
    private static Outcome unproven(Host host, Outcome why) {
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of(
                        "it ran on "
                                + host.name()
                                + ", but whether it took could not be read: "
                                + why.says().en(),
                        "已在 " + host.name() + " 上执行，但无法确认是否生效：" + why.says().zh()));
    }

    private static Outcome both(Outcome first, Outcome second) {
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of(
                        first.says().en() + "; then " + second.says().en(),
                        first.says().zh() + "；随后" + second.says().zh()));
    }

    /// The post-checks; the last carries the proof as its finding. A check that cannot be read ends
    /// them.
    private <A extends Record> List<HostResult> check(Prepared<A> change, List<HostResult> looks) {
        A arguments = change.call().arguments();
        person.progress(
                Bilingual.of(
                        change.host().name() + ": checking that it took and stays",
                        change.host().name() + "：正在检查是否生效并保持稳定"));
        List<HostResult> checks = new ArrayList<>();
        List<Observed> after = new ArrayList<>();
        looks.forEach(look ->
                look.reading().ifPresent(read -> after.add(new Observed(look.call(), read))));
        for (Call<?> call : change.tool().checks(arguments, change.preview())) {
            HostResult looked = observe(call, change.host(), Step.Purpose.CHECK);
            checks.add(looked);
            if (looked.reading().isEmpty()) {
                return checks;
            }
            after.add(new Observed(call, looked.reading().get()));
        }
        Change.Proof proof = change.tool().proof(arguments, change.preview(), after);
        checks.add(proven(checks.removeLast(), proof));
        return checks;
    }

    private static HostResult proven(HostResult looked, Change.Proof proof) {
        Severity severity = proof.succeeded() ? Severity.NOTICE : Severity.CRITICAL;
        return new HostResult(
                looked.id(),
                looked.call(),
                looked.host(),
                proof.succeeded()
                        ? Outcome.done()
                        : Outcome.of(Outcome.Kind.FAILED, proof.statement()),
                looked.argv(),
                looked.captures(),
                looked.reading(),
                List.of(new Finding(severity, proof.statement(), List.of())));
    }

    private String next() {
        return "#" + evidence.incrementAndGet();
    }
}
