package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.network.NetFirewall;
import parley.tools.catalogue.network.NetProbe.Probe;
import parley.tools.catalogue.network.NetSockets.Sockets;
import parley.tools.catalogue.network.NetStats;
import parley.tools.catalogue.network.ProbeAttempt;
import parley.tools.catalogue.network.Socket;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.HostText;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the readings from both sides of a port come to.
final class PortCauses {
    private final Case about;
    private final Port port;
    private final Optional<Host> server;
    private final Optional<Seen<Sockets>> sockets;
    private final List<Conclusion> all = new ArrayList<>();

    PortCauses(Case about, Port port) {
        this.about = about;
        this.port = port;
        this.server = PortUnreachable.server(about);
        this.sockets =
                server.flatMap(host -> about.seen(PortUnreachable.listeners(host), Sockets.class));
    }

    private String where() {
        return server.map(Host::name)
                .or(() -> about.target().map(Target::value))
                .orElse(about.host().name());
    }

    List<Conclusion> conclusions() {
        List<Seen<Probe>> tries = new ArrayList<>();
        for (Host client : PortUnreachable.clients(about)) {
            PortUnreachable.target(about)
                    .map(target -> Probes.tcp(client, target, port))
                    .ifPresent(lead ->
                            Probes.seen(about, lead)
                                    .ifPresentOrElse(
                                            tries::add, () -> all.add(notTried(client, lead))));
        }
        boolean reached = !tries.isEmpty() && tries.stream().allMatch(one -> one.value().ok());
        if (reached) {
            tries.forEach(one -> all.add(reaches(one)));
            sockets.ifPresent(this::listening);
            server.map(PortUnreachable::losses).ifPresent(this::losses);
            return all;
        }
        if (tries.isEmpty()) {
            all.add(untried());
        }
        Optional<Seen<Probe>> failed = tries.stream().filter(one -> !one.value().ok()).findFirst();
        if (failed.isPresent()) {
            all.add(0, cause(failed.get()));
        } else if (sockets.isPresent() && listener().isEmpty()) {
            all.add(0, noListener(Optional.empty()));
        } else {
            sockets.ifPresent(this::listening);
        }
        server.map(host -> PortUnreachable.firewall(host, port))
                .filter(lead -> about.seen(lead, NetFirewall.Filter.class).isEmpty())
                .ifPresent(lead -> all.add(unfiltered(lead)));
        server.map(PortUnreachable::losses).ifPresent(this::losses);
        return all;
    }

    /// A full table of connections or a program that does not accept them explains what nothing
    /// else does, and comes first; fewer losses come after all else.
    private void losses(Lead lead) {
        Optional<Seen<NetStats.Stats>> seen = about.seen(lead, NetStats.Stats.class);
        if (seen.isEmpty()) {
            all.add(
                    Conclusion.open(
                            "connections that " + where() + " drops",
                            where() + " 可能在丢弃连接",
                            about.why(lead)));
        }
        for (Conclusion one : seen.stream().flatMap(one -> Borrowed.all(one).stream()).toList()) {
            all.add(one.severity() == Severity.CRITICAL ? 0 : all.size(), one);
        }
    }

    private Conclusion notTried(Host client, Lead lead) {
        return Conclusion.open(
                "port " + port + " of " + where() + " was not tried from " + client.name(),
                "没有从 " + client.name() + " 试连 " + where() + " 的 " + port + " 端口",
                about.why(lead));
    }

    private Conclusion untried() {
        return Conclusion.open(
                "something between other hosts and " + where(),
                "其他主机与 " + where() + " 之间的环节",
                Bilingual.of("no other host could try port {0}", "没有其他主机可以试连 {0} 端口", port));
    }

    private Conclusion unfiltered(Lead lead) {
        return Conclusion.open(
                "a packet filter on " + where(), where() + " 上可能有包过滤（防火墙）规则", about.why(lead));
    }

    private Conclusion reaches(Seen<Probe> one) {
        String from = one.clue().lead().host().name();
        return Conclusion.fine(
                "port " + port + " of " + where() + " answers from " + from,
                "从 " + from + " 可以连上 " + where() + " 的 " + port + " 端口",
                Citation.unquoted(one.clue(), lines(one)));
    }

    private static List<Finding.Lines> lines(Seen<Probe> one) {
        return one.value().attempts().stream().flatMap(tried -> tried.at().stream()).toList();
    }

    private void listening(Seen<Sockets> seen) {
        listener()
                .ifPresent(one ->
                        all.add(
                                Branches.honest(
                                        Conclusion.fine(
                                                who(one) + " listens on " + one.local(),
                                                who(one) + " 正在监听 " + one.local(),
                                                Citation.of(
                                                        seen.clue(),
                                                        UnitPorts.lines(List.of(one)))),
                                        "who listens on port " + port,
                                        port + " 端口由谁监听",
                                        seen)));
    }

    private Optional<Socket> listener() {
        return sockets.flatMap(seen -> UnitPorts.holder(seen, port.value()));
    }

    private static String who(Socket one) {
        String processes =
                one.processes().stream()
                        .map(holder -> holder.name() + ", PID " + holder.pid())
                        .collect(Collectors.joining("; "));
        String unit = one.unit().map(HostText::value).orElse("");
        return unit.isEmpty()
                ? processes.isEmpty() ? "something" : processes
                : processes.isEmpty() ? unit : unit + " (" + processes + ")";
    }

    /// Why the port does not answer where `failed` was tried.
    private Conclusion cause(Seen<Probe> failed) {
        Probe probe = failed.value();
        if (probe.stage() == ProbeAttempt.Stage.DNS) {
            return name(failed);
        }
        if (server.isEmpty() || sockets.isEmpty()) {
            return unseenServer(failed);
        }
        if (listener().isEmpty()) {
            return noListener(Optional.of(failed));
        }
        List<Socket> listeners =
                sockets.get().value().sockets().stream()
                        .filter(one ->
                                one.listens()
                                        && one.port().filter(p -> p == port.value()).isPresent())
                        .toList();
        if (listeners.stream().allMatch(PortCauses::isLoopback)) {
            return loopback(failed, listeners);
        }
        Optional<Socket> full =
                listeners.stream()
                        .filter(one -> one.queued() > 0 && one.waiting() >= one.queued())
                        .findFirst();
        return full.map(one -> backlog(failed, one)).orElseGet(() -> between(failed));
    }

    private static boolean isLoopback(Socket one) {
        String local = one.local().value();
        return local.startsWith("127.") || local.startsWith("[::1]") || local.startsWith("::1");
    }

    private Conclusion name(Seen<Probe> failed) {
        String from = failed.clue().lead().host().name();
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        from
                                + " cannot find an address for "
                                + failed.value().target()
                                + ": it breaks at the name, before any connection",
                        from + " 查不到 " + failed.value().target() + " 的地址：问题出在域名解析，尚未建立连接",
                        Citation.of(failed.clue()))
                .proposing(Proposed.diagnosis(Symptom.DNS, failed.clue().lead().host()));
    }

    private Conclusion unseenServer(Seen<Probe> failed) {
        String from = failed.clue().lead().host().name();
        return Conclusion.likely(
                        Severity.CRITICAL,
                        "from "
                                + from
                                + ", port "
                                + port
                                + " of "
                                + where()
                                + ": "
                                + Probes.en(failed.value())
                                + "; the side of "
                                + where()
                                + " could not be looked at",
                        "从 "
                                + from
                                + " 连接 "
                                + where()
                                + " 的 "
                                + port
                                + " 端口："
                                + Probes.zh(failed.value())
                                + "；未能查看 "
                                + where()
                                + " 一侧",
                        Citation.unquoted(failed.clue(), lines(failed)))
                .disproved("the port answers from another host", "从其他主机可以连上该端口");
    }

    private Conclusion noListener(Optional<Seen<Probe>> failed) {
        Seen<Sockets> seen = sockets.orElseThrow();
        Conclusion conclusion =
                Conclusion.confirmed(
                        Severity.CRITICAL,
                        "nothing listens on port " + port + " of " + where() + tried(failed, true),
                        where() + " 的 " + port + " 端口上没有任何程序监听" + tried(failed, false),
                        Citation.of(seen.clue()));
        if (failed.isPresent()) {
            conclusion =
                    conclusion.citing(Citation.unquoted(failed.get().clue(), lines(failed.get())));
        }
        Host host = server.orElseThrow();
        Optional<Seen<ServiceList.Units>> units =
                about.seen(PortUnreachable.failed(host), ServiceList.Units.class);
        String names =
                units.stream()
                        .flatMap(one -> one.value().units().stream())
                        .map(one -> one.unit().value())
                        .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            conclusion =
                    conclusion
                            .citing(Citation.of(units.get().clue()))
                            .advising(
                                    "failed services there: " + names + "; one of them may be it",
                                    "该主机上失败的服务：" + names + "；可能就是其中之一");
        } else {
            conclusion =
                    conclusion.advising(
                            "the service that belongs to it was stopped, or uses another port; the"
                                    + " network is not the cause",
                            "对应的服务被停止了，或使用了别的端口；问题不在网络");
        }
        return conclusion
                .disproved("ss shows a listener on port " + port, "ss 显示 " + port + " 端口有监听")
                .proposing(
                        about.unit()
                                .map(unit ->
                                        Proposed.of(ServiceDown.status(about, unit).call(), host))
                                .orElseGet(() -> Proposed.diagnosis(Symptom.SERVICE_DOWN, host)));
    }

    private static String tried(Optional<Seen<Probe>> failed, boolean english) {
        return failed.map(
                        one -> {
                            String from = one.clue().lead().host().name();
                            return english
                                    ? "; from " + from + " " + Probes.en(one.value())
                                    : "；从 " + from + " 试连：" + Probes.zh(one.value());
                        })
                .orElse("");
    }

    private Conclusion loopback(Seen<Probe> failed, List<Socket> listeners) {
        Socket one = listeners.getFirst();
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        who(one)
                                + " listens on "
                                + one.local()
                                + " only: it answers on "
                                + where()
                                + " itself and nowhere else"
                                + tried(Optional.of(failed), true),
                        who(one)
                                + " 只监听 "
                                + one.local()
                                + "：仅在 "
                                + where()
                                + " 本机可以访问"
                                + tried(Optional.of(failed), false),
                        Citation.of(sockets.orElseThrow().clue(), UnitPorts.lines(listeners)),
                        Citation.unquoted(failed.clue(), lines(failed)))
                .advising(
                        "let it listen on the host's address (its listen or bind setting), if it is"
                                + " meant to be reached from elsewhere",
                        "若确实要让其他主机访问，请修改其监听地址（listen 或 bind 设置）")
                .disproved(
                        "it listens on 0.0.0.0 or on the host's own address",
                        "它监听的是 0.0.0.0 或本机对外地址");
    }

    private Conclusion backlog(Seen<Probe> failed, Socket one) {
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        who(one)
                                + " does not accept connections: "
                                + one.waiting()
                                + " wait, no more than "
                                + one.queued()
                                + " can",
                        who(one) + " 不再接受连接：" + one.waiting() + " 个连接在排队，队列上限为 " + one.queued(),
                        Citation.of(sockets.orElseThrow().clue(), UnitPorts.lines(List.of(one))),
                        Citation.unquoted(failed.clue(), lines(failed)))
                .advising("the program hangs or is overloaded", "程序已卡死或过载");
    }

    /// It listens, and yet it is not reached.
    private Conclusion between(Seen<Probe> failed) {
        return new PortPath(
                        about,
                        port,
                        server.orElseThrow(),
                        failed,
                        listener().orElseThrow(),
                        sockets.orElseThrow())
                .conclusion();
    }
}
