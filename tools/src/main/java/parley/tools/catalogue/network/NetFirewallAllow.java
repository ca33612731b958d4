package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.NetFirewall.Filter;
import parley.tools.value.BadValue;
import parley.tools.value.Cidr;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.Port;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lets new connections to a port in, for a while: unless it is kept in time, it takes itself back.
///
/// Commands, as root: first a timer of systemd that closes the port again (firewalld has its own),
/// then the opening: `nft` in one transaction that was tried before (`-c`), `iptables -I`, or
/// `firewall-cmd --timeout`. With `keep` the timer is stopped; with `remove` the port is closed at
/// once. Exit 1 of the timer means that this port is open for a while already. The check reads the
/// filter over a new connection: if that cannot be made, nobody keeps the change and it goes away.
/// Never for the port of SSH.
public final class NetFirewallAllow
        implements Change<NetFirewallAllow.Arguments, NetFirewallAllow.Done> {
    private static final long DEFAULT_WINDOW = 300;
    private static final long SSH = 22;

    /// What systemctl says of a timer that is not there: what was kept has none any more.
    private static final int TIMER_GONE = 5;

    /// What is done with the port.
    public enum Action {
        /// Opens it for a while.
        @Means(en = "allow", zh = "放行")
        ALLOW,
        /// Keeps open what would be closed by itself.
        @Means(en = "keep", zh = "保留")
        KEEP,
        /// Closes what was opened by this.
        @Means(en = "remove", zh = "移除")
        REMOVE
    }

    /// The protocols that have ports.
    public enum Protocol {
        TCP,
        UDP
    }

    public record Arguments(
            @Means(en = "the port", zh = "端口") Port port,
            @Means(en = "tcp (default) or udp", zh = "tcp（默认）或 udp") Optional<Protocol> proto,
            @Means(en = "only for connections from this network", zh = "只允许来自该网段的连接")
                    Optional<Cidr> source,
            @Means(
                            en =
                                    "allow (default): open for a while; keep: do not close it by"
                                            + " itself; remove: close it",
                            zh = "allow（默认）：临时开放；keep：保留，不再自动关闭；remove：关闭")
                    Optional<Action> action,
            @Means(
                            en = "seconds until it is closed again unless kept, default 300",
                            zh = "未确认保留时自动关闭前的秒数，默认 300")
                    @Whole(least = 60, most = 600)
                    Optional<Count> confirmWindowS,
            @Means(
                            en =
                                    "also after a restart of the firewall (only with keep, only"
                                            + " firewalld)",
                            zh = "防火墙重启后仍保留（仅 keep，仅 firewalld）")
                    Optional<Boolean> persist) {
        public Arguments {
            requireNonNull(port, "port is null");
            if (port.value() == SSH) {
                throw new BadValue(
                        Bilingual.of(
                                "the port of SSH is not touched by this tool", "不通过此工具改动 SSH 端口"));
            }
            boolean keeps = action.filter(one -> one == Action.KEEP).isPresent();
            if (persist.orElse(false) && !keeps) {
                throw new BadValue(
                        Bilingual.of(
                                "only what is kept can outlive a restart: open the port first,"
                                        + " then use action keep with persist",
                                "只有保留的规则才能在重启后继续生效：请先开放端口，再用 action=keep 并带上 persist"));
            }
        }

        Action wanted() {
            return action.orElse(Action.ALLOW);
        }

        String protocolWord() {
            return proto.orElse(Protocol.TCP).name().toLowerCase(Locale.ROOT);
        }

        /// Whose verdict counts: that of IPv4 unless an IPv6 network is let in.
        String familyWord() {
            return source.filter(Cidr::isSix).isPresent() ? "ip6" : "ip";
        }

        long seconds() {
            return confirmWindowS.map(Count::value).orElse(DEFAULT_WINDOW);
        }

        String shown() {
            return port + "/" + protocolWord();
        }
    }

    /// What ran.
    public record Done(
            @Means(en = "port", zh = "端口") Port port,
            @Means(en = "done", zh = "操作") Action action,
            @Means(en = "programs", zh = "程序") List<HostText> programs) {
        public Done {
            programs = List.copyOf(programs);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "net.firewall_allow",
                "network",
                Bilingual.of("Open a port for a while, and keep or close it", "临时开放端口，可保留或关闭"),
                Risk.DISRUPTIVE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("open port 8080 on web-1", "开放 web-1 的 8080 端口"),
                        Bilingual.of("close port 9000 on web-2", "关闭 web-2 的 9000 端口"),
                        Bilingual.of("open port 3000 on batch-1", "放行 batch-1 的 3000 端口")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Call<?> look(Arguments arguments) {
        return new Call<>(
                new NetFirewall(), new NetFirewall.Arguments(Optional.of(arguments.port())));
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(
                look(arguments),
                new Call<>(
                        new NetSockets(),
                        new NetSockets.Arguments(
                                Optional.of(NetSockets.State.LISTEN),
                                Optional.of(arguments.port()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    @Override
    public List<Call<?>> again(Arguments arguments) {
        return List.of(look(arguments));
    }

    @Override
    public Optional<Bilingual> drift(Arguments arguments, Preview approved, List<Observed> now) {
        Preview seen = new Preview(approved.platform(), approved.holder(), now);
        return commands(arguments, approved).equals(commands(arguments, seen))
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of("the packet filter is another one by now", "包过滤规则已发生变化"));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return AllowImpact.of(arguments, preview);
    }

    @Override
    public Optional<Bilingual> already(Arguments arguments, Preview preview) {
        return AllowImpact.already(arguments, preview);
    }

    @Override
    public List<RootCommand> rootCommands() {
        return PortForms.all();
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        Optional<PortOpening> opening =
                preview.find(Filter.class).flatMap(filter -> opening(arguments, filter));
        if (opening.isEmpty()) {
            return List.of();
        }
        boolean firewalld = opening.get() instanceof PortOpening.OfFirewalld;
        List<Argv> commands = new ArrayList<>();
        switch (arguments.wanted()) {
            case ALLOW -> {
                if (!firewalld) {
                    commands.add(PortOpening.timer(arguments, opening.get().close()));
                }
                commands.addAll(opening.get().open());
            }
            case KEEP -> {
                if (opening.get() instanceof PortOpening.OfFirewalld own) {
                    commands.addAll(AllowImpact.keep(arguments, own));
                } else {
                    commands.add(PortOpening.stopTimer(arguments));
                }
            }
            case REMOVE -> {
                commands.add(Argv.of(opening.get().close()).asRoot());
                if (!firewalld) {
                    commands.add(PortOpening.stopTimer(arguments).alsoReadableWhenExit(TIMER_GONE));
                }
            }
        }
        return List.copyOf(commands);
    }

    /// How it is open, or would be opened.
    static Optional<PortOpening> opening(Arguments arguments, Filter filter) {
        return arguments.wanted() == Action.ALLOW
                ? PortOpening.in(filter, arguments)
                : OpenedPort.in(filter, arguments);
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return AllowImpact.undo(arguments);
    }

    @Override
    public boolean checksAnew() {
        return true;
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look(arguments));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return AllowImpact.proof(arguments, after);
    }

    @Override
    public Reading<Done> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<HostText> programs = new ArrayList<>();
        for (Capture capture : captures) {
            if (capture.exit() == 1 && capture.stderr().contains("already")) {
                throw new Unreadable(
                        Bilingual.of(
                                "port {0} is open for a while already: keep or remove it first",
                                "端口 {0} 已处于临时开放状态：请先 keep 或 remove", arguments.shown()));
            }
            boolean timerGone =
                    arguments.wanted() == Action.REMOVE
                            && capture.argv().program().equals("systemctl")
                            && capture.exit() == TIMER_GONE;
            if (timerGone) {
                continue;
            }
            if (capture.argv().program().equals("firewall-cmd")) {
                if (!capture.readable().stdout().strip().equals("success")) {
                    throw Unreadable.line(capture.argv(), 1, "success", capture.stdout());
                }
            } else {
                capture.silent();
            }
            programs.add(new HostText(capture.argv().program()));
        }
        return Reading.ok(new Done(arguments.port(), arguments.wanted(), programs));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Done> reading) {
        String port = arguments.shown();
        return List.of(
                switch (arguments.wanted()) {
                    case ALLOW ->
                            Finding.of(
                                    Severity.NOTICE,
                                    "{0} is closed again in {1} s, unless it is kept (action=keep)",
                                    "{0} 将在 {1} 秒后自动关闭，除非用 action=keep 保留",
                                    port,
                                    arguments.seconds());
                    case KEEP -> Finding.of(Severity.NOTICE, port + " stays open", port + " 保持开放");
                    case REMOVE ->
                            Finding.of(
                                    Severity.NOTICE,
                                    "what let {0} in was taken away",
                                    "放行 {0} 的规则已移除",
                                    port);
                });
    }
}
