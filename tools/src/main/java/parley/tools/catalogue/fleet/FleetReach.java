package parley.tools.catalogue.fleet;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Card;
import parley.tools.Clue;
import parley.tools.Composite;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Lead;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.catalogue.fleet.Reach.Pair;
import parley.tools.catalogue.fleet.Reach.Way;
import parley.tools.catalogue.network.NetProbe;
import parley.tools.catalogue.network.NetProbe.Kind;
import parley.tools.catalogue.network.NetProbe.Probe;
import parley.tools.catalogue.network.ProbeAttempt.RoundTrip;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.ReachCheck;
import parley.tools.value.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which hosts reach which, and on which side it breaks.
///
/// It runs no command of its own: every host probes every other one (`net.probe`). Without checks
/// it sends echoes, and where none comes back tries the port of SSH, because a firewall that drops
/// echoes is no outage. A host that cannot be asked is *unknown* in its row, and told as a gap. A
/// refused connection means that the host is up.
public final class FleetReach implements Composite<FleetReach.Arguments, Reach> {
    private static final int MOST_HOSTS = 20;
    private static final int SSH = 22;
    private static final ReachCheck ECHO = new ReachCheck("icmp");

    public record Arguments(
            @Means(
                            en = "icmp, tcp:PORT; default icmp, then the port of SSH",
                            zh = "icmp、tcp:端口；默认先 icmp，不通再试 SSH 端口")
                    Optional<List<ReachCheck>> checks) {
        public Arguments {
            checks = checks.map(List::copyOf);
        }

        /// Those that this tool makes itself.
        List<ReachCheck> wanted() {
            List<ReachCheck> own =
                    checks.orElse(List.of()).stream()
                            .filter(one -> one.isEcho() || one.port().isPresent())
                            .distinct()
                            .toList();
            return own.isEmpty() ? List.of(ECHO) : own;
        }

        boolean isPlain() {
            return checks.filter(some -> !some.isEmpty()).isEmpty();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "fleet.reach",
                "fleet",
                Bilingual.of("Which hosts reach which", "主机之间是否互通"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("can all hosts reach each other", "所有主机互相通不通"),
                Bilingual.of("connectivity matrix of prod", "生产机器之间的连通性矩阵"),
                Bilingual.of("do all prod hosts see each other", "生产机器两两之间通吗"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean together() {
        return true;
    }

    @Override
    public int mostCalls(int about) {
        return 2 * MOST_HOSTS * MOST_HOSTS;
    }

    @Override
    public Ahead<Reach> next(Arguments arguments, List<Host> about, Hosts hosts, List<Clue> soFar) {
        List<Host> asked = about.stream().limit(MOST_HOSTS).toList();
        List<Host> targets = targets(asked, hosts);
        if (soFar.isEmpty()) {
            List<Lead> leads = new ArrayList<>();
            for (Host from : asked) {
                for (Host to : targets) {
                    if (!from.equals(to)) {
                        arguments.wanted().forEach(check -> leads.add(lead(from, to, check)));
                    }
                }
            }
            if (!leads.isEmpty()) {
                return new Ahead.Look<>(leads);
            }
        }
        List<Pair> pairs = pairs(arguments.wanted(), asked, targets, soFar);
        if (arguments.isPlain()) {
            List<Lead> again = again(pairs, asked, targets);
            if (soFar.stream().noneMatch(one -> again.contains(one.lead())) && !again.isEmpty()) {
                return new Ahead.Look<>(again);
            }
            pairs = pairs.stream().map(pair -> better(pair, asked, targets, soFar)).toList();
        }
        return new Ahead.Concluded<>(ReachMatrix.reading(arguments, about, asked, pairs));
    }

    /// One host alone is asked about all others that have an address.
    private static List<Host> targets(List<Host> asked, Hosts hosts) {
        return (asked.size() == 1 ? hosts.all() : asked)
                .stream().filter(host -> !host.isLocal()).limit(MOST_HOSTS).toList();
    }

    private static Lead lead(Host from, Host to, ReachCheck check) {
        Target target = new Target(to.address().orElse(to.name()));
        return new Lead(from, new Call<>(new NetProbe(), probe(target, check)));
    }

    private static NetProbe.Arguments probe(Target target, ReachCheck check) {
        return check.port()
                .map(port -> NetProbe.Arguments.tcp(target, port))
                .orElseGet(() ->
                        new NetProbe.Arguments(
                                Optional.of(Kind.ICMP),
                                target,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new Count(2)),
                                Optional.of(new Count(2))));
    }

    private static List<Pair> pairs(
            List<ReachCheck> checks, List<Host> asked, List<Host> targets, List<Clue> clues) {
        List<Pair> pairs = new ArrayList<>();
        for (Host from : asked) {
            for (Host to : targets) {
                if (!from.equals(to)) {
                    checks.forEach(check -> pairs.add(pair(from, to, check, clues)));
                }
            }
        }
        return pairs;
    }

    private static Pair pair(Host from, Host to, ReachCheck check, List<Clue> clues) {
        Lead lead = lead(from, to, check);
        Optional<Probe> probe =
                clues.stream()
                        .filter(one -> one.lead().equals(lead))
                        .findFirst()
                        .flatMap(Clue::reading)
                        .map(Reading::value)
                        .filter(Probe.class::isInstance)
                        .map(Probe.class::cast);
        return new Pair(
                new HostText(from.name()),
                new HostText(to.name()),
                new HostText(check.value()),
                probe.map(FleetReach::way).orElse(Way.UNKNOWN),
                probe.flatMap(FleetReach::milliseconds));
    }

    private static Way way(Probe probe) {
        return switch (probe.outcome()) {
            case OK -> Way.OK;
            case REFUSED -> Way.REFUSED;
            case TIMEOUT -> Way.TIMEOUT;
            case NO_ROUTE, BLOCKED -> Way.NO_ROUTE;
            case NO_ANSWER, TLS_ERROR, FORBIDDEN -> Way.BROKEN;
        };
    }

    private static Optional<Double> milliseconds(Probe probe) {
        return probe.attempts().stream()
                .filter(one -> probe.ok())
                .flatMap(one ->
                        one.roundTrip().map(RoundTrip::avgMs).or(() -> one.connectMs()).stream())
                .findFirst();
    }

    private static Lead second(Pair pair, List<Host> asked, List<Host> targets) {
        Host from = named(asked, pair.from());
        Host to = named(targets, pair.to());
        return lead(from, to, new ReachCheck("tcp:" + to.port().orElse(SSH)));
    }

    private static Host named(List<Host> hosts, HostText name) {
        return hosts.stream()
                .filter(one -> one.name().equals(name.value()))
                .findFirst()
                .orElseThrow();
    }

    /// The port of SSH, where no echo came back.
    private static List<Lead> again(List<Pair> pairs, List<Host> asked, List<Host> targets) {
        return pairs.stream()
                .filter(pair -> !pair.way().arrives() && pair.way() != Way.UNKNOWN)
                .map(pair -> second(pair, asked, targets))
                .toList();
    }

    private static Pair better(Pair pair, List<Host> asked, List<Host> targets, List<Clue> clues) {
        if (pair.way().arrives() || pair.way() == Way.UNKNOWN) {
            return pair;
        }
        Host to = named(targets, pair.to());
        ReachCheck check = new ReachCheck("tcp:" + to.port().orElse(SSH));
        Pair other = pair(named(asked, pair.from()), to, check, clues);
        return other.way().arrives() ? other : pair;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Reach> reading) {
        return ReachFindings.of(reading.value());
    }
}
