package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.network.NetFirewall;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.network.NetStats;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.value.Count;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a port cannot be reached, and on which side it breaks. With a target, from the host that was
/// asked about to that target; without one, the port of that host itself, tried from it and from
/// others.
final class PortUnreachable implements Diagnosis {
    private static final int MOST_PEERS = 2;

    @Override
    public Symptom symptom() {
        return Symptom.PORT_UNREACHABLE;
    }

    /// Who serves the port; empty for a target that is not in the inventory.
    static Optional<Host> server(Case about) {
        return about.target().isEmpty()
                ? Optional.of(about.host())
                : about.hosts().find(about.target().get().value());
    }

    /// Where the port is tried from.
    static List<Host> clients(Case about) {
        boolean elsewhere =
                about.target().isPresent() && server(about).filter(about.host()::equals).isEmpty();
        return elsewhere ? List.of(about.host()) : Probes.peers(about, about.host(), MOST_PEERS);
    }

    /// The name or address that clients use: what was said, else the inventory's address.
    static Optional<Target> target(Case about) {
        Optional<Host> server = server(about);
        boolean byName =
                about.target()
                        .filter(said ->
                                server.isEmpty()
                                        || server.get()
                                                .address()
                                                .filter(said.value()::equals)
                                                .isPresent())
                        .isPresent();
        return byName ? about.target() : server.flatMap(Probes::address);
    }

    static Optional<Port> port(Case about) {
        return about.port();
    }

    static Lead listeners(Host server) {
        return new Lead(
                server,
                new Call<>(
                        new NetSockets(),
                        new NetSockets.Arguments(
                                Optional.of(NetSockets.State.LISTEN),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    static Lead failed(Host server) {
        return new Lead(
                server,
                new Call<>(
                        new ServiceList(),
                        new ServiceList.Arguments(
                                Optional.of(ServiceList.State.FAILED),
                                Optional.empty(),
                                Optional.empty())));
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads = new ArrayList<>();
        if (port(about).isEmpty()) {
            server(about).ifPresent(host -> leads.add(listeners(host)));
            return leads;
        }
        Port port = port(about).get();
        for (Host client : clients(about)) {
            target(about)
                    .ifPresent(target -> {
                        leads.add(Probes.tcp(client, target, port));
                        if (client.equals(clients(about).getFirst())) {
                            leads.add(Probes.icmp(client, target));
                        }
                    });
        }
        server(about)
                .ifPresent(host -> {
                    leads.add(listeners(host));
                    leads.add(Probes.tcp(host, Probes.LOOPBACK, port));
                    leads.add(failed(host));
                    leads.add(firewall(host, port));
                    leads.add(losses(host));
                });
        return leads;
    }

    /// The packet filter of the server, as far as it concerns the port.
    static Lead firewall(Host server, Port port) {
        return new Lead(
                server,
                new Call<>(new NetFirewall(), new NetFirewall.Arguments(Optional.of(port))));
    }

    /// Connections and packets that a host loses while it is watched.
    static Lead losses(Host host) {
        return new Lead(
                host,
                new Call<>(new NetStats(), new NetStats.Arguments(Optional.of(new Count(2)))));
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        return port(about).isEmpty()
                ? List.of(whichPort(about))
                : new PortCauses(about, port(about).get()).conclusions();
    }

    private static Conclusion whichPort(Case about) {
        return Conclusion.open(
                "no port was named",
                "没有指明端口",
                Bilingual.of(
                        "say which port of "
                                + server(about).map(Host::name).orElse("it")
                                + " is not reached",
                        "请说明 " + server(about).map(Host::name).orElse("目标") + " 的哪个端口无法访问"));
    }
}
