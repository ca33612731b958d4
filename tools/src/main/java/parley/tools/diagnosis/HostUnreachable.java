package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Clue;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.host.HostIdentify;
import parley.tools.catalogue.network.NetInterfaces;
import parley.tools.catalogue.network.NetProbe.Probe;
import parley.tools.catalogue.network.NetStats;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a host cannot be reached: what the console itself meets, and what other hosts meet.
final class HostUnreachable implements Diagnosis {
    private static final int MOST_PEERS = 2;
    private static final long SSH = 22;

    @Override
    public Symptom symptom() {
        return Symptom.HOST_UNREACHABLE;
    }

    /// Who cannot be reached: the target where the words name one that is in the inventory.
    private static Host host(Case about) {
        return about.target()
                .flatMap(target -> about.hosts().find(target.value()))
                .orElse(about.host());
    }

    private static Lead direct(Host host) {
        return new Lead(host, new Call<>(new HostIdentify(), new HostIdentify.Arguments()));
    }

    private static Port ssh(Host host) {
        return new Port(host.port().map(Integer::longValue).orElse(SSH));
    }

    @Override
    public List<Lead> leads(Case about) {
        Host host = host(about);
        List<Lead> leads = new ArrayList<>(List.of(direct(host)));
        Optional<Target> address = Probes.address(host);
        if (address.isPresent()) {
            for (Host peer : Probes.peers(about, host, MOST_PEERS)) {
                leads.add(Probes.icmp(peer, address.get()));
                leads.add(Probes.tcp(peer, address.get(), ssh(host)));
            }
        }
        about.seen(direct(host), HostIdentify.Identity.class)
                .ifPresent(ignored -> leads.addAll(List.of(links(host), losses(host))));
        return leads;
    }

    private static Lead links(Host host) {
        return new Lead(
                host,
                new Call<>(new NetInterfaces(), new NetInterfaces.Arguments(Optional.empty())));
    }

    private static Lead losses(Host host) {
        return PortUnreachable.losses(host);
    }

    /// A host that is reached may still lose packets: its links, and what it sends again.
    private static List<Conclusion> lossy(Case about, Host host) {
        return new Branches(about)
                .on(
                        links(host),
                        NetInterfaces.Interfaces.class,
                        "a link with errors",
                        "可能有网卡出错",
                        seen -> Borrowed.all(seen, "its links tell of no fault", "网卡没有异常"))
                .on(
                        losses(host),
                        NetStats.Stats.class,
                        "packets that are lost",
                        "可能有网络丢包",
                        seen -> Borrowed.all(seen, "it loses no packets", "没有丢包"))
                .conclusions();
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Host host = host(about);
        List<Conclusion> all = new ArrayList<>();
        Optional<Clue> direct = about.clue(direct(host));
        Optional<Seen<HostIdentify.Identity>> identity =
                about.seen(direct(host), HostIdentify.Identity.class);
        if (identity.isPresent()) {
            HostIdentify.Identity one = identity.get().value();
            all.add(
                    Conclusion.fine(
                            host.name()
                                    + " answers over SSH and runs commands; up for "
                                    + one.uptimeS() / 60
                                    + " min, "
                                    + one.roundTripMs()
                                    + " ms away",
                            host.name()
                                    + " 可通过 SSH 登录并执行命令；已运行 "
                                    + one.uptimeS() / 60
                                    + " 分钟，往返 "
                                    + one.roundTripMs()
                                    + " 毫秒",
                            Citation.of(identity.get().clue())));
        } else {
            direct.ifPresent(clue -> all.add(unreached(about, host, clue)));
        }
        peers(about, host, all);
        if (identity.isPresent()) {
            all.addAll(lossy(about, host));
        }
        return all;
    }

    private static Conclusion unreached(Case about, Host host, Clue direct) {
        Bilingual why = about.why(direct(host));
        Bilingual side = side(about, host);
        Conclusion conclusion =
                Conclusion.confirmed(
                        Severity.CRITICAL,
                        stripped(why.en(), ".") + side.en(),
                        stripped(why.zh(), "。") + side.zh(),
                        Citation.of(direct));
        for (Seen<Probe> one : probes(about, host)) {
            conclusion = conclusion.citing(Citation.of(one.clue()));
        }
        return conclusion.disproved("ssh to it works from this machine", "从本机可以 ssh 登录它");
    }

    private static String stripped(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    private static List<Seen<Probe>> probes(Case about, Host host) {
        List<Seen<Probe>> all = new ArrayList<>();
        Probes.address(host)
                .ifPresent(address -> {
                    for (Host peer : Probes.peers(about, host, MOST_PEERS)) {
                        Probes.seen(about, Probes.icmp(peer, address)).ifPresent(all::add);
                        Probes.seen(about, Probes.tcp(peer, address, ssh(host)))
                                .ifPresent(all::add);
                    }
                });
        return all;
    }

    /// Which side it breaks on, from what other hosts meet.
    private static Bilingual side(Case about, Host host) {
        List<Seen<Probe>> probes = probes(about, host);
        if (probes.isEmpty()) {
            return Bilingual.of(
                    "; no other host could try, so the way to it is not excluded",
                    "；没有其他主机可以试连，因此不能排除途中的网络问题");
        }
        boolean ssh =
                probes.stream().anyMatch(one -> one.value().port().isPresent() && one.value().ok());
        boolean echo =
                probes.stream().anyMatch(one -> one.value().port().isEmpty() && one.value().ok());
        String from =
                String.join(
                        ", ",
                        probes.stream()
                                .map(one -> one.clue().lead().host().name())
                                .distinct()
                                .toList());
        if (ssh) {
            return Bilingual.of(
                    "; from {0} its SSH port does answer: the host is up, and the trouble is"
                            + " between this machine and it",
                    "；而从 {0} 可以连上它的 SSH 端口：主机在运行，问题出在本机与它之间", from);
        }
        if (echo) {
            return Bilingual.of(
                    "; from {0} it answers echoes but not its SSH port: the host is up, its SSH"
                            + " service is not reached",
                    "；从 {0} 可以 ping 通但连不上 SSH 端口：主机在运行，SSH 服务不可达", from);
        }
        return Bilingual.of(
                "; from {0} it does not answer either: the host is down, or its own network is cut."
                        + " Only its console (out of band) can tell these apart",
                "；从 {0} 也没有应答：主机已宕机，或其自身网络中断。只有带外控制台才能区分这两者", from);
    }

    /// Peers that could not try are told; what they met is in the cause, else it is in order.
    private static void peers(Case about, Host host, List<Conclusion> all) {
        Optional<Target> address = Probes.address(host);
        boolean unreached = all.stream().anyMatch(Conclusion::isCause);
        for (Host peer : Probes.peers(about, host, MOST_PEERS)) {
            address.map(target -> Probes.tcp(peer, target, ssh(host)))
                    .ifPresent(lead -> {
                        Optional<Seen<Probe>> seen = Probes.seen(about, lead);
                        if (seen.isEmpty()) {
                            all.add(
                                    Conclusion.open(
                                            peer.name() + " could not try it",
                                            peer.name() + " 未能试连",
                                            about.why(lead)));
                        } else if (!unreached) {
                            all.add(tried(seen.get(), host));
                        }
                    });
        }
    }

    private static Conclusion tried(Seen<Probe> seen, Host host) {
        String from = seen.clue().lead().host().name();
        return seen.value().ok()
                ? Conclusion.fine(
                        from + " reaches its SSH port, too",
                        from + " 也能连上它的 SSH 端口",
                        Citation.of(seen.clue()))
                : Conclusion.confirmed(
                        Severity.WARNING,
                        from
                                + " does not reach the SSH port of "
                                + host.name()
                                + ", this machine does: "
                                + Probes.en(seen.value()),
                        from + " 连不上 " + host.name() + " 的 SSH 端口，而本机可以：" + Probes.zh(seen.value()),
                        Citation.of(seen.clue()));
    }
}
