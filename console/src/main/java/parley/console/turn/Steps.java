package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Request;
import parley.safety.gate.Approval;
import parley.safety.gate.Judged;
import parley.safety.gate.Step;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Observation;
import parley.tools.Proposal;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Commands commands;
    private final Observer observer;
    private final Changer changer;
    private final AtomicInteger evidence;

    /// @param said everything the operator typed in this conversation
    Steps(
            House house,
            Journal journal,
            Person person,
            Request request,
            String said,
            AtomicInteger evidence) {
        this.house = house;
        this.journal = journal;
        this.person = person;
        this.said = said;
        this.evidence = evidence;
        this.commands = new Commands(house, journal, person, request.language());
        this.observer = new Observer(house, commands, evidence);
        this.changer = new Changer(house, commands, observer, person, evidence);
    }

    /// What is ready to be changed: by item, in the order of its hosts.
    private final Map<Integer, List<Changer.Prepared<?>>> ready = new HashMap<>();

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
                                said,
                                outputs(seen)));
            } catch (Stopped refused) {
                journal.refused(item, refused.outcome().says());
                throw refused;
            }
        }
        List<List<HostResult>> byItem = new ArrayList<>();
        Optional<Approval> approval = Optional.empty();
        boolean outputRead = !seen.isEmpty();
        ready.clear();
        for (int index = 0; index < items.size(); index++) {
            Bound bound = items.get(index);
            List<HostResult> own = new ArrayList<>();
            byItem.add(own);
            if (!bound.isChange()) {
                own.addAll(observe(bound, hostsFor(bound, byItem, own), outputRead));
            } else {
                if (!ready.containsKey(index)) {
                    Looking looking = look(items, index, byItem, outputRead);
                    own.addAll(looking.failed());
                    approval = looking.approval();
                }
                change(ready.getOrDefault(index, List.of()), approval, own);
            }
            results.addAll(own);
            own.forEach(result -> seen.add(seen(result)));
            if (own.stream().anyMatch(result -> endsPlan(bound, result.outcome()))) {
                return false;
            }
        }
        return true;
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
            HostResult result =
                    read.stream()
                            .filter(one -> one.host().equals(host.name()))
                            .findFirst()
                            .orElse(read.getFirst());
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

    private List<HostResult> observe(Bound bound, List<Host> hosts, boolean outputRead)
            throws InterruptedException {
        List<Callable<HostResult>> tasks = new ArrayList<>();
        for (Host host : hosts) {
            tasks.add(() -> observe(bound.call(), host, bound, outputRead));
        }
        person.progress(progress(bound, hosts));
        return Fleet.all(tasks);
    }

    private <A extends Record> HostResult observe(
            Call<A> call, Host host, Bound bound, boolean outputRead) throws InterruptedException {
        if (!(call.tool() instanceof Observation<A, ?> tool)) {
            throw new IllegalArgumentException("not an observation: " + call.tool().name());
        }
        return observer.observe(
                call, tool, host, Step.Purpose.CALL, bound.provenance(), outputRead);
    }

    /// @param failed hosts of the first item that cannot be changed, and why
    private record Looking(List<HostResult> failed, Optional<Approval> approval) {}

    /// Looks at every change from item `first` on whose condition can be checked by now, and asks
    /// once for all.
    private Looking look(
            List<Bound> items, int first, List<List<HostResult>> byItem, boolean outputRead)
            throws InterruptedException {
        List<HostResult> failed = new ArrayList<>();
        Map<Integer, List<Host>> hosts = new HashMap<>();
        Set<String> targets = new TreeSet<>();
        for (int index = first; index < items.size(); index++) {
            Bound bound = items.get(index);
            boolean decidable = bound.condition().filter(c -> c.item() >= first).isEmpty();
            if (bound.isChange() && decidable) {
                List<Host> own = hostsFor(bound, byItem, failed);
                hosts.put(index, own);
                own.forEach(host -> targets.add(host.name()));
            }
        }
        List<Judged> judged = new ArrayList<>();
        for (int index = first; index < items.size(); index++) {
            if (hosts.containsKey(index)) {
                Bound bound = items.get(index);
                person.progress(progress(bound, hosts.get(index)));
                List<Changer.Prepared<?>> prepared = new ArrayList<>();
                for (Changer.Looked looked :
                        changer.look(bound, hosts.get(index), targets, outputRead)) {
                    switch (looked) {
                        case Changer.Looked.Not not -> failed.add(not.result());
                        case Changer.Looked.Ready it -> {
                            prepared.add(it.prepared());
                            judged.addAll(it.prepared().steps());
                        }
                    }
                }
                ready.put(index, prepared);
            }
        }
        boolean broken = failed.stream().anyMatch(result -> result.outcome().exitCode() != 0);
        if (judged.isEmpty() || (broken && hosts.size() > 1)) {
            // Several steps belong together: with one impossible, none is begun.
            ready.replaceAll((index, prepared) -> List.of());
            return new Looking(failed, Optional.empty());
        }
        try {
            return new Looking(failed, commands.approval(judged));
        } catch (Stopped stopped) {
            for (Changer.Prepared<?> prepared :
                    ready.values().stream().flatMap(List::stream).toList()) {
                failed.add(
                        HostResult.without(
                                next(),
                                prepared.call(),
                                prepared.host().name(),
                                stopped.outcome()));
            }
            ready.replaceAll((index, prepared) -> List.of());
            return new Looking(failed, Optional.empty());
        }
    }

    /// One host after the other; the first that fails stops the rest.
    private void change(
            List<Changer.Prepared<?>> prepared, Optional<Approval> approval, List<HostResult> own)
            throws InterruptedException {
        try {
            journal.checkpoint();
        } catch (RecordUnavailable unavailable) {
            prepared.forEach(one ->
                    own.add(
                            HostResult.without(
                                    next(),
                                    one.call(),
                                    one.host().name(),
                                    Commands.stopped(unavailable).outcome())));
            return;
        }
        boolean failed = false;
        for (Changer.Prepared<?> one : prepared) {
            if (failed) {
                own.add(
                        HostResult.without(
                                next(),
                                one.call(),
                                one.host().name(),
                                Outcome.of(
                                        Outcome.Kind.NOT_BEGUN,
                                        Bilingual.of(
                                                "not begun, because a host before it failed",
                                                "未开始，因为前面的主机失败了"))));
                continue;
            }
            List<HostResult> results = changer.change(one, approval);
            own.addAll(results);
            failed = results.stream().anyMatch(result -> result.outcome().exitCode() != 0);
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

    private static List<String> outputs(List<Conversation.Seen> seen) {
        return seen.stream()
                .flatMap(one -> one.reading().stream())
                .map(JsonNode::toString)
                .toList();
    }

    private Conversation.Seen seen(HostResult result) {
        boolean allowed = house.hosts().named(result.host()).map(Host::modelAllowed).orElse(false);
        return new Conversation.Seen(
                result.id(),
                result.call().tool().name(),
                result.arguments(),
                result.host(),
                allowed
                        ? result.reading()
                                .map(reading ->
                                        Json.mapper().<JsonNode>valueToTree(reading.value()))
                        : Optional.empty(),
                result.reading().isPresent() && allowed
                        ? Optional.empty()
                        : Optional.of(result.outcome().says()));
    }
}
