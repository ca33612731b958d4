package parley.console.turn;

import parley.prompts.answer.Grounding;
import parley.prompts.answer.Narrator;
import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.Request;
import parley.prompts.plan.Usage;
import parley.safety.gate.Pace;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The way of one request: plan, bind, look, judge, approve, run, read, check, answer. It owns the
/// loop; planners only say what should be next.
public final class Turn {
    /// A model that wants more turns than this is stopped, and the answer is what was read by then.
    static final int MOST_TURNS = 12;

    /// What was said longer ago is not pointed back to.
    static final int MOST_PAST = 5;

    private final House house;
    private final Person person;
    private final List<Planner> planners;
    private final Pace pace;

    /// @param planners tried in this order; the last is the embedded one, which never fails
    public Turn(House house, Person person, List<Planner> planners) {
        this(house, person, planners, Pace.CAREFUL);
    }

    /// @param planners tried in this order; the last is the embedded one, which never fails
    /// @param pace how a change goes over several hosts
    public Turn(House house, Person person, List<Planner> planners, Pace pace) {
        if (planners.isEmpty()) {
            throw new IllegalArgumentException("somebody must plan");
        }
        this.pace = pace;
        this.house = house;
        this.person = person;
        this.planners = List.copyOf(planners);
    }

    /// Answers `request`. An interrupt cancels it, on the hosts too.
    public TurnResult run(Request request, List<Conversation.Past> past) {
        return run(request, past, List.of());
    }

    /// Answers `request`. An interrupt cancels it, on the hosts too.
    ///
    /// @param heard what hosts printed in the earlier requests of this conversation, as
    ///   [TurnResult#printed] gives it: a value from there is a host's word, not the operator's
    public TurnResult run(Request request, List<Conversation.Past> past, List<String> heard) {
        Journal journal = new Journal(house.log(), request);
        Progress progress = new Progress(request);
        try {
            journal.request(request);
            loop(request, past, heard, journal, progress);
        } catch (RecordUnavailable unavailable) {
            progress.end(Commands.stopped(unavailable).outcome());
        } catch (Stopped stopped) {
            progress.end(stopped.outcome());
        } catch (InterruptedException cancelled) {
            progress.end(Observer.cancelled());
        } catch (RuntimeException defect) {
            progress.end(Observer.defect("parley", defect));
        }
        return answered(progress.result(), journal);
    }

    /// Plans `request` and records that it was planned; touches no host.
    ///
    /// @throws RecordUnavailable when that cannot be recorded
    public Planned plan(Request request) throws RecordUnavailable, InterruptedException {
        Journal journal = new Journal(house.log(), request);
        journal.request(request);
        Planned planned =
                new Asked(house, journal, person, planners)
                        .next(new Conversation(request, house.hosts(), List.of(), List.of()));
        journal.onlyPlanned();
        return planned;
    }

    /// What came of the request so far; it grows while the turn goes on, so that a cancel loses
    /// nothing.
    private static final class Progress {
        private final Request request;
        private final List<HostResult> results = new ArrayList<>();
        private final List<Conversation.Seen> seen = new ArrayList<>();
        private Optional<Outcome> ending = Optional.empty();
        private Optional<Proposal> proposal = Optional.empty();
        private Optional<Planned.Clarify> question = Optional.empty();
        private String modelWords = "";
        private Usage usage = Usage.NONE;

        Progress(Request request) {
            this.request = request;
        }

        void end(Outcome outcome) {
            ending = Optional.of(outcome);
        }

        TurnResult result() {
            Outcome outcome = ending.orElseGet(() -> Outcome.of(parts()));
            List<Narrator.Sentence> answer =
                    Narrator.answer(
                            results.stream().map(HostResult::evidence).toList(),
                            request.language());
            Grounding.Checked checked = checked();
            List<Narrator.Sentence> all = new ArrayList<>();
            checked.doubts().forEach(doubt -> all.add(doubted(doubt)));
            all.addAll(answer);
            return new TurnResult(
                    request, outcome, proposal, question, results, all, checked.words(), usage);
        }

        /// A model's words against what was read; where nothing was, that is told as such.
        private Grounding.Checked checked() {
            if (modelWords.isEmpty() || results.isEmpty()) {
                return new Grounding.Checked(modelWords, List.of());
            }
            Map<String, Grounding.Read> read = new HashMap<>();
            results.stream()
                    .flatMap(HostResult::all)
                    .forEach(one -> read.put(one.id(), one.read()));
            return Grounding.check(modelWords, read, request.language());
        }

        private Narrator.Sentence doubted(Grounding.Doubt doubt) {
            String sentence = doubt.sentence();
            return new Narrator.Sentence(
                    Finding.Severity.WARNING,
                    switch (request.language()) {
                        case EN ->
                                "the model said without support ("
                                        + doubt.why().en()
                                        + "): "
                                        + sentence;
                        case ZH -> "模型的这句话没有依据（" + doubt.why().zh() + "）：" + sentence;
                    });
        }

        /// What the whole is judged by: where something was to be changed, the changes (each with
        /// its check), else every look. Nothing that must be seen is left out.
        private List<Outcome> parts() {
            boolean changes = results.stream().anyMatch(HostResult::isChange);
            return results.stream()
                    .filter(result ->
                            !changes || result.isChange() || result.outcome().mustBeSeen())
                    .map(HostResult::outcome)
                    .toList();
        }
    }

    private void loop(
            Request request,
            List<Conversation.Past> past,
            List<String> heard,
            Journal journal,
            Progress progress)
            throws Stopped, RecordUnavailable, InterruptedException {
        boolean asksModel = planners.size() > 1;
        Steps steps =
                new Steps(
                        house,
                        journal,
                        person,
                        request,
                        said(request, past),
                        heard,
                        pace,
                        asksModel);
        Asked asked = new Asked(house, journal, person, planners);
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Planned planned;
            try {
                planned = asked.next(conversation(request, past, progress.seen));
            } finally {
                progress.usage = asked.usage();
            }
            switch (planned) {
                case Planned.Plan plan -> {
                    progress.proposal = Optional.of(plan.proposal());
                    int denials = steps.denials();
                    boolean ended = !steps.run(plan.proposal(), progress.results, progress.seen);
                    // After a no, a planner that wants to go on learns the reason and may propose
                    // otherwise.
                    boolean denied = steps.denials() > denials;
                    if (plan.complete() || (ended && !denied)) {
                        return;
                    }
                }
                case Planned.Clarify clarify -> {
                    progress.question = Optional.of(clarify);
                    progress.end(Outcome.of(Outcome.Kind.QUESTION, clarify.question()));
                    return;
                }
                case Planned.Decline decline -> {
                    progress.end(
                            Outcome.of(
                                    switch (decline.reason()) {
                                        case NO_TOOL -> Outcome.Kind.NO_TOOL;
                                        case NOT_ALLOWED -> Outcome.Kind.DENIED;
                                    },
                                    decline.message()));
                    return;
                }
                case Planned.Answered answered -> {
                    progress.modelWords = answered.words();
                    return;
                }
            }
        }
        progress.end(
                Outcome.of(
                        Outcome.Kind.PARTLY,
                        Bilingual.of(
                                "stopped after {0} rounds; this is what was read",
                                "已在 {0} 轮后停止；以下是已读到的内容", MOST_TURNS)));
    }

    /// Requests point back to a few before them; the others are kept apart.
    private Conversation conversation(
            Request request, List<Conversation.Past> past, List<Conversation.Seen> seen) {
        int from = Math.max(0, past.size() - MOST_PAST);
        return new Conversation(
                request,
                house.hosts(),
                past.subList(0, from),
                past.subList(from, past.size()),
                seen);
    }

    /// What an argument may have been taken from: this request, and those before it that it may
    /// point back to.
    private static String said(Request request, List<Conversation.Past> past) {
        StringBuilder said = new StringBuilder();
        past.forEach(one -> said.append(one.words()).append('\n'));
        return said.append(request.words()).toString();
    }

    /// Records the answer before anybody sees it; an answer that cannot be recorded is not given.
    private static TurnResult answered(TurnResult result, Journal journal) {
        try {
            journal.answer(
                    result.outcome(),
                    result.answer(),
                    result.modelWords(),
                    result.results(),
                    result.usage());
            journal.checkpoint();
            return result;
        } catch (RecordUnavailable unavailable) {
            return new TurnResult(
                    result.request(),
                    Commands.stopped(unavailable).outcome(),
                    result.proposal(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    "",
                    result.usage());
        }
    }
}
