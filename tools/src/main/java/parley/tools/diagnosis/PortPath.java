package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.Host;
import parley.tools.Lead;
import parley.tools.catalogue.network.FirewallRule;
import parley.tools.catalogue.network.NetFirewall;
import parley.tools.catalogue.network.NetProbe.Probe;
import parley.tools.catalogue.network.NetSockets.Sockets;
import parley.tools.catalogue.network.PortVerdict;
import parley.tools.catalogue.network.Socket;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.HostText;
import parley.tools.value.Port;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A port that is listened on and yet not reached: what is in between.
///
/// @param failed the try that did not reach it
/// @param listener who listens
record PortPath(
        Case about,
        Port port,
        Host server,
        Seen<Probe> failed,
        Socket listener,
        Seen<Sockets> sockets) {
    Conclusion conclusion() {
        Lead local = Probes.tcp(server, Probes.LOOPBACK, port);
        Optional<Seen<Probe>> itself = Probes.seen(about, local);
        Citation table = Citation.of(sockets.clue(), UnitPorts.lines(List.of(listener)));
        Citation tried = Citation.of(failed.clue());
        String from = failed.clue().lead().host().name();
        Optional<Conclusion> filtered = filtered(tried, table);
        if (filtered.isPresent()) {
            return filtered.get();
        }
        if (itself.isPresent() && itself.get().value().ok()) {
            return Conclusion.likely(
                            Severity.CRITICAL,
                            "packets for port "
                                    + port
                                    + " do not get from "
                                    + from
                                    + " to "
                                    + server.name()
                                    + " ("
                                    + Probes.en(failed.value())
                                    + "), though the service answers on "
                                    + server.name()
                                    + " itself: a packet filter on "
                                    + server.name()
                                    + " or on the way"
                                    + echo(true),
                            "从 "
                                    + from
                                    + " 到 "
                                    + server.name()
                                    + " "
                                    + port
                                    + " 端口的报文不通（"
                                    + Probes.zh(failed.value())
                                    + "），而服务在 "
                                    + server.name()
                                    + " 本机有应答：是 "
                                    + server.name()
                                    + " 或途中的包过滤（防火墙）"
                                    + echo(false),
                            tried,
                            table,
                            Citation.of(itself.get().clue()))
                    .disproved(
                            "no packet filter there drops packets for port " + port,
                            "那里没有丢弃 " + port + " 端口报文的包过滤规则");
        }
        if (itself.isPresent() && isLoopbackServed()) {
            return Conclusion.confirmed(
                            Severity.CRITICAL,
                            "something listens on port "
                                    + port
                                    + " of "
                                    + server.name()
                                    + ", but it does not answer even there ("
                                    + Probes.en(itself.get().value())
                                    + "): the program hangs, or packets are dropped on the host"
                                    + " itself",
                            server.name()
                                    + " 的 "
                                    + port
                                    + " 端口有程序监听，但在本机也没有应答（"
                                    + Probes.zh(itself.get().value())
                                    + "）：程序卡死，或报文在本机被丢弃",
                            Citation.of(itself.get().clue()),
                            table,
                            tried)
                    .disproved("it answers on the host itself", "它在本机有应答");
        }
        return Conclusion.likely(
                Severity.CRITICAL,
                "port "
                        + port
                        + " of "
                        + server.name()
                        + " is listened on, but from "
                        + from
                        + " "
                        + Probes.en(failed.value())
                        + "; whether it answers on the host itself was not seen",
                server.name()
                        + " 的 "
                        + port
                        + " 端口有监听，但从 "
                        + from
                        + " 试连："
                        + Probes.zh(failed.value())
                        + "；未能确认它在本机是否应答",
                tried,
                table);
    }

    /// A rule of the server's own packet filter that drops or rejects it.
    private Optional<Conclusion> filtered(Citation tried, Citation table) {
        return about.seen(PortUnreachable.firewall(server, port), NetFirewall.Filter.class)
                .flatMap(seen ->
                        seen.value().verdicts().stream()
                                .filter(one -> one.protocol().value().equals("tcp"))
                                .filter(PortPath::forbids)
                                .findFirst()
                                .map(one -> filtered(one, seen, tried, table))
                                .or(() -> conditional(seen, tried, table)));
    }

    /// A rule with conditions that drops or rejects some of it. Its count may be older than the
    /// try.
    private Optional<Conclusion> conditional(
            Seen<NetFirewall.Filter> seen, Citation tried, Citation table) {
        return seen.value().verdicts().stream()
                .filter(one -> one.protocol().value().equals("tcp"))
                .flatMap(one -> one.depends().stream())
                .filter(rule ->
                        rule.verdict() == FirewallRule.Verdict.DROP
                                || rule.verdict() == FirewallRule.Verdict.REJECT)
                .findFirst()
                .map(rule -> filtered(rule, seen, tried, table));
    }

    private static boolean forbids(PortVerdict one) {
        return one.fate() == PortVerdict.Fate.DROPPED || one.fate() == PortVerdict.Fate.REJECTED;
    }

    private Conclusion filtered(
            PortVerdict verdict, Seen<NetFirewall.Filter> seen, Citation tried, Citation table) {
        if (verdict.decidedBy().isPresent()) {
            return filtered(verdict.decidedBy().get(), seen, tried, table);
        }
        String where = verdict.policyOf().map(HostText::value).orElse("?");
        return filtered(true, where, Citation.of(seen.clue()), tried, table);
    }

    private Conclusion filtered(
            FirewallRule rule, Seen<NetFirewall.Filter> seen, Citation tried, Citation table) {
        String conditions =
                rule.conditions().stream().map(HostText::value).collect(Collectors.joining(", "));
        String hits = rule.packets().map(count -> ", hit " + count + " times").orElse("");
        return filtered(
                rule.verdict() == FirewallRule.Verdict.DROP,
                rule.table()
                        + " "
                        + rule.chain()
                        + (conditions.isEmpty() ? "" : ": " + conditions)
                        + hits,
                Citation.of(seen.clue(), List.of(rule.at())),
                tried,
                table);
    }

    private Conclusion filtered(
            boolean drops, String where, Citation rule, Citation tried, Citation table) {
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        "the packet filter of "
                                + server.name()
                                + (drops ? " drops" : " rejects")
                                + " what comes for port "
                                + port
                                + " ("
                                + where
                                + "); the service itself listens",
                        server.name()
                                + " 的包过滤（防火墙）"
                                + (drops ? "丢弃" : "拒绝")
                                + "访问 "
                                + port
                                + " 端口的报文（"
                                + where
                                + "）；服务本身在监听",
                        rule,
                        tried,
                        table)
                .advising(
                        "if that is not wanted, whoever keeps the firewall opens the port, for the"
                                + " sources that need it",
                        "若非有意，请由防火墙的维护者只对需要的来源放行该端口")
                .disproved(
                        "the counter of that rule does not grow while somebody tries",
                        "有人试连时该规则的计数不增长");
    }

    /// It listens on every address, so that it must answer to the host itself, too.
    private boolean isLoopbackServed() {
        String local = listener.local().value();
        return local.startsWith("0.0.0.0:") || local.startsWith("*:") || local.startsWith("[::]:");
    }

    /// Whether the host as such is reached from there.
    private String echo(boolean english) {
        return PortUnreachable.target(about)
                .flatMap(target ->
                        Probes.seen(about, Probes.icmp(failed.clue().lead().host(), target)))
                .filter(seen -> seen.value().ok())
                .map(seen ->
                        english
                                ? "; echoes do get through, so the host and the route are up"
                                : "；ping 可通，说明主机和路由正常")
                .orElse("");
    }
}
