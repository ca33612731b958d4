package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.value.HostText;
import parley.tools.value.Port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The packet filter that is in force on a host, and what it does with a port.
///
/// Sources, all as root: `nft -j list ruleset`, `iptables-save -c`, `ip6tables-save -c`, then what
/// manages them: `firewall-cmd` and `ufw`. *Empty* means that no filter has a rule or a policy that
/// drops: everything was seen and lets everything through. Without root it is unreadable, never
/// empty. What a cloud filters before the host cannot be seen here.
public final class NetFirewall implements Observation<NetFirewall.Arguments, NetFirewall.Filter> {
    private static final int NOT_RUNNING = 252;

    public record Arguments(
            @Means(en = "what happens to new connections to this port", zh = "新连接访问该端口时的处理")
                    Optional<Port> port) {
        public Arguments {
            requireNonNull(port, "port is null");
        }
    }

    /// What filters packets.
    ///
    /// @param managers `firewalld`, `ufw`: who else writes these rules
    /// @param defaultInput what happens to packets for the host that no rule decided: `accept` or
    ///   `drop`
    /// @param verdicts for the port asked about: TCP and UDP, over IPv4 and IPv6
    /// @param notKept lines of firewalld that are in force but would be gone after a reload, and
    ///   the other way round
    public record Filter(
            @Means(en = "backend", zh = "后端") HostText backend,
            @Means(en = "managed by", zh = "管理程序") List<HostText> managers,
            @Means(en = "default for incoming", zh = "入站默认") HostText defaultInput,
            @Means(en = "rules", zh = "规则数") long rules,
            @Means(en = "chains", zh = "链") List<FirewallChain> chains,
            @Means(en = "verdicts", zh = "端口结果") List<PortVerdict> verdicts,
            @Means(en = "not kept", zh = "运行与持久配置的差异") List<HostText> notKept) {
        public Filter {
            requireNonNull(backend, "backend is null");
            managers = List.copyOf(managers);
            requireNonNull(defaultInput, "defaultInput is null");
            chains = List.copyOf(chains);
            verdicts = List.copyOf(verdicts);
            notKept = List.copyOf(notKept);
        }

        /// Whether it lets everything in.
        boolean open() {
            return rules == 0 && defaultInput.value().equals("accept");
        }

        /// Whether `manager` writes these rules.
        public boolean managedBy(String manager) {
            return managers.contains(new HostText(manager));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "net.firewall",
                "network",
                Bilingual.of("The packet filter in force", "生效的防火墙规则"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("show the firewall rules on web-1", "看下 web-1 的防火墙规则"),
                Bilingual.of("is port 8080 blocked on web-2", "web-2 的 8080 端口被防火墙拦了吗"),
                Bilingual.of("what does nftables allow on db-1", "db-1 的 nftables 放行了哪些端口"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("nft -j list ruleset"),
                RootCommand.of("iptables-save -c"),
                RootCommand.of("ip6tables-save -c"),
                RootCommand.of("ufw status"),
                RootCommand.of("firewall-cmd --state"),
                RootCommand.exactly(Firewalld.runtime()),
                RootCommand.exactly(Firewalld.permanent()));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return switch (soFar.size()) {
            case 0 -> Next.run(NftRules.command());
            case 1 -> Next.run(IptablesRules.command("iptables-save"));
            case 2 -> Next.run(IptablesRules.command("ip6tables-save"));
            case 3 -> Next.run(Argv.of("ufw", "status").asRoot().alsoReadableWhenExit(1, 127));
            case 4 ->
                    Next.run(
                            Argv.of("firewall-cmd", "--state")
                                    .asRoot()
                                    .alsoReadableWhenExit(127, NOT_RUNNING));
            case 5 -> isRunning(soFar) ? Next.run(Firewalld.runtime()) : Next.done();
            case 6 -> Next.run(Firewalld.permanent());
            default -> Next.done();
        };
    }

    private static boolean isRunning(List<Capture> captures) {
        return captures.get(4).exit() == 0;
    }

    @Override
    public Reading<Filter> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        boolean nft = isThere(captures.getFirst());
        boolean four = isThere(captures.get(1));
        boolean six = isThere(captures.get(2));
        if (!nft && !four) {
            throw new Unreadable(
                    Bilingual.of(
                            "neither nft nor iptables-save is on this host: its packet filter"
                                    + " cannot be read",
                            "该主机上没有 nft 也没有 iptables-save：无法读取包过滤规则"));
        }
        List<Bilingual> gaps = new ArrayList<>();
        List<FirewallChain> old = new ArrayList<>();
        if (four) {
            old.addAll(IptablesRules.read("ip", 2, captures));
        }
        if (six) {
            old.addAll(IptablesRules.read("ip6", 3, captures));
        }
        List<FirewallChain> chains = new ArrayList<>();
        if (!nft) {
            gaps.add(
                    Bilingual.of(
                            "nft is not on this host: rules of nftables itself, if there are any,"
                                    + " are not seen",
                            "该主机上没有 nft：若存在 nftables 自身的规则则无法看到"));
        } else {
            // what iptables knows better is taken from there
            NftRules.read(1, captures).stream()
                    .filter(chain -> old.stream().noneMatch(chain::isSibling))
                    .forEach(chains::add);
        }
        chains.addAll(old);
        chains.removeIf(chain -> chain.rules().isEmpty() && !chain.dropsByDefault());
        Filter filter = filter(arguments, chains, old, captures);
        return Reading.of(filter, filter.open() && arguments.port().isEmpty(), gaps);
    }

    /// Whether the program of this capture is on the host.
    ///
    /// @throws Unreadable when it is, and failed
    private static boolean isThere(Capture capture) throws Unreadable {
        return !capture.missing() && !capture.readable().missing();
    }

    private static Filter filter(
            Arguments arguments,
            List<FirewallChain> chains,
            List<FirewallChain> old,
            List<Capture> captures)
            throws Unreadable {
        List<HostText> managers = new ArrayList<>();
        if (isThere(captures.get(4)) && isRunning(captures)) {
            managers.add(new HostText("firewalld"));
        }
        if (isThere(captures.get(3)) && captures.get(3).stdout().startsWith("Status: active")) {
            managers.add(new HostText("ufw"));
        }
        boolean drops = chains.stream().anyMatch(chain -> chain.input() && chain.dropsByDefault());
        boolean own = chains.stream().anyMatch(chain -> !old.contains(chain));
        boolean foreign = chains.stream().anyMatch(old::contains);
        String backend =
                chains.isEmpty()
                        ? "none"
                        : own && foreign ? "nftables, iptables" : own ? "nftables" : "iptables";
        List<PortVerdict> verdicts = new ArrayList<>();
        arguments
                .port()
                .ifPresent(port -> {
                    for (String protocol : List.of("tcp", "udp")) {
                        verdicts.add(PortVerdict.of(port, protocol, "ip", chains));
                        verdicts.add(PortVerdict.of(port, protocol, "ip6", chains));
                    }
                });
        return new Filter(
                new HostText(backend),
                managers,
                new HostText(drops ? "drop" : "accept"),
                chains.stream().mapToLong(chain -> chain.rules().size()).sum(),
                chains,
                verdicts,
                isRunning(captures) ? Firewalld.differences(6, 7, captures) : List.of());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Filter> reading) {
        return FilterFindings.of(arguments, reading);
    }
}
