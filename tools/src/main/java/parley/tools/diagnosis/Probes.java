package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.network.NetProbe;
import parley.tools.catalogue.network.NetProbe.Kind;
import parley.tools.catalogue.network.NetProbe.Probe;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.BadValue;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.util.List;
import java.util.Optional;

/// Probes that diagnoses make: of targets that were asked about or stand in the inventory only.
final class Probes {
    static final Target LOOPBACK = new Target("127.0.0.1");

    private Probes() {}

    static Lead tcp(Host from, Target target, Port port) {
        return lead(from, Kind.TCP, target, Optional.of(port));
    }

    static Lead icmp(Host from, Target target) {
        return lead(from, Kind.ICMP, target, Optional.empty());
    }

    private static Lead lead(Host from, Kind kind, Target target, Optional<Port> port) {
        return new Lead(
                from,
                new Call<>(
                        new NetProbe(),
                        new NetProbe.Arguments(
                                Optional.of(kind),
                                target,
                                port,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    /// The address of `host` in the inventory; empty for this machine itself.
    static Optional<Target> address(Host host) {
        try {
            return host.address().map(Target::new);
        } catch (BadValue odd) {
            return Optional.empty();
        }
    }

    /// Other hosts that can try from where they are; at most `most`.
    static List<Host> peers(Case about, Host but, int most) {
        return about.hosts().all().stream()
                .filter(host -> !host.name().equals(but.name()) && !host.isLocal())
                .limit(most)
                .toList();
    }

    static Optional<Seen<Probe>> seen(Case about, Lead lead) {
        return about.seen(lead, Probe.class);
    }

    /// `connection refused`, `no answer`, …
    static String en(Probe probe) {
        return switch (probe.outcome()) {
            case OK -> "it answers";
            case REFUSED -> "the connection is refused";
            case TIMEOUT -> "no answer in time";
            case NO_ROUTE -> "no route to it";
            case BLOCKED -> "it is blocked";
            case NO_ANSWER -> "no answer";
            case TLS_ERROR -> "the TLS handshake fails";
            case FORBIDDEN -> "it is forbidden";
        };
    }

    static String zh(Probe probe) {
        return switch (probe.outcome()) {
            case OK -> "有应答";
            case REFUSED -> "连接被拒绝";
            case TIMEOUT -> "超时无应答";
            case NO_ROUTE -> "没有到达的路由";
            case BLOCKED -> "被阻断";
            case NO_ANSWER -> "没有应答";
            case TLS_ERROR -> "TLS 握手失败";
            case FORBIDDEN -> "被禁止";
        };
    }
}
