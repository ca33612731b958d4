package parley.console.turn;

import parley.console.reach.NotRun;
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
import parley.tools.Environment;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Observation;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Support;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

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
    record Prepared<A extends Record>(
            Call<A> call,
            Change<A, ?> tool,
            Host host,
            Platform platform,
            List<Observed> preview,
            List<Judged> steps) {}

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
            List<Observed> preview = preview(tool.preview(call.arguments()), host);
            Change.Impact impact = tool.impact(call.arguments(), preview);
            if (!impact.obstacle().isEmpty()) {
                throw Stopped.of(Outcome.Kind.FAILED, impact.obstacle().getFirst());
            }
            int[] share = share(house.hosts(), host, targets);
            Circumstances circumstances =
                    new Circumstances(
                            house.actor(),
                            targets,
                            share[0],
                            share[1],
                            impact.risk(),
                            impact.objects(),
                            impact.alsoHit(),
                            impact.lines(),
                            List.of(tool.undo(call.arguments(), preview)),
                            outputRead)
                            .in(house.situations().changing(host, house.actor().id()));
            List<Judged> steps = new ArrayList<>();
            for (Argv argv : tool.commands(call.arguments(), platform)) {
                Step step = commands.render(call, host, argv, Step.Purpose.CALL, provenance);
                steps.add(commands.judge(step, circumstances));
            }
            return new Looked.Ready(new Prepared<>(call, tool, host, platform, preview, steps));
        } catch (Stopped stopped) {
            return not(call, host, stopped.outcome());
        } catch (InterruptedException cancel) {
            return not(call, host, Observer.cancelled());
        } catch (RuntimeException defect) {
            return not(call, host, Observer.defect(tool.name(), defect));
        }
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

    /// Size and targets of the production group of `host` that is hit furthest beyond a quarter of
    /// it; zeros outside production. Not the largest share: a group of one is always hit whole, and
    /// would hide the group beside it.
    static int[] share(Hosts hosts, Host host, Set<String> targets) {
        int[] worst = {0, 0};
        if (host.environment() != Environment.PROD) {
            return worst;
        }
        for (String group : host.groups()) {
            Set<String> members = new TreeSet<>(hosts.inGroup(group));
            int size = members.size();
            members.retainAll(targets);
            if (worst[0] == 0 || excess(size, members.size()) > excess(worst[0], worst[1])) {
                worst = new int[] {size, members.size()};
            }
        }
        return worst;
    }

    /// Four times how many hosts more than max(1, a quarter of the group) are hit.
    private static int excess(int size, int hit) {
        return 4 * hit - Math.max(4, size);
    }

    /// Runs an approved change on one host and proves that it took. Whatever happens, what was run
    /// is told.
    <A extends Record> List<HostResult> change(Prepared<A> change, Optional<Approval> approval) {
        String id = next();
        List<Capture> captures = new ArrayList<>();
        List<List<String>> argv = new ArrayList<>();
        Optional<Reading<?>> reading = Optional.empty();
        Outcome outcome;
        try {
            run(change, approval, captures, argv);
            reading =
                    Optional.of(
                            change.tool()
                                    .read(change.call().arguments(), change.platform(), captures));
            outcome = Outcome.done();
        } catch (Unreadable failed) {
            outcome = Outcome.of(Outcome.Kind.FAILED, failed.why());
        } catch (NotRun notRun) {
            outcome = Commands.stopped(notRun).outcome();
        } catch (Stopped stopped) {
            outcome = stopped.outcome();
        } catch (InterruptedException cancel) {
            outcome = begun(change.host(), argv.isEmpty());
        } catch (RuntimeException defect) {
            outcome = unproven(change.host(), Observer.defect(change.tool().name(), defect));
        }
        List<HostResult> results = new ArrayList<>();
        if (!captures.isEmpty()) {
            HostResult check = check(change);
            results.add(check);
            if (outcome.exitCode() == 0) {
                outcome =
                        check.reading().isPresent()
                                ? check.outcome()
                                : unproven(change.host(), check.outcome());
            }
        }
        results.addFirst(
                new HostResult(
                        id,
                        change.call(),
                        change.host().name(),
                        outcome,
                        argv,
                        captures,
                        reading,
                        List.of()));
        return results;
    }

    /// The first command that fails stops the rest.
    private void run(
            Prepared<?> change,
            Optional<Approval> approval,
            List<Capture> captures,
            List<List<String>> argv)
            throws Stopped, NotRun, InterruptedException {
        for (Judged judged : change.steps()) {
            List<String> shown = judged.step().shown();
            person.progress(Bilingual.same(change.host().name() + ": " + String.join(" ", shown)));
            argv.add(shown);
            Capture capture = commands.run(judged, approval);
            captures.add(capture);
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

    /// The post-check, with the proof as its finding.
    private <A extends Record> HostResult check(Prepared<A> change) {
        A arguments = change.call().arguments();
        Call<?> call = change.tool().check(arguments);
        person.progress(
                Bilingual.of(
                        change.host().name() + ": checking that it took and stays",
                        change.host().name() + "：正在检查是否生效并保持稳定"));
        HostResult looked = observe(call, change.host(), Step.Purpose.CHECK);
        if (looked.reading().isEmpty()) {
            return looked;
        }
        Change.Proof proof =
                change.tool()
                        .proof(
                                arguments,
                                change.preview(),
                                new Observed(call, looked.reading().get()));
        Severity severity = proof.succeeded() ? Severity.NOTICE : Severity.CRITICAL;
        return new HostResult(
                looked.id(),
                call,
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
