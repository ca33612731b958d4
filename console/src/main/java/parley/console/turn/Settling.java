package parley.console.turn;

import parley.prompts.answer.Narrator;
import parley.prompts.plan.Request;
import parley.prompts.plan.Usage;
import parley.safety.gate.Pace;
import parley.safety.gate.Step;
import parley.safety.record.AuditReader;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Following.Stage;
import parley.tools.Host;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.BadArguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Closes an outcome that nobody knows: looks at the host with that change's own checks, says what
/// came of it, and records who looked and on what evidence. It changes nothing on any host.
public final class Settling {
    private final House house;
    private final Person person;

    public Settling(House house, Person person) {
        this.house = house;
        this.person = person;
    }

    /// Looks again. What cannot be looked at stays open, and the result says why.
    public TurnResult look(OpenUnknown unknown, Request request) {
        Journal journal = new Journal(house.log(), request);
        List<HostResult> results = new ArrayList<>();
        Outcome outcome;
        try {
            journal.request(request);
            outcome = look(unknown, request, journal, results);
        } catch (Stopped stopped) {
            outcome = stopped.outcome();
        } catch (RecordUnavailable unavailable) {
            outcome = Commands.stopped(unavailable).outcome();
        } catch (InterruptedException cancel) {
            outcome = Observer.cancelled();
        }
        return ended(request, journal, outcome, results);
    }

    /// Takes the word of a person who looked with other means.
    public TurnResult seen(OpenUnknown unknown, Request request, String what) {
        Journal journal = new Journal(house.log(), request);
        Outcome outcome = Outcome.done();
        try {
            journal.request(request);
            journal.settled(unknown.number(), "seen", Bilingual.same(what), List.of());
        } catch (RecordUnavailable unavailable) {
            outcome = Commands.stopped(unavailable).outcome();
        }
        return ended(request, journal, outcome, List.of());
    }

    private Outcome look(
            OpenUnknown unknown, Request request, Journal journal, List<HostResult> results)
            throws Stopped, RecordUnavailable, InterruptedException {
        Host host =
                house.hosts()
                        .named(unknown.host())
                        .orElseThrow(() -> gone("host " + unknown.host(), "主机 " + unknown.host()));
        Tool<?, ?> tool =
                house.catalogue()
                        .find(unknown.tool())
                        .orElseThrow(() -> gone("tool " + unknown.tool(), "工具 " + unknown.tool()));
        Commands commands = new Commands(house, journal, person, request.language(), Pace.CAREFUL);
        Observer observer = new Observer(house, commands, new EvidenceIds());
        try {
            return look(
                    Catalogue.bind(tool, unknown.entry().header().path("arguments")),
                    host,
                    unknown,
                    observer,
                    journal,
                    results);
        } catch (BadArguments changed) {
            throw Stopped.of(Outcome.Kind.FAILED, changed.why());
        }
    }

    private <A extends Record> Outcome look(
            Call<A> call,
            Host host,
            OpenUnknown unknown,
            Observer observer,
            Journal journal,
            List<HostResult> results)
            throws Stopped, RecordUnavailable, InterruptedException {
        if (!(call.tool() instanceof Change<A, ?> tool)) {
            throw new IllegalArgumentException("not a change: " + call.tool().name());
        }
        Platform platform = observer.platform(host);
        Preview preview =
                new Replay(AuditReader.of(house.log().directory()), unknown.entry())
                        .preview(call, tool, platform, Looking.holder(house.actor()));
        Optional<HostResult> work =
                tool.following(call.arguments()).isEmpty()
                        ? Optional.empty()
                        : Optional.of(work(call, tool, host, observer));
        work.ifPresent(results::add);
        Prover.Proven proven =
                new Prover(observer, person)
                        .prove(call, tool, host, preview, work.stream().toList());
        results.addAll(proven.checks());
        if (proven.checks().getLast().reading().isEmpty()) {
            return proven.outcome();
        }
        boolean took = proven.outcome().exitCode() == 0;
        List<String> evidence = results.stream().map(HostResult::id).toList();
        journal.settled(unknown.number(), took ? "took" : "did-not-take", proven.says(), evidence);
        return Outcome.done();
    }

    /// Work that goes on by itself must be over before anything can be said about it.
    private static <A extends Record> HostResult work(
            Call<A> call, Change<A, ?> tool, Host host, Observer observer) throws Stopped {
        var following = tool.following(call.arguments()).orElseThrow();
        HostResult look = observer.look(following.look(Optional.empty()), host, Step.Purpose.CHECK);
        if (look.reading().isEmpty()) {
            throw new Stopped(look.outcome());
        }
        Stage stage = following.stage(new Observed(look.call(), look.reading().get()));
        if (stage instanceof Stage.Running running) {
            throw Stopped.of(
                    Outcome.Kind.UNKNOWN,
                    Bilingual.of(
                            "it still goes on: {0}; settle it when it ended",
                            "仍在进行：{0}；结束后再来确认", running.says()));
        }
        return look;
    }

    private static Stopped gone(String en, String zh) {
        return Stopped.of(
                Outcome.Kind.INVALID,
                Bilingual.of(
                        "there is no {0} any more; look yourself, then settle it with --saw",
                        "已不存在{1}；请自行查看后用 --saw 说明结果", en, zh));
    }

    private static TurnResult ended(
            Request request, Journal journal, Outcome outcome, List<HostResult> results) {
        List<Narrator.Sentence> answer =
                Narrator.answer(
                        results.stream().map(HostResult::evidence).toList(), request.language());
        Outcome end = outcome;
        try {
            journal.answer(outcome, answer, "", List.of(), Usage.NONE);
            journal.checkpoint();
        } catch (RecordUnavailable unavailable) {
            end = Commands.stopped(unavailable).outcome();
        }
        return new TurnResult(
                request, end, Optional.empty(), Optional.empty(), results, answer, "", Usage.NONE);
    }
}
