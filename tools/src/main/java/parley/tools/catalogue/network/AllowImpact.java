package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Impact;
import parley.tools.Change.Proof;
import parley.tools.Observed;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.network.NetFirewall.Filter;
import parley.tools.catalogue.network.NetFirewallAllow.Action;
import parley.tools.catalogue.network.NetFirewallAllow.Arguments;
import parley.tools.catalogue.network.PortVerdict.Fate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What opening or closing a port means, how it is taken back, and whether it took.
final class AllowImpact {
    private AllowImpact() {}

    static Impact of(Arguments arguments, Preview preview) {
        Optional<Filter> filter = preview.find(Filter.class);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        if (filter.isEmpty()) {
            obstacles.add(Bilingual.of("the packet filter could not be read", "读不到包过滤规则"));
        } else if (NetFirewallAllow.opening(arguments, filter.get()).isEmpty()) {
            obstacles.add(obstacle(arguments, filter.get()));
        }
        if (arguments.persist().orElse(false)
                && filter.filter(one -> !one.managedBy("firewalld")).isPresent()) {
            obstacles.add(
                    Bilingual.of(
                            "only firewalld keeps rules of its own; here they would be gone after"
                                    + " a restart",
                            "只有 firewalld 能持久保存规则；该主机上重启后会丢失"));
        }
        preview.find(NetSockets.Sockets.class)
                .ifPresent(sockets -> listeners(arguments, sockets, lines, obstacles));
        lines.add(meaning(arguments));
        return new Impact(
                Risk.DISRUPTIVE,
                Set.of("port " + arguments.shown()),
                Set.of(),
                Set.of(),
                lines,
                obstacles);
    }

    private static void listeners(
            Arguments arguments,
            NetSockets.Sockets sockets,
            List<Bilingual> lines,
            List<Bilingual> obstacles) {
        String holders =
                String.join(
                        ", ",
                        sockets.sockets().stream()
                                .filter(Socket::listens)
                                .map(Socket::holders)
                                .filter(names -> !names.isEmpty())
                                .distinct()
                                .toList());
        if (holders.contains("sshd")) {
            obstacles.add(
                    Bilingual.of(
                            "sshd listens on this port, and the way in is not touched by this tool",
                            "sshd 正在监听该端口，不通过此工具改动登录通道"));
        }
        boolean none = sockets.sockets().isEmpty();
        lines.add(
                none
                        ? Bilingual.of(
                                "nothing listens on {0} now", "当前没有进程监听 {0}", arguments.shown())
                        : Bilingual.of(
                                (holders.isEmpty() ? "a process" : holders)
                                        + " listens on "
                                        + arguments.shown(),
                                (holders.isEmpty() ? "有进程" : holders)
                                        + " 正在监听 "
                                        + arguments.shown()));
    }

    private static Bilingual meaning(Arguments arguments) {
        String port = arguments.shown();
        String from = arguments.source().map(source -> " from " + source).orElse("");
        String fromZh = arguments.source().map(source -> "来自 " + source + " 的").orElse("");
        return switch (arguments.wanted()) {
            case ALLOW ->
                    Bilingual.of(
                            "new connections{0} to {1} are let in, and no more after {2} s unless"
                                    + " they are kept (action=keep)",
                            "{3}访问 {1} 的新连接将被放行，{2} 秒后自动撤回，除非用 action=keep 保留",
                            from,
                            port,
                            arguments.seconds(),
                            fromZh);
            case KEEP ->
                    Bilingual.of(
                            port + " stays open and is not closed by itself any more",
                            port + " 保持开放，不再自动关闭");
            case REMOVE ->
                    Bilingual.of(
                            "what let new connections to {0} in is taken away",
                            "放行 {0} 新连接的规则将被移除", port);
        };
    }

    private static Bilingual obstacle(Arguments arguments, Filter filter) {
        if (filter.managedBy("ufw")) {
            return Bilingual.of(
                    "ufw manages this filter, which this tool does not change",
                    "该主机的防火墙由 ufw 管理，此工具不支持改动");
        }
        return arguments.wanted() == Action.ALLOW
                ? Bilingual.of(
                        "no rule was found that this tool could open the port beside; look at"
                                + " net.firewall",
                        "没有找到可以据以放行该端口的规则；请用 net.firewall 查看")
                : Bilingual.of(
                        "port {0} was not opened by this tool; rules of others are not removed",
                        "端口 {0} 并非由此工具开放；不会移除他人的规则", arguments.shown());
    }

    static Optional<Bilingual> already(Arguments arguments, Preview preview) {
        if (arguments.wanted() != Action.ALLOW) {
            return Optional.empty();
        }
        return preview.find(Filter.class)
                .flatMap(filter -> verdict(arguments, filter))
                .filter(verdict -> verdict.fate() == Fate.ACCEPTED)
                .map(verdict ->
                        Bilingual.of(
                                "the packet filter lets {0} in already",
                                "包过滤规则已经放行 {0}", arguments.shown()));
    }

    private static Optional<PortVerdict> verdict(Arguments arguments, Filter filter) {
        return filter.verdicts().stream()
                .filter(one -> one.protocol().value().equals(arguments.protocolWord()))
                .filter(one -> one.family().value().equals(arguments.familyWord()))
                .findFirst();
    }

    /// Opened for good in what is in force, whose own timer cannot be stopped: closed and opened
    /// anew; and in what is kept, when asked for.
    static List<Argv> keep(Arguments arguments, PortOpening.OfFirewalld own) {
        List<Argv> commands = new ArrayList<>();
        if (arguments.persist().orElse(false)) {
            commands.add(Argv.of("firewall-cmd", "--permanent", own.option("add")).asRoot());
        }
        commands.add(Argv.of("firewall-cmd", own.option("remove")).asRoot());
        commands.add(Argv.of("firewall-cmd", own.option("add")).asRoot());
        return commands;
    }

    static Undo undo(Arguments arguments) {
        Arguments opposite =
                new Arguments(
                        arguments.port(),
                        arguments.proto(),
                        arguments.source(),
                        Optional.of(
                                arguments.wanted() == Action.REMOVE ? Action.ALLOW : Action.REMOVE),
                        Optional.empty(),
                        Optional.empty());
        Call<?> call = new Call<>(new NetFirewallAllow(), opposite);
        return switch (arguments.wanted()) {
            case ALLOW ->
                    Undo.by(
                            call,
                            Bilingual.of(
                                    "it takes itself back after {0} s, also when nobody can log in"
                                            + " any more; or close it at once",
                                    "{0} 秒后自动撤回，即使无法登录也会执行；也可以立即关闭", arguments.seconds()));
            case KEEP -> Undo.by(call, Bilingual.of("close the port", "关闭该端口"));
            case REMOVE -> Undo.by(call, Bilingual.of("open the port again", "重新开放该端口"));
        };
    }

    static Proof proof(Arguments arguments, List<Observed> after) {
        Optional<PortVerdict> now =
                Observed.find(after, Filter.class).flatMap(filter -> verdict(arguments, filter));
        if (now.isEmpty()) {
            return new Proof(
                    false, Bilingual.of("the packet filter could not be read", "读不到包过滤规则"));
        }
        boolean open = now.get().fate() == Fate.ACCEPTED || isLetInFor(arguments, now.get());
        String port = arguments.shown();
        boolean wantsOpen = arguments.wanted() != Action.REMOVE;
        Bilingual state =
                open
                        ? Bilingual.of(
                                "a new connection could log in, and {0} is let in",
                                "新建连接可以登录，且 {0} 已放行", port)
                        : Bilingual.of(
                                "a new connection could log in, and {0} is not let in",
                                "新建连接可以登录，且 {0} 未放行", port);
        boolean temporary = open && arguments.wanted() == Action.ALLOW;
        return new Proof(
                open == wantsOpen,
                temporary
                        ? Bilingual.of(
                                "{0}; it is closed again {1} s after it was opened, unless it is"
                                        + " kept (action=keep)",
                                "{0}；开放 {1} 秒后自动关闭，除非用 action=keep 保留", state, arguments.seconds())
                        : state);
    }

    /// A rule for one network only is an exception, not the fate of all.
    private static boolean isLetInFor(Arguments arguments, PortVerdict verdict) {
        return arguments.source().isPresent()
                && verdict.depends().stream()
                        .anyMatch(rule ->
                                rule.conditions().stream()
                                        .anyMatch(one ->
                                                one.value()
                                                        .contains(
                                                                arguments.source().get().value())));
    }
}
