package parley.console.turn;

import parley.safety.gate.Approval;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One item of a plan and how far it got: its results, and for a change what was looked at and
/// approved.
final class PlanItem {
    private final Bound bound;
    private final int index;
    private final List<HostResult> results = new ArrayList<>();
    private Optional<List<Prepared<?>>> ready = Optional.empty();
    private Optional<Approval> approval = Optional.empty();

    PlanItem(Bound bound, int index) {
        this.bound = bound;
        this.index = index;
    }

    Bound bound() {
        return bound;
    }

    boolean isChange() {
        return bound.isChange();
    }

    /// What came of it so far, in order.
    List<HostResult> results() {
        return List.copyOf(results);
    }

    void add(List<HostResult> more) {
        results.addAll(more);
    }

    void add(HostResult one) {
        results.add(one);
    }

    /// Whether it was looked at and asked about, whatever came of that.
    boolean isLookedAt() {
        return ready.isPresent();
    }

    void ready(List<Prepared<?>> prepared) {
        ready = Optional.of(List.copyOf(prepared));
    }

    /// It can only be looked at later: what looking came to by now is forgotten.
    void later() {
        ready = Optional.empty();
        results.clear();
    }

    List<Prepared<?>> ready() {
        return ready.orElse(List.of());
    }

    Optional<Approval> approval() {
        return approval;
    }

    void approved(Optional<Approval> given) {
        approval = given;
    }

    /// None of what is ready will be done, and each host of it is told why.
    void giveUp(Outcome why, EvidenceIds evidence) {
        for (Prepared<?> one : ready()) {
            results.add(HostResult.without(evidence.next(), one.call(), one.host().name(), why));
        }
        ready = Optional.of(List.of());
    }

    /// Whether its condition, where it has one, rests on an item before `first` only.
    boolean isDecidableBefore(int first) {
        return bound.condition().filter(condition -> condition.item() >= first).isEmpty();
    }

    /// Whether the plan ends with it: a failed change ends it; so does whatever must end
    /// everything.
    boolean endsPlan() {
        return results.stream()
                .map(HostResult::outcome)
                .anyMatch(outcome ->
                        switch (outcome) {
                            case Outcome.Done ignored -> false;
                            case Outcome.Ended ended ->
                                    (isChange() && ended.exitCode() != 0)
                                            || ended.kind() == Outcome.Kind.CANCELLED
                                            || ended.kind() == Outcome.Kind.RECORD_UNAVAILABLE;
                        });
    }

    /// The hosts on which its condition holds; for the others a result says why nothing was done.
    ///
    /// @param items all items of the plan
    List<Host> decide(List<PlanItem> items) {
        if (bound.condition().isEmpty()) {
            return bound.hosts();
        }
        Proposal.Condition condition = bound.condition().get();
        List<HostResult> read = items.get(condition.item()).results();
        List<Host> hosts = new ArrayList<>();
        for (Host host : bound.hosts()) {
            // The reading of this host; a condition on another single host's reading counts for
            // all.
            Optional<HostResult> about =
                    read.stream()
                            .filter(one -> one.host().equals(host.name()))
                            .findFirst()
                            .or(() -> read.stream().findFirst());
            if (about.isPresent() && holds(condition, about.get(), host)) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private boolean holds(Proposal.Condition condition, HostResult read, Host host) {
        Outcome why;
        try {
            if (Conditions.holds(condition, read)) {
                return true;
            }
            why =
                    Outcome.of(
                            Outcome.Kind.SKIPPED,
                            Bilingual.of("nothing done: the condition does not hold", "未执行：条件不成立"));
        } catch (Stopped unknown) {
            why = unknown.outcome();
        }
        results.add(HostResult.without(read.id(), bound.call(), host.name(), why));
        return false;
    }

    int index() {
        return index;
    }
}
