package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.Stage;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.HttpPath;
import parley.tools.value.Port;
import parley.tools.value.Target;
import parley.tools.value.Whole;

import java.util.List;
import java.util.Optional;

/// Whether a host can reach an endpoint, and where it ends if not.
///
/// Sources: `getent ahosts` for a name, then for each of its first three addresses `ping` (icmp),
/// `curl` or `nc` (tcp), `openssl s_client` (tls), `curl` (http). Times are in milliseconds. Never
/// empty: a name that has no address, a refusal and silence are readings. Unreadable when the
/// program is missing or could not send at all. Silence to echoes does not prove that a host is
/// down. An HTTP answer of any status means that it is reached.
public final class NetProbe implements Observation<NetProbe.Arguments, NetProbe.Probe> {
    private static final long DEFAULT_COUNT = 3;
    private static final long DEFAULT_TIMEOUT = 3;
    private static final long HTTP = 80;
    private static final long HTTPS = 443;

    /// What is tried.
    public enum Kind {
        @Means(en = "ICMP", zh = "ICMP")
        ICMP,
        @Means(en = "TCP", zh = "TCP")
        TCP,
        @Means(en = "HTTP", zh = "HTTP")
        HTTP,
        @Means(en = "TLS", zh = "TLS")
        TLS
    }

    public record Arguments(
            @Means(
                            en =
                                    "icmp (echo), tcp (connect), http (GET) or tls (handshake);"
                                            + " without it: http with a path, tcp with a port,"
                                            + " else icmp",
                            zh =
                                    "icmp（回显）、tcp（连接）、http（GET）或 tls（握手）；不给出时：有路径用 http，有端口用 tcp，否则"
                                            + " icmp")
                    Optional<Kind> kind,
            @Means(en = "what is probed: a name or an address", zh = "探测目标：名称或地址") Target target,
            @Means(
                            en = "the port; needed for tcp, 80 for http, 443 for tls",
                            zh = "端口；tcp 必填，http 默认 80，tls 默认 443")
                    Optional<Port> port,
            @Means(en = "the path of an HTTP request (default /)", zh = "HTTP 请求路径（默认 /）")
                    Optional<HttpPath> path,
            @Means(en = "how many echoes (icmp only), default 3", zh = "回显次数（仅 icmp），默认 3")
                    @Whole(least = 1, most = 10)
                    Optional<Count> count,
            @Means(en = "seconds to wait for an answer, default 3", zh = "等待应答的秒数，默认 3")
                    @Whole(least = 1, most = 10)
                    Optional<Count> timeoutS) {
        public Arguments {
            requireNonNull(target, "target is null");
            Kind wanted = wanted(kind, port, path);
            if (wanted == Kind.TCP && port.isEmpty()) {
                throw new BadValue(Bilingual.of("a tcp probe needs a port", "tcp 探测需要给出端口"));
            }
            if (wanted == Kind.ICMP && port.isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "echoes have no port; leave it out, or use kind tcp",
                                "icmp 没有端口；请去掉 port，或改用 kind=tcp"));
            }
            if (path.isPresent() && (wanted == Kind.ICMP || wanted == Kind.TCP)) {
                throw new BadValue(
                        Bilingual.of(
                                "only kinds http and tls have a path", "只有 http 和 tls 探测可以给出路径"));
            }
        }

        /// A connection to a port, as other tools and diagnoses ask for it.
        public static Arguments tcp(Target target, Port port) {
            return new Arguments(
                    Optional.of(Kind.TCP),
                    target,
                    Optional.of(port),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /// Three echoes.
        public static Arguments icmp(Target target) {
            return new Arguments(
                    Optional.of(Kind.ICMP),
                    target,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private static Kind wanted(
                Optional<Kind> kind, Optional<Port> port, Optional<HttpPath> path) {
            Kind usual = port.isPresent() ? Kind.TCP : Kind.ICMP;
            return kind.orElse(path.isPresent() ? Kind.HTTP : usual);
        }

        Kind wanted() {
            return wanted(kind, port, path);
        }

        /// Whether an HTTP request goes over TLS: to its port, or when asked for.
        boolean isSecure() {
            return wanted() == Kind.TLS || portOrUsual().value() == HTTPS;
        }

        Port portOrUsual() {
            return port.orElse(new Port(wanted() == Kind.TLS ? HTTPS : HTTP));
        }

        long echoes() {
            return count.map(Count::value).orElse(DEFAULT_COUNT);
        }

        long seconds() {
            return timeoutS.map(Count::value).orElse(DEFAULT_TIMEOUT);
        }
    }

    /// What a probe found.
    ///
    /// @param ok whether any address answered as asked
    /// @param stage how far the best attempt got; `DNS` when the name has no address
    /// @param outcome that of the best attempt; of a name without addresses [Outcome#NO_ANSWER], or
    ///   [Outcome#TIMEOUT] when looking it up took too long
    /// @param lookupMs how long the name took, the way to the host included
    /// @param addresses how many addresses the name has, of which the first three are tried
    public record Probe(
            @Means(en = "kind", zh = "方式") Kind kind,
            @Means(en = "target", zh = "目标") Target target,
            @Means(en = "port", zh = "端口") Optional<Port> port,
            @Means(en = "reached", zh = "可达") boolean ok,
            @Means(en = "stage", zh = "阶段") Stage stage,
            @Means(en = "outcome", zh = "结果") Outcome outcome,
            @Means(en = "lookup ms", zh = "解析毫秒") Optional<Double> lookupMs,
            @Means(en = "addresses", zh = "地址数") long addresses,
            @Means(en = "attempts", zh = "各次尝试") List<ProbeAttempt> attempts) {
        public Probe {
            requireNonNull(kind, "kind is null");
            requireNonNull(target, "target is null");
            requireNonNull(port, "port is null");
            requireNonNull(stage, "stage is null");
            requireNonNull(outcome, "outcome is null");
            requireNonNull(lookupMs, "lookupMs is null");
            attempts = List.copyOf(attempts);
        }

        /// The attempt that got furthest; empty when the name has no address.
        public Optional<ProbeAttempt> best() {
            return attempts.stream()
                    .filter(ProbeAttempt::succeeded)
                    .findFirst()
                    .or(() ->
                            attempts.stream()
                                    .reduce((first, other) ->
                                            other.stage().compareTo(first.stage()) > 0
                                                    ? other
                                                    : first));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "net.probe",
                "network",
                Bilingual.of("Whether a host reaches an endpoint", "探测目标是否可达"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("ping 10.0.0.21 from web-1", "从 web-1 ping 一下 10.0.0.21"),
                Bilingual.of(
                        "can web-1 reach 10.0.0.21 on port 3306", "web-1 到 10.0.0.21 的 3306 通不通"),
                Bilingual.of("probe port 8080 on web-2", "探测一下 web-2 的 8080 端口"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        try {
            return ProbeSequence.of(arguments, soFar).wanted().map(Next::run).orElse(Next.done());
        } catch (Unreadable refused) {
            // what cannot be read ends the sequence; reading it says why
            return Next.done();
        }
    }

    @Override
    public Reading<Probe> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        ProbeSequence sequence = ProbeSequence.of(arguments, captures);
        Optional<NameLookup> lookup = sequence.lookup();
        Probe unnamed =
                new Probe(
                        arguments.wanted(),
                        arguments.target(),
                        arguments.wanted() == Kind.ICMP
                                ? Optional.empty()
                                : Optional.of(arguments.portOrUsual()),
                        false,
                        Stage.DNS,
                        lookup.filter(NameLookup::timedOut).isPresent()
                                ? Outcome.TIMEOUT
                                : Outcome.NO_ANSWER,
                        lookup.map(NameLookup::millis),
                        lookup.map(one -> one.addresses().size()).orElse(1),
                        sequence.attempts());
        return Reading.ok(
                unnamed.best()
                        .map(best ->
                                new Probe(
                                        unnamed.kind(),
                                        unnamed.target(),
                                        unnamed.port(),
                                        best.succeeded(),
                                        best.stage(),
                                        best.outcome(),
                                        unnamed.lookupMs(),
                                        unnamed.addresses(),
                                        unnamed.attempts()))
                        .orElse(unnamed));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Probe> reading) {
        return ProbeFindings.of(arguments, reading.value());
    }
}
