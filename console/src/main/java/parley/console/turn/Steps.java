package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Request;
import parley.safety.gate.Approval;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Judged;
import parley.safety.gate.Sanitiser;
import parley.safety.gate.Step;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Observation;
import parley.tools.Proposal;
import parley.tools.Reading;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries out one proposal: items in their order, hosts of an observation together, hosts of a
/// change one by one.
final class Steps {
    private final House house;
    private final Journal journal;
    private final Person person;
    private final String said;
    private final List<String> heard;
    private final Commands commands;
    private final Observer observer;
    private final Changer changer;
    private final AtomicInteger evidence;

    /// @param said everything the operator typed in this conversation
    /// @param heard what hosts printed in earlier requests of this conversation
    Steps(
            House house,
            Journal journal,
            Person person,
            Request request,
            String said,
            List<String> heard,
            AtomicInteger evidence) {
        this.house = house;
        this.journal = journal;
        this.person = person;
        this.said = said;
        this.heard = List.copyOf(heard);
        this.evidence = evidence;
        this.commands = new Commands(house, journal, person, request.language());
        this.observer = new Observer(house, commands, evidence);
        this.changer = new Changer(house, commands, observer, person, evidence);
    }

    /// What is ready to be changed: by item, in the order of its hosts.
    private final Map<Integer, List<Changer.Prepared<?>>> ready = new HashMap<>();

    /// Which approval covers a ready item: items decided later have a card of their own.
    private final Map<Integer, Approval> approvals = new HashMap<>();

    /// What will not be changed, and why: by item, told when its turn comes.
    private final Map<Integer, List<HostResult>> aside = new HashMap<>();

    /// Runs `proposal`, adding to `results` and `seen`.
    ///
    /// @return whether it came to its end; false when something stopped it
    /// @throws Stopped when an item does not exist in catalogue, schema or inventory; nothing of
    ///   the plan has run
    boolean run(Proposal proposal, List<HostResult> results, List<Conversation.Seen> seen)
            throws Stopped, RecordUnavailable, InterruptedException {
        List<Bound> items = new ArrayList<>();
        for (Proposal.Item item : proposal.items()) {
            try {
                items.add(
                        Bound.bind(
                                proposal,
                                item,
                                house.catalogue(),
                                house.hosts(),
                                words(),
                                outputs(seen)));
            } catch (Stopped refused) {
                journal.refused(item, refused.outcome().says());
                throw refused;
            }
        }
        List<List<HostResult>> byItem = new ArrayList<>();
        boolean outputRead = !seen.isEmpty();
        ready.clear();
        aside.clear();
        approvals.clear();
        for (int index = 0; index < items.size(); index++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled between two steps");
            }
            Bound bound = items.get(index);
            List<HostResult> own = new ArrayList<>();
            byItem.add(own);
            if (!bound.isChange()) {
                own.addAll(observe(bound, hostsFor(bound, byItem, own), outputRead));
            } else {
                if (!ready.containsKey(index)) {
                    look(items, index, byItem, outputRead);
                }
                own.addAll(aside.getOrDefault(index, List.of()));
                change(
                        ready.getOrDefault(index, List.of()),
                        Optional.ofNullable(approvals.get(index)),
                        own);
            }
            results.addAll(own);
            own.forEach(result -> seen.add(seen(result)));
            if (own.stream().anyMatch(result -> endsPlan(bound, result.outcome()))) {
                notBegun(items, index, results);
                return false;
            }
        }
        return true;
    }

    /// What was looked at for later items and is now not done is told, too.
    private void notBegun(List<Bound> items, int ended, List<HostResult> results) {
        for (int index = ended + 1; index < items.size(); index++) {
            results.addAll(aside.getOrDefault(index, List.of()));
            for (Changer.Prepared<?> prepared : ready.getOrDefault(index, List.of())) {
                results.add(
                        without(
                                prepared,
                                Outcome.of(
                                        Outcome.Kind.NOT_BEGUN,
                                        Bilingual.of(
                                                "not begun, because a step before it did not"
                                                        + " succeed",
                                                "未开始，因为前面的步骤没有成功"))));
            }
        }
    }

    /// A failed change ends the plan; so does whatever must end everything.
    private static boolean endsPlan(Bound bound, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done ignored -> false;
            case Outcome.Ended ended ->
                    (bound.isChange() && ended.exitCode() != 0)
                            || ended.kind() == Outcome.Kind.CANCELLED
                            || ended.kind() == Outcome.Kind.RECORD_UNAVAILABLE;
        };
    }

    /// The hosts on which the item's condition holds; for the others a result says why nothing was
    /// done.
    private static List<Host> hostsFor(
            Bound bound, List<List<HostResult>> byItem, List<HostResult> own) {
        if (bound.condition().isEmpty()) {
            return bound.hosts();
        }
        Proposal.Condition condition = bound.condition().get();
        List<Host> hosts = new ArrayList<>();
        for (Host host : bound.hosts()) {
            List<HostResult> read = byItem.get(condition.item());
            // The reading of this host; a condition on another single host's reading counts for
            // all.
            Optional<HostResult> about =
                    read.stream()
                            .filter(one -> one.host().equals(host.name()))
                            .findFirst()
                            .or(() -> read.stream().findFirst());
            if (about.isEmpty()) {
                continue;
            }
            HostResult result = about.get();
            try {
                if (Conditions.holds(condition, result)) {
                    hosts.add(host);
                } else {
                    own.add(
                            HostResult.without(
                                    result.id(),
                                    bound.call(),
                                    host.name(),
                                    Outcome.of(
                                            Outcome.Kind.SKIPPED,
                                            Bilingual.of(
                                                    "nothing done: the condition does not hold",
                                                    "未执行：条件不成立"))));
                }
            } catch (Stopped unknown) {
                own.add(
                        HostResult.without(
                                result.id(), bound.call(), host.name(), unknown.outcome()));
            }
        }
        return hosts;
    }

    private List<HostResult> observe(Bound bound, List<Host> hosts, boolean outputRead) {
        List<Callable<HostResult>> tasks = new ArrayList<>();
        for (Host host : hosts) {
            tasks.add(() -> observe(bound.call(), host, bound, outputRead));
        }
        person.progress(progress(bound, hosts));
        return Fleet.all(tasks);
    }

    private <A extends Record> HostResult observe(
            Call<A> call, Host host, Bound bound, boolean outputRead) {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException("not an observation: " + call.tool().name());
        }
        return observer.observe(
                call, tool, host, Step.Purpose.CALL, bound.provenance(), outputRead);
    }

    /// Looks at every change from item `first` on whose condition can be checked by now, and asks
    /// once for all of them.
    private void look(
            List<Bound> items, int first, List<List<HostResult>> byItem, boolean outputRead) {
        Map<Integer, List<Host>> hosts = new TreeMap<>();
        Set<String> targets = new TreeSet<>();
        for (int index = first; index < items.size(); index++) {
            Bound bound = items.get(index);
            boolean decidable = bound.condition().filter(c -> c.item() >= first).isEmpty();
            if (bound.isChange() && decidable && !ready.containsKey(index)) {
                List<HostResult> skipped = new ArrayList<>();
                hosts.put(index, hostsFor(bound, byItem, skipped));
                aside.put(index, skipped);
            }
            if (bound.isChange()) {
                // A change that is not decided yet may still come: it counts for how much is hit.
                bound.hosts().forEach(host -> targets.add(host.name()));
            }
        }
        List<Judged> judged = new ArrayList<>();
        boolean broken = false;
        for (Map.Entry<Integer, List<Host>> entry : hosts.entrySet()) {
            Bound bound = items.get(entry.getKey());
            person.progress(progress(bound, entry.getValue()));
            List<Changer.Prepared<?>> prepared = new ArrayList<>();
            for (Changer.Looked looked :
                    changer.look(bound, entry.getValue(), targets, outputRead)) {
                switch (looked) {
                    case Changer.Looked.Not not -> {
                        broken = true;
                        aside.getOrDefault(entry.getKey(), new ArrayList<>()).add(not.result());
                    }
                    case Changer.Looked.Ready it -> {
                        prepared.add(it.prepared());
                        judged.addAll(it.prepared().all());
                    }
                }
            }
            ready.put(entry.getKey(), prepared);
        }
        if (judged.isEmpty()) {
            return;
        }
        if (broken && hosts.size() > 1) {
            giveUp(
                    hosts.keySet(),
                    Outcome.of(
                            Outcome.Kind.NOT_BEGUN,
                            Bilingual.of(
                                    "not begun, because another step of the plan cannot be done",
                                    "未开始，因为方案中的另一步无法执行")));
            return;
        }
        try {
            commands.approval(judged)
                    .ifPresent(approval ->
                            hosts.keySet().forEach(item -> approvals.put(item, approval)));
        } catch (Stopped stopped) {
            giveUp(hosts.keySet(), stopped.outcome());
        } catch (InterruptedException cancel) {
            giveUp(hosts.keySet(), Observer.cancelled());
        }
    }

    /// Several steps belong together: when they are not approved, or one is impossible, none is
    /// begun, and each of them is told.
    private void giveUp(Set<Integer> items, Outcome outcome) {
        for (int index : items) {
            for (Changer.Prepared<?> prepared : ready.getOrDefault(index, List.of())) {
                aside.getOrDefault(index, new ArrayList<>()).add(without(prepared, outcome));
            }
            ready.put(index, List.of());
        }
    }

    private HostResult without(Changer.Prepared<?> prepared, Outcome outcome) {
        return HostResult.without(next(), prepared.call(), prepared.host().name(), outcome);
    }

    /// One host after the other; the first that fails, or a cancel, stops the rest.
    private void change(
            List<Changer.Prepared<?>> prepared, Optional<Approval> approval, List<HostResult> own) {
        try {
            journal.checkpoint();
        } catch (RecordUnavailable unavailable) {
            prepared.forEach(one -> own.add(without(one, Commands.stopped(unavailable).outcome())));
            return;
        }
        boolean stopped = false;
        for (Changer.Prepared<?> one : prepared) {
            if (stopped || Thread.currentThread().isInterrupted()) {
                own.add(
                        without(
                                one,
                                Outcome.of(
                                        Outcome.Kind.NOT_BEGUN,
                                        Bilingual.of(
                                                "not begun, because a host before it failed or it"
                                                        + " was cancelled",
                                                "未开始，因为前面的主机失败了或已被取消"))));
                continue;
            }
            List<HostResult> results = changer.change(one, approval);
            own.addAll(results);
            stopped = results.stream().anyMatch(result -> result.outcome().exitCode() != 0);
        }
    }

    private String next() {
        return "#" + evidence.incrementAndGet();
    }

    private static Bilingual progress(Bound bound, List<Host> hosts) {
        return Bilingual.same(
                bound.call().tool().name()
                        + " · "
                        + String.join(", ", hosts.stream().map(Host::name).toList()));
    }

    /// Everything of hosts' outputs that a planner was shown, value by value and as a whole.
    private List<String> outputs(List<Conversation.Seen> seen) {
        List<String> outputs = new ArrayList<>(heard);
        for (Conversation.Seen one : seen) {
            one.problem().ifPresent(problem -> outputs.add(problem.en()));
            one.reading().ifPresent(reading -> leaves(reading, outputs));
        }
        return outputs;
    }

    /// What the operator typed, the reasons of a no included.
    private String words() {
        return said + "\n" + String.join("\n", commands.reasons());
    }

    /// How often the person said no so far, with a reason or without.
    int denials() {
        return commands.reasons().size();
    }

    static void leaves(JsonNode node, List<String> texts) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, texts));
        } else {
            texts.add(node.asText());
            texts.add(Sanitiser.line(node.asText()));
        }
    }

    /// Whether the policies let this reading go to a model.
    private boolean mayShow(HostResult result, Host host) {
        Circumstances circumstances =
                Circumstances.observing(house.actor(), host.name())
                        .in(house.situations().observing(host, house.actor().id()));
        return house.gate().mayShow(result.call(), host, circumstances).allowed();
    }

    private Conversation.Seen seen(HostResult result) {
        boolean allowed =
                house.hosts()
                        .named(result.host())
                        .filter(host -> mayShow(result, host))
                        .isPresent();
        Optional<Reading<?>> reading = allowed ? result.reading() : Optional.empty();
        List<Bilingual> missing = new ArrayList<>();
        if (reading.isEmpty()) {
            missing.add(result.outcome().says());
        } else {
            missing.addAll(reading.get().gaps());
            if (result.truncated()) {
                missing.add(Bilingual.of("the output was cut", "输出已截断"));
            }
        }
        return new Conversation.Seen(
                result.id(),
                result.call().tool().name(),
                result.arguments(),
                result.host(),
                reading.map(read -> Json.mapper().<JsonNode>valueToTree(read.value())),
                missing.stream()
                        .reduce((one, other) ->
                                Bilingual.of(
                                        one.en() + "; " + other.en(),
                                        one.zh() + "；" + other.zh())));
    }
}
