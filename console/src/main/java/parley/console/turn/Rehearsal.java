package parley.console.turn;

import parley.console.reach.NotRun;
import parley.safety.gate.Card;
import parley.safety.gate.Circumstances;
import parley.safety.gate.Judged;
import parley.safety.gate.Provenance;
import parley.safety.gate.Step;
import parley.safety.policy.Situation;
import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Composite;
import parley.tools.Host;
import parley.tools.Language;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a proposal would run and how it would be judged, without touching any host. What only a
/// look at the host can tell (its family, the preview) is left open, so a verdict can still rise
/// when it runs.
public final class Rehearsal {
    private final House house;

    public Rehearsal(House house) {
        this.house = house;
    }

    /// The first command of every item on every host, judged.
    ///
    /// @param card what would be approved; empty when nothing needs a person
    public record Rehearsed(List<List<Judged>> items, Optional<Card> card) {}

    /// @throws Refusal when an item does not exist in catalogue, schema or inventory
    public Rehearsed rehearse(Proposal proposal, String words, Language language) throws Refusal {
        List<List<Judged>> items = new ArrayList<>();
        try {
            for (Proposal.Item item : proposal.items()) {
                Bound bound =
                        Bound.bind(
                                proposal, item, house.catalogue(), house.hosts(), words, List.of());
                Set<String> targets = new TreeSet<>(item.hosts());
                List<Judged> judged = new ArrayList<>();
                for (Host host : bound.hosts()) {
                    judged.addAll(steps(bound.call(), host, bound.provenance(), targets));
                }
                items.add(judged);
            }
        } catch (Stopped stopped) {
            throw new Refusal(stopped.outcome());
        }
        List<Judged> asking =
                items.stream()
                        .flatMap(List::stream)
                        .filter(one -> one.verdict().rung() >= 1 && one.verdict().rung() <= 3)
                        .toList();
        Optional<Card> card =
                asking.isEmpty()
                        ? Optional.empty()
                        : Optional.of(house.gate().card(asking, language));
        return new Rehearsed(items, card);
    }

    private <A extends Record> List<Judged> steps(
            Call<A> call, Host host, Map<String, Provenance> provenance, Set<String> targets) {
        Platform platform = house.platforms().of(host.name()).orElse(Platform.UNSEEN);
        List<Argv> commands =
                switch (call.tool()) {
                    case Observation<A, ?> tool ->
                            switch (tool.next(call.arguments(), platform, List.of())) {
                                case Next.Run run -> List.of(run.argv());
                                case Next.Done ignored -> List.<Argv>of();
                                case Next.NotSupported ignored -> List.<Argv>of();
                            };
                    // Its calls depend on what the ones before them read; each is judged for
                    // itself. What can be said before is whether the whole is permitted.
                    case Composite<A, ?> tool -> List.of(Argv.of(tool.name()));
                    case Change<A, ?> tool ->
                            tool.commands(
                                    call.arguments(),
                                    Preview.unseen(platform, Looking.holder(house.actor())));
                };
        List<Judged> judged = new ArrayList<>();
        Share share = Share.of(house.hosts(), host, targets);
        for (Argv argv : commands) {
            Step step =
                    new Step(
                            call,
                            host,
                            argv,
                            elevation(argv, host),
                            Step.Purpose.CALL,
                            provenance,
                            hostKey(host));
            Circumstances plain = Circumstances.observing(house.actor(), host.name());
            Circumstances circumstances =
                    new Circumstances(
                                    plain.actor(),
                                    targets,
                                    share.size(),
                                    share.hit(),
                                    call.risk(),
                                    Set.of(),
                                    Set.of(),
                                    List.of(),
                                    List.of(),
                                    false)
                            .in(situation(call, host));
            judged.add(new Judged(step, circumstances, house.gate().judge(step, circumstances)));
        }
        return judged;
    }

    private Situation situation(Call<?> call, Host host) {
        String person = house.actor().id();
        return call.tool() instanceof Change<?, ?>
                ? house.situations().changing(host, person)
                : house.situations().observing(host, person);
    }

    private String hostKey(Host host) {
        try {
            return house.reach().hostKey(host);
        } catch (NotRun unreadable) {
            return "";
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private Step.Elevation elevation(Argv argv, Host host) {
        if (argv.privilege() == Argv.Privilege.LOGIN || host.become() == Host.Become.NONE) {
            return Step.Elevation.NONE;
        }
        return isRoot(host) ? Step.Elevation.NONE : Step.Elevation.SUDO;
    }

    /// Whether commands run as root without sudo, as far as that is known without connecting.
    private boolean isRoot(Host host) {
        if (!host.isLocal()) {
            return host.user().filter("root"::equals).isPresent();
        }
        try {
            return house.reach().login(host).root();
        } catch (NotRun unknown) {
            return false;
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A proposal that cannot be rehearsed because part of it does not exist.
    public static final class Refusal extends Exception {
        private final transient Outcome outcome;

        Refusal(Outcome outcome) {
            super(outcome.says().en());
            this.outcome = outcome;
        }

        public Outcome outcome() {
            return outcome;
        }

        public Bilingual why() {
            return outcome.says();
        }
    }
}
