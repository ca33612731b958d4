package parley.console.turn;

import parley.console.reach.Login;
import parley.console.reach.NotRun;
import parley.safety.gate.Approval;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Judged;
import parley.safety.gate.Pace;
import parley.safety.gate.Permit;
import parley.safety.gate.Provenance;
import parley.safety.gate.Refused;
import parley.safety.gate.Step;
import parley.safety.gate.Verdict;
import parley.safety.record.Receipt;
import parley.safety.record.RecordUnavailable;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Host;
import parley.tools.Language;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// From a command to its capture: render, judge, approve, record the intent, permit, run, record
/// the result.
final class Commands {
    private final House house;
    private final Journal journal;
    private final Language language;
    private final Person person;
    private final Pace pace;
    private final Asking asking;

    /// Where an unknown outcome stands in the record, by the digest of its step.
    private final Map<String, Receipt> unknowns = new ConcurrentHashMap<>();

    /// The intents whose work goes on by itself, by the digest of their step.
    private final Map<String, Receipt> going = new ConcurrentHashMap<>();

    Commands(House house, Journal journal, Person person, Language language, Pace pace) {
        this.house = house;
        this.journal = journal;
        this.language = language;
        this.person = person;
        this.pace = pace;
        this.asking = new Asking(house, journal, person);
    }

    /// The step for `argv`, elevated where it wants root and the login user is not.
    Step render(
            Call<?> call,
            Host host,
            Argv argv,
            Step.Purpose purpose,
            Map<String, Provenance> provenance)
            throws Stopped, InterruptedException {
        boolean elevate =
                argv.privilege() != Argv.Privilege.LOGIN
                        && host.become() != Host.Become.NONE
                        && !(argv.privilege() == Argv.Privilege.ROOT_HELPS
                                && house.platforms().sudoRefusal(host.name()).isPresent())
                        && !login(host).root();
        return new Step(
                call,
                host,
                argv,
                elevate ? Step.Elevation.SUDO : Step.Elevation.NONE,
                purpose,
                provenance,
                hostKey(host));
    }

    /// The next command on `host` goes over a new connection.
    void reconnect(Host host) {
        house.reach().renew(host);
    }

    private String hostKey(Host host) throws Stopped, InterruptedException {
        try {
            return house.reach().hostKey(host);
        } catch (NotRun unreadable) {
            throw stopped(unreadable);
        }
    }

    private Login login(Host host) throws Stopped, InterruptedException {
        try {
            return house.reach().login(host);
        } catch (NotRun unreachable) {
            throw stopped(unreachable);
        }
    }

    Judged judge(Step step, Circumstances circumstances) throws Stopped {
        Judged judged = new Judged(step, circumstances, house.gate().judge(step, circumstances));
        try {
            journal.decided(judged, house.gate().policies());
        } catch (RecordUnavailable unavailable) {
            throw stopped(unavailable);
        }
        if (judged.verdict() instanceof Verdict.Deny denied) {
            boolean told = denied.rules().stream().allMatch(Verdict.Rule::toldToModels);
            throw new Stopped(
                    told
                            ? Outcome.of(Outcome.Kind.DENIED, denial(denied))
                            : Outcome.forPeople(Outcome.Kind.DENIED, denial(denied)));
        }
        return judged;
    }

    /// The approval that these steps need together, on one card; empty when they need none.
    Optional<Approval> approval(List<Judged> steps) throws Stopped, InterruptedException {
        if (steps.stream().allMatch(judged -> judged.verdict() instanceof Verdict.Allow)) {
            return Optional.empty();
        }
        return Optional.of(asking.approval(house.gate().card(steps, language, pace)));
    }

    /// What the person said no to and why, newest last: for a planner that may propose otherwise.
    List<String> reasons() {
        return asking.reasons();
    }

    /// Runs a judged step to its end. The intent is on disk before anything is sent.
    ///
    /// @throws NotRun when it gave no capture; that is recorded already
    Capture run(Judged judged, Optional<Approval> approval)
            throws Stopped, NotRun, InterruptedException {
        return run(judged, approval, false);
    }

    /// Runs a judged step that starts work which goes on by itself: whoever called must say `ended`
    /// of it. If that never comes, the next Parley finds it open.
    ///
    /// @throws NotRun when it gave no capture; that is recorded already
    Capture start(Judged judged, Optional<Approval> approval)
            throws Stopped, NotRun, InterruptedException {
        return run(judged, approval, true);
    }

    private Capture run(Judged judged, Optional<Approval> approval, boolean continues)
            throws Stopped, NotRun, InterruptedException {
        Step step = judged.step();
        try {
            Receipt receipt = journal.intent(step, house.gate().policies());
            return executed(step, permit(judged, approval, receipt), receipt, continues);
        } catch (RecordUnavailable unavailable) {
            throw stopped(unavailable);
        }
    }

    private Permit permit(Judged judged, Optional<Approval> approval, Receipt receipt)
            throws Stopped, RecordUnavailable {
        try {
            return house.gate().permit(judged, approval, receipt, Instant.now());
        } catch (Refused refused) {
            // The intent is on disk already: it ends here, and the record says so.
            journal.notRun(judged.step(), receipt, false, "REFUSED", refused.why());
            boolean denied = refused.verdict() instanceof Verdict.Deny;
            throw Stopped.of(
                    denied ? Outcome.Kind.DENIED : Outcome.Kind.APPROVAL_NEEDED, refused.why());
        }
    }

    private Capture executed(Step step, Permit permit, Receipt receipt, boolean continues)
            throws NotRun, Stopped, InterruptedException, RecordUnavailable {
        try {
            Capture capture = house.executor().run(permit);
            try {
                journal.result(step, receipt, capture, continues);
                if (continues && capture.argv().readableExits().contains(capture.exit())) {
                    going.put(step.digest(), receipt);
                }
            } catch (RecordUnavailable unavailable) {
                throw Stopped.of(
                        Outcome.Kind.RECORD_UNAVAILABLE, unrecorded(step, capture, unavailable));
            }
            return capture;
        } catch (NotRun notRun) {
            boolean unknown = notRun.kind() == NotRun.Kind.OUTCOME_UNKNOWN;
            Receipt told =
                    journal.notRun(step, receipt, unknown, notRun.kind().name(), notRun.why());
            if (unknown) {
                unknowns.put(step.digest(), told);
            }
            throw notRun;
        } catch (InterruptedException cancelled) {
            Bilingual why = Bilingual.of("cancelled by the operator", "操作员已取消");
            journal.notRun(step, receipt, false, NotRun.Kind.CANCELLED.name(), why);
            throw cancelled;
        }
    }

    /// Closes the unknown outcome of `step`: its own checks showed what came of it.
    void settled(Step step, Prover.Proven proven) {
        Receipt unknown = unknowns.get(step.digest());
        if (unknown == null) {
            return;
        }
        try {
            journal.settled(
                    unknown.sequence(),
                    proven.outcome().exitCode() == 0 ? "took" : "did-not-take",
                    proven.says(),
                    proven.evidence());
        } catch (RecordUnavailable unavailable) {
            // It stays open then, and somebody looks once more: nothing is lost.
            person.notice(unavailable.why());
        }
    }

    /// Closes what `start` began: `outcome` is what came of it, or that nobody knows.
    void ended(Outcome outcome, List<String> evidence, List<Judged> started) {
        for (Judged judged : started) {
            Receipt intent = going.remove(judged.step().digest());
            if (intent == null) {
                continue;
            }
            try {
                if (outcome.exitCode() == 0 || outcome.is(Outcome.Kind.FAILED)) {
                    journal.ended(judged.step(), intent, outcome, evidence);
                } else {
                    journal.notRun(judged.step(), intent, true, outcome.word(), outcome.says());
                }
            } catch (RecordUnavailable unavailable) {
                // It stays open then, and the next Parley says so: nothing is lost.
                person.notice(unavailable.why());
            }
        }
    }

    private static Bilingual unrecorded(Step step, Capture capture, RecordUnavailable unavailable) {
        String host = step.host().name();
        return Bilingual.of(
                "it ran on {0} with exit code {1}, but that could not be recorded: {2}",
                "已在 {0} 上执行，退出码 {1}，但无法写入审计记录：{2}", host, capture.exit(), unavailable.why());
    }

    static Stopped stopped(NotRun notRun) {
        Outcome.Kind kind =
                switch (notRun.kind()) {
                    case UNREACHABLE, HOST_KEY_CHANGED, HOST_KEY_UNKNOWN, NOT_AUTHENTICATED ->
                            Outcome.Kind.UNREACHABLE;
                    case SUDO_REFUSED -> Outcome.Kind.FAILED;
                    case CANCELLED -> Outcome.Kind.CANCELLED;
                    case OUTCOME_UNKNOWN -> Outcome.Kind.UNKNOWN;
                };
        return Stopped.of(kind, notRun.why());
    }

    static Stopped stopped(RecordUnavailable unavailable) {
        return Stopped.of(Outcome.Kind.RECORD_UNAVAILABLE, unavailable.why());
    }

    private static Bilingual denial(Verdict.Deny denied) {
        StringBuilder en = new StringBuilder("not permitted");
        StringBuilder zh = new StringBuilder("不允许");
        for (Verdict.Rule rule : denied.rules()) {
            String where = " (" + rule.id() + ", " + rule.file() + ":" + rule.line() + ")";
            en.append(": ").append(rule.says().en()).append(where);
            zh.append("：").append(rule.says().zh()).append(where);
        }
        return Bilingual.of(en.toString(), zh.toString());
    }
}
