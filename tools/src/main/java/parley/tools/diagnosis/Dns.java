package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.network.DnsCheck;
import parley.tools.catalogue.network.DnsCheck.Resolution;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.network.Socket;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.BadValue;
import parley.tools.value.DnsName;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why names do not resolve on a host: what each of its servers answers, who answers where a server
/// is the host itself, and whether another host fares better.
final class Dns implements Diagnosis {
    /// Tried where no name was given: it is reserved, so that it exists wherever DNS works.
    private static final DnsName ANY = new DnsName("example.com");

    private static final long DOMAIN = 53;

    @Override
    public Symptom symptom() {
        return Symptom.DNS;
    }

    private static Optional<DnsName> name(Case about) {
        try {
            return about.target()
                    .filter(target -> !target.isAddress())
                    .map(target -> new DnsName(target.value()));
        } catch (BadValue odd) {
            return Optional.empty();
        }
    }

    private static Lead check(Case about, Host host) {
        return new Lead(
                host,
                new Call<>(
                        new DnsCheck(),
                        new DnsCheck.Arguments(
                                name(about).orElse(ANY), Optional.empty(), Optional.empty())));
    }

    private static Lead listeners(Case about) {
        return about.lead(
                new NetSockets(),
                new NetSockets.Arguments(
                        Optional.of(NetSockets.State.ALL),
                        Optional.of(new Port(DOMAIN)),
                        Optional.of(NetSockets.Protocol.UDP),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads = new ArrayList<>(List.of(check(about, about.host()), listeners(about)));
        Probes.peers(about, about.host(), 1).forEach(peer -> leads.add(check(about, peer)));
        return leads;
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches =
                new Branches(about)
                        .on(
                                check(about, about.host()),
                                Resolution.class,
                                "a resolver that does not answer",
                                "域名服务器可能没有应答",
                                seen -> own(about, seen));
        branches.addAll(peers(about, branches.hasCause()));
        return branches.conclusions();
    }

    private static List<Conclusion> own(Case about, Seen<Resolution> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (Conclusion one : Borrowed.of(seen, finding -> isTelling(about, finding))) {
            found.add(one.isCause() ? helped(one) : one);
        }
        boolean broken = found.stream().anyMatch(Conclusion::isCause);
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "its name servers answer", "其域名服务器有应答", Citation.of(seen.clue())));
        }
        if (broken) {
            int first = 0;
            for (IpAddress server : seen.value().configured()) {
                if (server.value().startsWith("127.") || server.value().equals("::1")) {
                    found.add(first++, local(about, server));
                }
            }
        }
        return found;
    }

    /// That a name nobody asked about is not known to a server that answers others is no fault.
    private static boolean isTelling(Case about, Finding finding) {
        return name(about).isPresent()
                || !finding.statement().en().contains("while the server answers others");
    }

    private static Conclusion helped(Conclusion one) {
        return one.disproved("dns.check gets the answer from every server", "dns.check 能从每台服务器得到应答")
                .advising(
                        "/etc/resolv.conf is often generated: mend what writes it (NetworkManager,"
                                + " cloud-init, DHCP), not the file",
                        "/etc/resolv.conf 往往是生成的：应修改生成它的配置（NetworkManager、cloud-init、DHCP），而不是该文件");
    }

    /// The server is this host itself: who answers there?
    private static Conclusion local(Case about, IpAddress server) {
        Optional<Seen<NetSockets.Sockets>> sockets =
                about.seen(listeners(about), NetSockets.Sockets.class);
        if (sockets.isEmpty()) {
            return Conclusion.open(
                    "who answers on " + server + " of this host",
                    "本机 " + server + " 上由谁应答",
                    about.why(listeners(about)));
        }
        Optional<Socket> holder =
                sockets.get().value().sockets().stream()
                        .filter(one -> one.port().filter(port -> port == DOMAIN).isPresent())
                        .findFirst();
        if (holder.isEmpty()) {
            return Conclusion.confirmed(
                            Severity.CRITICAL,
                            "/etc/resolv.conf points to this host itself ("
                                    + server
                                    + "), and nothing listens on UDP port 53 there",
                            "/etc/resolv.conf 指向本机（" + server + "），而本机 UDP 53 端口没有任何程序监听",
                            Citation.of(sockets.get().clue()))
                    .advising(
                            "start the resolver of this host, or name another server",
                            "启动本机的域名解析服务，或改用其他服务器")
                    .disproved("something listens on UDP port 53", "有程序监听 UDP 53 端口");
        }
        String unit = holder.get().unit().map(HostText::value).orElse("");
        String who =
                holder.get().processes().stream()
                        .findFirst()
                        .map(one -> one.name() + ", PID " + one.pid())
                        .orElse("?");
        String named = unit.isEmpty() ? who : unit + " (" + who + ")";
        return Conclusion.likely(
                        Severity.CRITICAL,
                        "names are asked of this host itself ("
                                + server
                                + "), where "
                                + named
                                + " has UDP port 53 and gives no answer",
                        "域名查询指向本机（" + server + "），由 " + named + " 占有 UDP 53 端口，却没有给出结果",
                        Citation.of(sockets.get().clue(), UnitPorts.lines(List.of(holder.get()))))
                .disproved("it answers when it is asked for a name", "向它查询域名时能得到结果");
    }

    /// Whether it is this host alone.
    private static List<Conclusion> peers(Case about, boolean broken) {
        List<Conclusion> found = new ArrayList<>();
        for (Host peer : Probes.peers(about, about.host(), 1)) {
            Lead lead = check(about, peer);
            Optional<Seen<Resolution>> seen = about.seen(lead, Resolution.class);
            if (seen.isEmpty()) {
                found.add(
                        Conclusion.open(
                                "the same on " + peer.name(),
                                peer.name() + " 也可能如此",
                                about.why(lead)));
            } else if (broken) {
                boolean resolves =
                        !seen.get().value().answers().isEmpty()
                                || !seen.get().value().nssAnswers().isEmpty();
                found.add(
                        Conclusion.confirmed(
                                Severity.NOTICE,
                                resolves
                                        ? peer.name()
                                                + " does resolve it: the fault is on this host's"
                                                + " side"
                                        : peer.name() + " cannot resolve it either",
                                resolves ? peer.name() + " 能够解析：问题在本机一侧" : peer.name() + " 同样无法解析",
                                Citation.of(seen.get().clue())));
            }
        }
        return found;
    }
}
