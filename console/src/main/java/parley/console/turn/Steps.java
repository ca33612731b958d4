package parley.console.turn;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Request;
import parley.safety.gate.Judged;
import parley.safety.gate.Pace;
import parley.safety.gate.Step;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Composite;
import parley.tools.Host;
import parley.tools.Observation;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// Carries out one proposal: items in their order, hosts of an observation together, hosts of a
/// change in waves.
final class Steps {
    private final House house;
    private final Journal journal;
    private final Person person;
    private final String said;
    private final boolean asksModel;
    private final List<String> heard;
    private final Commands commands;
    private final Observer observer;
    private final Diagnosing diagnosing;
    private final Looking looking;
    private final Rollout rollout;
    private final EvidenceIds evidence = new EvidenceIds();

    /// @param said everything the operator typed in this conversation
    /// @param heard what hosts printed in earlier requests of this conversation
    /// @param asksModel whether what is read goes to a model; who decided that, and how, is
    ///   recorded
    Steps(
            House house,
            Journal journal,
            Person person,
            Request request,
            String said,
            List<String> heard,
            Pace pace,
            boolean asksModel) {
        this.asksModel = asksModel;
        this.heard = List.copyOf(heard);
        this.house = house;
        this.journal = journal;
        this.person = person;
        this.said = said;
        this.commands = new Commands(house, journal, person, request.language(), pace);
        this.observer = new Observer(house, commands, evidence);
        this.diagnosing = new Diagnosing(house, commands, observer, evidence, said, heard);
        this.looking = new Looking(house, commands, observer, evidence);
        Changer changer = new Changer(commands, observer, person, evidence);
        this.rollout = new Rollout(changer, person, pace, evidence);
    }

    /// Runs `proposal`, adding to `results` and `seen`.
    ///
    /// @return whether it came to its end; false when something stopped it
    /// @throws Stopped when an item does not exist in catalogue, schema or inventory; nothing of
    ///   the plan has run
    boolean run(Proposal proposal, List<HostResult> results, List<Conversation.Seen> seen)
            throws Stopped, RecordUnavailable, InterruptedException {
        List<PlanItem> items = bind(proposal, seen);
        boolean outputRead = !seen.isEmpty();
        for (PlanItem item : items) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled between two steps");
            }
            if (item.isChange()) {
                change(items, item, outputRead);
            } else {
                item.add(observe(item.bound(), item.decide(items), outputRead));
            }
            results.addAll(item.results());
            for (HostResult result : item.results()) {
                List<Shown.Visible> visible = Shown.visible(result, house);
                seen.add(Shown.seen(result, house, visible));
                if (asksModel) {
                    journal.shown(visible, house.gate().policies());
                }
            }
            if (item.endsPlan()) {
                notBegun(items.subList(item.index() + 1, items.size()), results);
                return false;
            }
        }
        return true;
    }

    private List<PlanItem> bind(Proposal proposal, List<Conversation.Seen> seen)
            throws Stopped, RecordUnavailable {
        List<PlanItem> items = new ArrayList<>();
        for (Proposal.Item item : proposal.items()) {
            try {
                Bound bound =
                        Bound.bind(
                                proposal,
                                item,
                                house.catalogue(),
                                house.hosts(),
                                words(),
                                Shown.outputs(heard, seen));
                items.add(new PlanItem(bound, items.size()));
            } catch (Stopped refused) {
                journal.refused(item, refused.outcome().says());
                throw refused;
            }
        }
        return items;
    }

    /// What the operator typed, the reasons of a no included.
    private String words() {
        return said + "\n" + String.join("\n", commands.reasons());
    }

    /// How often the person said no so far, with a reason or without.
    int denials() {
        return commands.reasons().size();
    }

    /// What was looked at for later items and is now not done is told, too.
    private void notBegun(List<PlanItem> later, List<HostResult> results) {
        for (PlanItem item : later) {
            item.giveUp(
                    Outcome.of(
                            Outcome.Kind.NOT_BEGUN,
                            Bilingual.of(
                                    "not begun, because a step before it did not succeed",
                                    "未开始，因为前面的步骤没有成功")),
                    evidence);
            results.addAll(item.results());
        }
    }

    private List<HostResult> observe(Bound bound, List<Host> hosts, boolean outputRead) {
        person.progress(progress(bound, hosts));
        List<Callable<HostResult>> tasks = new ArrayList<>();
        if (bound.call().tool() instanceof Composite<?, ?> tool && tool.together()) {
            if (!hosts.isEmpty()) {
                tasks.add(() -> observe(bound.call(), hosts, bound, outputRead));
            }
        } else {
            hosts.forEach(host ->
                    tasks.add(() -> observe(bound.call(), List.of(host), bound, outputRead)));
        }
        return Fleet.all(tasks);
    }

    private <A extends Record> HostResult observe(
            Call<A> call, List<Host> hosts, Bound bound, boolean outputRead) {
        return switch (call.tool()) {
            case Observation<A, ?> tool ->
                    observer.observe(
                            call,
                            tool,
                            hosts.getFirst(),
                            Step.Purpose.CALL,
                            bound.provenance(),
                            outputRead);
            case Composite<A, ?> tool ->
                    diagnosing.diagnose(call, tool, hosts, bound.provenance(), outputRead);
            case Change<A, ?> tool ->
                    throw new IllegalArgumentException("not an observation: " + tool.name());
        };
    }

    private void change(List<PlanItem> items, PlanItem item, boolean outputRead) {
        if (!item.isLookedAt()) {
            ask(items, item.index(), outputRead);
        }
        if (item.ready().isEmpty()) {
            return;
        }
        try {
            journal.checkpoint();
        } catch (RecordUnavailable unavailable) {
            item.giveUp(Commands.stopped(unavailable).outcome(), evidence);
            return;
        }
        item.add(rollout.run(item.ready(), item.approval()));
    }

    /// Looks at every change from item `first` on that can be looked at by now, and asks once for
    /// all of them.
    private void ask(List<PlanItem> items, int first, boolean outputRead) {
        List<PlanItem> changes =
                items.subList(first, items.size()).stream()
                        .filter(item -> item.isChange() && !item.isLookedAt())
                        .toList();
        // A change that is not decided yet may still come: it counts for how much is hit.
        Set<String> targets = new TreeSet<>();
        changes.forEach(item -> item.bound().hosts().forEach(host -> targets.add(host.name())));
        List<PlanItem> asked = new ArrayList<>();
        boolean broken = false;
        for (PlanItem item : changes) {
            if (item.isDecidableBefore(first)) {
                boolean possible = look(items, item, targets, outputRead);
                if (!possible && waitsFor(item, asked)) {
                    item.later();
                    person.notice(later(item));
                    continue;
                }
                broken |= !possible;
                asked.add(item);
            }
        }
        if (broken && asked.size() > 1) {
            giveUp(
                    asked,
                    Outcome.of(
                            Outcome.Kind.NOT_BEGUN,
                            Bilingual.of(
                                    "not begun, because another step of the plan cannot be done",
                                    "未开始，因为方案中的另一步无法执行")));
        } else {
            approve(asked);
        }
    }

    /// Whether a package step that is asked about now may bring what `item` does not find yet: a
    /// service is there only after its package.
    private static boolean waitsFor(PlanItem item, List<PlanItem> asked) {
        return item.bound().call().tool().card().group().equals("services")
                && asked.stream()
                        .anyMatch(before ->
                                before.bound().call().tool().card().group().equals("packages")
                                        && !before.ready().isEmpty()
                                        && before.bound()
                                                .hosts()
                                                .containsAll(item.bound().hosts()));
    }

    private static Bilingual later(PlanItem item) {
        String tool = item.bound().call().tool().name();
        int number = item.index() + 1;
        return Bilingual.of(
                "step {0} ({1}) can only be looked at after the steps before it; you are asked"
                        + " again then",
                "第 {0} 步（{1}）要等前面的步骤完成后才能查看，届时会再次询问", number, tool);
    }

    /// @return whether nothing is in its way on any host
    private boolean look(
            List<PlanItem> items, PlanItem item, Set<String> targets, boolean outputRead) {
        List<Host> hosts = item.decide(items);
        person.progress(progress(item.bound(), hosts));
        List<Prepared<?>> prepared = new ArrayList<>();
        boolean possible = true;
        List<HostResult> aside = new ArrayList<>();
        for (Looked looked : looking.look(item.bound(), hosts, targets, outputRead)) {
            switch (looked) {
                case Looked.Ready it -> prepared.add(it.prepared());
                case Looked.Needless not -> item.add(not.result());
                case Looked.Not not -> {
                    possible = false;
                    item.add(not.result());
                    aside.add(not.result());
                }
            }
        }
        item.ready(prepared);
        if (!prepared.isEmpty()) {
            aside.forEach(result -> person.notice(notOnCard(result)));
        }
        return possible;
    }

    /// Whoever approves the rest must know that this host is not part of it.
    private static Bilingual notOnCard(HostResult result) {
        Bilingual why = result.outcome().says();
        return Bilingual.of(
                "nothing will be changed on {0}: {1}", "不会在 {0} 上做任何改动：{1}", result.host(), why);
    }

    private void approve(List<PlanItem> asked) {
        List<Judged> judged =
                asked.stream()
                        .flatMap(item -> item.ready().stream())
                        .flatMap(one -> one.all().stream())
                        .toList();
        if (judged.isEmpty()) {
            return;
        }
        try {
            var approval = commands.approval(judged);
            asked.forEach(item -> item.approved(approval));
        } catch (Stopped stopped) {
            giveUp(asked, stopped.outcome());
        } catch (InterruptedException cancel) {
            giveUp(asked, Observer.cancelled());
        }
    }

    /// Several steps belong together: when they are not approved, or one is impossible, none is
    /// begun, and each of them is told.
    private void giveUp(List<PlanItem> items, Outcome outcome) {
        items.forEach(item -> item.giveUp(outcome, evidence));
    }

    private static Bilingual progress(Bound bound, List<Host> hosts) {
        return Bilingual.same(
                bound.call().tool().name()
                        + " · "
                        + String.join(", ", hosts.stream().map(Host::name).toList()));
    }
}
