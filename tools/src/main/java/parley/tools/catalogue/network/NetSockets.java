package parley.tools.catalogue.network;

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
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.IpAddress;
import parley.tools.value.Port;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The listening sockets and connections of a host, and who holds them.
///
/// Source: `ss` (text; it has no JSON), then `ps` for the units of the processes. *Empty* means
/// that no socket fits: sockets themselves are visible to everybody. Processes of other users are
/// not, without root: then the reading is partial. A socket that listens on 127.0.0.1 cannot be
/// reached from other hosts.
public final class NetSockets implements Observation<NetSockets.Arguments, NetSockets.Sockets> {
    private static final long DEFAULT_LIMIT = 200;

    /// Which sockets to list, by their state.
    public enum State {
        LISTEN,
        ESTABLISHED,
        ALL,
        CLOSE_WAIT,
        SYN_RECV,
        TIME_WAIT;

        /// How `ss` writes it where it prints no column of states.
        private String printed() {
            return this == ESTABLISHED
                    ? "ESTAB"
                    : name().replace('_', '-').toUpperCase(Locale.ROOT);
        }

        /// The word of ss's own filter.
        private String filter() {
            return name().replace('_', '-').toLowerCase(Locale.ROOT);
        }
    }

    /// Which kind of sockets.
    public enum Protocol {
        TCP,
        UDP,
        UNIX
    }

    public record Arguments(
            @Means(
                            en =
                                    "only sockets in this state (default listen; with port or peer,"
                                            + " all)",
                            zh = "只看该状态的套接字（默认 listen；给出端口或对端时为全部）")
                    Optional<State> state,
            @Means(en = "only this port, on either end", zh = "只看该端口（任一端）") Optional<Port> port,
            @Means(en = "only this kind (default tcp and udp)", zh = "只看该协议（默认 tcp 和 udp）")
                    Optional<Protocol> proto,
            @Means(en = "only connections with this address", zh = "只看与该地址的连接")
                    Optional<IpAddress> peer,
            @Means(en = "at most so many (default 200)", zh = "最多多少条（默认 200）")
                    @Whole(least = 1, most = 1000)
                    Optional<Count> limit) {
        public Arguments {
            boolean unix = proto.filter(Protocol.UNIX::equals).isPresent();
            if (unix && (port.isPresent() || peer.isPresent())) {
                throw new BadValue(
                        Bilingual.of(
                                "Unix sockets have no port and no peer address",
                                "Unix 套接字没有端口和对端地址"));
            }
            if (peer.isPresent() && state.filter(State.LISTEN::equals).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "a listening socket has no peer; leave out state or peer",
                                "监听中的套接字没有对端；请去掉 state 或 peer"));
            }
        }

        State wanted() {
            boolean narrowed = port.isPresent() || peer.isPresent();
            return state.orElse(narrowed ? State.ALL : State.LISTEN);
        }

        /// The state when `ss` prints no column for it, having been asked for one only.
        Optional<String> onlyState() {
            State wanted = wanted();
            return wanted == State.LISTEN || wanted == State.ALL
                    ? Optional.empty()
                    : Optional.of(wanted.printed());
        }
    }

    /// @param matched how many sockets fit, of which at most `limit` are listed
    public record Sockets(
            @Means(en = "sockets", zh = "套接字") List<Socket> sockets,
            @Means(en = "of", zh = "总数") long matched,
            @Means(en = "by state", zh = "按状态统计") List<StateCount> states) {
        public Sockets {
            sockets = List.copyOf(sockets);
            states = List.copyOf(states);
        }
    }

    /// How many of the sockets that fit are in a state.
    public record StateCount(
            @Means(en = "state", zh = "状态") String state,
            @Means(en = "count", zh = "数量") long count) {}

    @Override
    public Card card() {
        return Card.observe(
                "net.sockets",
                "network",
                Bilingual.of("Listening ports and connections", "监听端口与连接"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("who listens on port 80 on web-1?", "web-1 的 80 端口是谁在监听"),
                Bilingual.of("anyone connected to 3306 on db-1", "db-1 的 3306 上有谁连着"),
                Bilingual.of("which ports are open on web-1", "web-1 开了哪些端口"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                SocketTable.rootCommand(
                        "{{-t||-u||-x||-t -u}} {{-l||-a||state established||state close-wait"
                                + "||state syn-recv||state time-wait}}"
                                + " [[ ( sport = :<number> or dport = :<number> ) ]] [[ and ]]"
                                + " [[ dst <~(\\[[0-9A-Fa-f:.]+\\]|[0-9A-Fa-f:.]+)> ]]"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.sequence(soFar, ss(arguments), SocketTable.units());
    }

    private static Argv ss(Arguments arguments) {
        List<String> words = new ArrayList<>();
        if (arguments.proto().isEmpty()) {
            words.addAll(List.of("-t", "-u"));
        } else {
            words.add(
                    switch (arguments.proto().get()) {
                        case TCP -> "-t";
                        case UDP -> "-u";
                        case UNIX -> "-x";
                    });
        }
        switch (arguments.wanted()) {
            case LISTEN -> words.add("-l");
            case ALL -> words.add("-a");
            case ESTABLISHED, CLOSE_WAIT, SYN_RECV, TIME_WAIT ->
                    words.addAll(List.of("state", arguments.wanted().filter()));
        }
        arguments
                .port()
                .ifPresent(port ->
                        words.addAll(
                                List.of(
                                        "(",
                                        "sport",
                                        "=",
                                        ":" + port,
                                        "or",
                                        "dport",
                                        "=",
                                        ":" + port,
                                        ")")));
        arguments
                .peer()
                .ifPresent(peer -> {
                    if (arguments.port().isPresent()) {
                        words.add("and");
                    }
                    boolean six = peer.value().contains(":");
                    words.addAll(List.of("dst", six ? "[" + peer + "]" : peer.value()));
                });
        return SocketTable.list(words);
    }

    @Override
    public Reading<Sockets> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Capture ss = captures.getFirst();
        Capture ps = captures.getLast();
        String fixed = arguments.proto().map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("");
        List<Socket> all =
                SocketTable.withUnits(
                        SocketTable.read(
                                ss, arguments.proto().isEmpty(), fixed, arguments.onlyState()),
                        ps);
        List<Socket> listed =
                all.stream()
                        .limit(arguments.limit().map(Count::value).orElse(DEFAULT_LIMIT))
                        .toList();
        Sockets value = new Sockets(listed, all.size(), SocketFindings.states(all));
        return Reading.of(value, all.isEmpty(), SocketTable.gaps(ss, ps, all));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Sockets> reading) {
        return SocketFindings.of(arguments, reading);
    }
}
