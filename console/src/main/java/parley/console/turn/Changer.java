package parley.console.turn;

import parley.console.reach.NotRun;
import parley.safety.gate.Approval;
import parley.safety.gate.Judged;
import parley.safety.gate.Step;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Following;
import parley.tools.Host;
import parley.tools.Observed;
import parley.tools.Unreadable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one approved change on one host: looks once more, runs it, follows it to its end, proves
/// it. Whatever happens, what was run is told.
final class Changer {
    private final Commands commands;
    private final Observer observer;
    private final Follower follower;
    private final Prover prover;
    private final Person person;
    private final EvidenceIds evidence;

    Changer(Commands commands, Observer observer, Person person, EvidenceIds evidence) {
        this.commands = commands;
        this.observer = observer;
        this.follower = new Follower(observer, person);
        this.prover = new Prover(observer, person);
        this.person = person;
        this.evidence = evidence;
    }

    /// The change's own result first, then those of its checks.
    ///
    /// @param leave asked while work is followed that goes on by itself: whether to stop watching
    <A extends Record> List<HostResult> change(
            Prepared<A> change, Optional<Approval> approval, Leave leave) {
        String id = evidence.next();
        Ran ran = new Ran();
        Outcome outcome = work(change, approval, leave, ran);
        List<HostResult> results = new ArrayList<>(ran.looks());
        if (ran.mayHaveChanged() && !outcome.is(Outcome.Kind.CANCELLED)) {
            if (change.tool().checksAnew()) {
                commands.reconnect(change.host());
            }
            Prover.Proven proven = prover.prove(change, ran.looks());
            results.addAll(proven.checks());
            outcome = judged(change, ran, outcome, proven);
        }
        commands.ended(outcome, results.stream().map(HostResult::id).toList(), change.steps());
        results.addFirst(
                new HostResult(
                        id,
                        change.call(),
                        change.host().name(),
                        outcome,
                        ran.argv(),
                        ran.captures(),
                        ran.reading(),
                        List.of(),
                        ran.mayHaveChanged() ? Optional.of(change.undo()) : Optional.empty()));
        return results;
    }

    private <A extends Record> Outcome work(
            Prepared<A> change, Optional<Approval> approval, Leave leave, Ran ran) {
        Host host = change.host();
        try {
            refuseDrift(change);
            start(change, approval, ran);
            Optional<Following> following = change.tool().following(change.call().arguments());
            if (following.isPresent()) {
                return follow(change, following.get(), approval, leave, ran);
            }
            return ran.lostWhy().map(why -> lost(host, why)).orElse(Outcome.done());
        } catch (Unreadable failed) {
            return Outcome.of(Outcome.Kind.FAILED, failed.why());
        } catch (NotRun notRun) {
            return notRun.kind() == NotRun.Kind.CANCELLED
                    ? begun(host, false)
                    : Commands.stopped(notRun).outcome();
        } catch (Stopped stopped) {
            return stopped.outcome();
        } catch (InterruptedException cancel) {
            return begun(host, ran.argv().isEmpty());
        } catch (RuntimeException defect) {
            return Prover.unproven(host, Observer.defect(change.tool().name(), defect));
        }
    }

    /// What was approved must still be so: what can have changed meanwhile is read once more.
    private <A extends Record> void refuseDrift(Prepared<A> change) throws Stopped {
        A arguments = change.call().arguments();
        List<Call<?>> again = change.tool().again(arguments);
        if (again.isEmpty()) {
            return;
        }
        List<Observed> now = observer.all(again, change.host(), Step.Purpose.PREVIEW);
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

    /// Runs the commands. A connection that broke meanwhile is no ending: what became of the last
    /// command is then looked for on the host.
    private <A extends Record> void start(Prepared<A> change, Optional<Approval> approval, Ran ran)
            throws Stopped, NotRun, Unreadable, InterruptedException {
        boolean goesOn = change.tool().following(change.call().arguments()).isPresent();
        run(change.steps(), change.host(), approval, ran, goesOn);
        if (ran.lostStep().isEmpty()) {
            ran.read(
                    change.tool()
                            .read(
                                    change.call().arguments(),
                                    change.preview().platform(),
                                    ran.captures()));
        }
    }

    /// Waits for work that goes on by itself, then clears away what it left.
    private <A extends Record> Outcome follow(
            Prepared<A> change,
            Following following,
            Optional<Approval> approval,
            Leave leave,
            Ran ran)
            throws Stopped, NotRun, InterruptedException {
        Follower.Followed followed = follower.follow(following, change.host(), leave);
        followed.last().ifPresent(ran::sawBy);
        if (followed.isOver()) {
            run(change.clearing(), change.host(), approval, ran, false);
        }
        return followed.outcome();
    }

    /// The first command that fails stops the rest.
    ///
    /// @param goesOn whether the last of them starts work that goes on by itself
    private void run(
            List<Judged> steps, Host host, Optional<Approval> approval, Ran ran, boolean goesOn)
            throws Stopped, NotRun, InterruptedException {
        for (Judged judged : steps) {
            List<String> shown = judged.step().shown();
            person.progress(Bilingual.same(host.name() + ": " + String.join(" ", shown)));
            ran.sends(shown);
            try {
                Capture capture =
                        goesOn && judged.equals(steps.getLast())
                                ? commands.start(judged, approval)
                                : commands.run(judged, approval);
                ran.gave(capture);
                if (!capture.argv().readableExits().contains(capture.exit())) {
                    return;
                }
            } catch (NotRun notRun) {
                if (notRun.kind() != NotRun.Kind.OUTCOME_UNKNOWN) {
                    throw notRun;
                }
                ran.lost(judged.step(), notRun);
                return;
            }
        }
    }

    /// Only the proof makes a success; and where the connection broke, the proof is what tells.
    private Outcome judged(Prepared<?> change, Ran ran, Outcome before, Prover.Proven proven) {
        if (before.is(Outcome.Kind.FAILED) && proven.isUnreachable()) {
            // What failed may be the host itself: its last words prove nothing.
            return Prover.unproven(change.host(), both(before, proven.outcome()));
        }
        if (ran.lostStep().isEmpty()) {
            return before.exitCode() == 0 ? proven.outcome() : before;
        }
        boolean known = proven.outcome().exitCode() == 0;
        if (!known) {
            return before.is(Outcome.Kind.FAILED)
                    ? before
                    : lostAndLooked(change.host(), proven.outcome());
        }
        commands.settled(ran.lostStep().get(), proven);
        return Outcome.done();
    }

    private static Outcome both(Outcome first, Outcome second) {
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of("{0}; then {1}", "{0}；随后{1}", first.says(), second.says()));
    }

    private static Outcome lost(Host host, Bilingual why) {
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of(
                        "{0}: {1}; it may or may not have run",
                        "{0}：{1}；可能已执行，也可能没有", host.name(), why));
    }

    private static Outcome lostAndLooked(Host host, Outcome look) {
        String settle = "parley settle " + host.name();
        return Outcome.of(
                Outcome.Kind.UNKNOWN,
                Bilingual.of(
                        "the connection broke while it ran, and looking afterwards did not prove"
                                + " it: {0}; look again with: {1}",
                        "执行期间连接中断，事后查看也未能证实：{0}；请再次查看：{1}", look.says(), settle));
    }

    private static Outcome begun(Host host, boolean nothing) {
        return nothing
                ? Observer.cancelled()
                : Outcome.of(
                        Outcome.Kind.CANCELLED,
                        Bilingual.of(
                                "cancelled while the change was begun on {0}; look at what became"
                                        + " of it before going on",
                                "在 {0} 上开始变更时被取消；继续之前请先查看其结果", host.name()));
    }
}
