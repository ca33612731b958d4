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
import parley.tools.read.JsonDocument;
import parley.tools.value.CloudMetadata;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;
import parley.tools.value.Percent;
import parley.tools.value.Target;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where on the way to a target packets are lost or slow, and how large they may be.
///
/// Sources: `getent ahosts` for a name, of which the first address is taken; `ip -j route get`;
/// `mtr -j` or, where it is missing, `tracepath`; with `mtu`, `ping` with packets that may not be
/// split. Times are in milliseconds. Never empty: no route at all is a reading. Loss at one hop in
/// the middle only means that this router answers seldom; loss from a hop to the end is real.
public final class NetPath implements Observation<NetPath.Arguments, NetPath.Path> {
    private static final long DEFAULT_CYCLES = 10;

    public record Arguments(
            @Means(en = "where the way leads: a name or an address", zh = "目的地：名称或地址")
                    Target target,
            @Means(en = "questions to each hop, 3 to 30; default 10", zh = "每一跳的探测次数，3 到 30，默认 10")
                    @Whole(least = 3, most = 30)
                    Optional<Count> cycles,
            @Means(en = "also find the path MTU", zh = "同时测出路径 MTU") Optional<Boolean> mtu) {
        public Arguments {
            requireNonNull(target, "target is null");
        }

        /// Ten questions to each hop, and the path MTU.
        public static Arguments of(Target target) {
            return new Arguments(target, Optional.empty(), Optional.of(true));
        }

        long questions() {
            return cycles.map(Count::value).orElse(DEFAULT_CYCLES);
        }

        boolean wantsMtu() {
            return mtu.orElse(false);
        }
    }

    /// The way to an address.
    ///
    /// @param address empty when the name has none
    /// @param routed whether this host knows a way there
    /// @param dev the device it leaves by
    /// @param reached whether the target itself answered
    /// @param lossFrom the first hop from which on all lose, to the end; empty when there is none
    /// @param lossPct what is lost there
    /// @param slowFrom the hop at which most of the time is added
    /// @param measured whether shares of loss mean something
    /// @param mtuAtLeast the largest packet that got through
    /// @param mtuBelow the smallest that did not
    /// @param mtuTold what a router or the host itself said
    public record Path(
            @Means(en = "target", zh = "目标") Target target,
            @Means(en = "address", zh = "地址") Optional<IpAddress> address,
            @Means(en = "routed", zh = "有路由") boolean routed,
            @Means(en = "device", zh = "网卡") Optional<HostText> dev,
            @Means(en = "gateway", zh = "网关") Optional<HostText> via,
            @Means(en = "reached", zh = "到达") boolean reached,
            @Means(en = "hops", zh = "各跳") List<PathHop> hops,
            @Means(en = "loss from hop", zh = "从第几跳开始丢包") Optional<Long> lossFrom,
            @Means(en = "loss at the end", zh = "终点丢包率") Optional<Percent> lossPct,
            @Means(en = "slow from hop", zh = "从第几跳开始变慢") Optional<Long> slowFrom,
            @Means(en = "measured", zh = "多次测量") boolean measured,
            @Means(en = "MTU at least", zh = "MTU 不小于") Optional<Long> mtuAtLeast,
            @Means(en = "MTU below", zh = "MTU 小于") Optional<Long> mtuBelow,
            @Means(en = "MTU told", zh = "报告的 MTU") Optional<Long> mtuTold,
            @Means(en = "forbidden", zh = "禁止访问") boolean forbidden) {
        public Path {
            requireNonNull(target, "target is null");
            requireNonNull(address, "address is null");
            requireNonNull(dev, "dev is null");
            requireNonNull(via, "via is null");
            hops = List.copyOf(hops);
            requireNonNull(lossFrom, "lossFrom is null");
            requireNonNull(lossPct, "lossPct is null");
            requireNonNull(slowFrom, "slowFrom is null");
            requireNonNull(mtuAtLeast, "mtuAtLeast is null");
            requireNonNull(mtuBelow, "mtuBelow is null");
            requireNonNull(mtuTold, "mtuTold is null");
        }

        /// The last hop that answered.
        public Optional<PathHop> last() {
            return hops.reversed().stream().filter(hop -> hop.address().isPresent()).findFirst();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "net.path",
                "network",
                Bilingual.of("Loss and delay on the way to a target", "到目标路径上的丢包与时延"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "traceroute from web-1 to 10.0.0.21", "从 web-1 traceroute 到 10.0.0.21"),
                Bilingual.of("mtr 10.0.0.5 from batch-1", "在 batch-1 上 mtr 10.0.0.5"),
                Bilingual.of(
                        "trace the path to pay.example.com from lb-1",
                        "追踪路由 lb-1 到 pay.example.com"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(
                        "mtr -j -n -c <number>"
                                + " <~([0-9.]{7,15}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40})>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        try {
            return new Walk(arguments, soFar).wanted().map(Next::run).orElse(Next.done());
        } catch (Unreadable refused) {
            // what cannot be read ends the sequence; reading it says why
            return Next.done();
        }
    }

    @Override
    public Reading<Path> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return new Walk(arguments, captures).reading();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Path> reading) {
        return PathFindings.of(reading.value());
    }

    /// The commands of one call, and what they gave.
    private static final class Walk {
        private final Arguments arguments;
        private final List<Capture> captures;
        private int at;
        private Optional<Argv> wanted = Optional.empty();
        private Optional<IpAddress> address = Optional.empty();
        private Optional<JsonDocument> route = Optional.empty();
        private Optional<PathTrace> trace = Optional.empty();
        private Optional<PathMtu> mtu = Optional.empty();
        private boolean forbidden;
        private final List<Bilingual> gaps = new ArrayList<>();

        Walk(Arguments arguments, List<Capture> captures) throws Unreadable {
            this.arguments = arguments;
            this.captures = captures;
            walk();
        }

        Optional<Argv> wanted() {
            return wanted;
        }

        private void walk() throws Unreadable {
            if (arguments.target().isAddress()) {
                address = Optional.of(new IpAddress(arguments.target().value()));
            } else {
                if (!have(NameLookup.command(arguments.target()))) {
                    return;
                }
                address = NameLookup.read(at, captures).addresses().stream().findFirst();
            }
            forbidden = address.filter(one -> CloudMetadata.isMeantBy(one.value())).isPresent();
            if (address.isEmpty() || forbidden) {
                return;
            }
            if (!have(routeTo(address.get()))) {
                return;
            }
            Capture answer = captures.get(at - 1).readable();
            if (answer.exit() != 0) {
                if (!answer.stdout().isBlank() || !answer.stderr().contains("unreachable")) {
                    throw Unreadable.line(
                            answer.argv(),
                            1,
                            "a route, or that there is none",
                            answer.stdout() + answer.stderr());
                }
                return;
            }
            route = JsonDocument.of(captures.get(at - 1)).elements().stream().findFirst();
            if (!follow(address.get())) {
                return;
            }
            if (arguments.wantsMtu()) {
                measure(address.get());
            }
        }

        private static Argv routeTo(IpAddress address) {
            return Argv.of("ip", "-j", "route", "get", address.value()).alsoReadableWhenExit(2);
        }

        private boolean follow(IpAddress to) throws Unreadable {
            if (!have(PathTrace.mtr(to, arguments.questions()))) {
                return false;
            }
            if (captures.get(at - 1).missing()) {
                if (!have(PathTrace.tracepath(to))) {
                    return false;
                }
                if (captures.get(at - 1).missing()) {
                    throw new Unreadable(
                            Bilingual.of(
                                    "neither mtr nor tracepath is on this host; install one of"
                                            + " them to see the way",
                                    "该主机上没有 mtr 也没有 tracepath；要查看路径请先安装其一"));
                }
                gaps.add(
                        Bilingual.of(
                                "mtr is not on this host: each hop was asked once only, so shares"
                                        + " of loss are not known",
                                "该主机上没有 mtr：每一跳只探测了一次，无法得出丢包率"));
            }
            trace = Optional.of(PathTrace.read(at, captures));
            return true;
        }

        private void measure(IpAddress to) throws Unreadable {
            int first = at + 1;
            Optional<Argv> echo = PathMtu.next(to, first, captures);
            if (echo.isPresent()) {
                wanted = echo;
                return;
            }
            mtu = Optional.of(PathMtu.read(first, captures));
        }

        private boolean have(Argv command) {
            if (at >= captures.size()) {
                wanted = Optional.of(command);
                return false;
            }
            at++;
            return true;
        }

        Reading<Path> reading() throws Unreadable {
            Optional<HostText> own =
                    text("prefsrc")
                            .filter(one ->
                                    address.filter(to -> to.value().equals(one.value())).isEmpty());
            // that nobody has an address on its own network, the host says itself
            List<PathHop> hops =
                    trace.map(PathTrace::hops).orElse(List.of()).stream()
                            .map(hop -> own.equals(hop.address()) ? hop.silent() : hop)
                            .toList();
            boolean measured = trace.filter(PathTrace::measured).isPresent();
            boolean reached =
                    address.isPresent()
                            && hops.stream().anyMatch(hop -> hop.is(address.get().value()));
            return Reading.of(
                    new Path(
                            arguments.target(),
                            address,
                            route.isPresent(),
                            text("dev"),
                            text("gateway"),
                            reached,
                            hops,
                            measured ? PathFindings.lossFrom(hops) : Optional.empty(),
                            measured && !hops.isEmpty()
                                    ? Optional.of(hops.getLast().lossPct())
                                    : Optional.empty(),
                            PathFindings.slowFrom(hops),
                            measured,
                            mtu.flatMap(PathMtu::atLeast),
                            mtu.flatMap(PathMtu::below),
                            mtu.flatMap(PathMtu::told).or(() -> trace.flatMap(PathTrace::pmtu)),
                            forbidden),
                    gaps);
        }

        private Optional<HostText> text(String name) throws Unreadable {
            Optional<JsonDocument> place = route.flatMap(one -> one.find(name));
            return place.isPresent()
                    ? Optional.of(new HostText(place.get().text()))
                    : Optional.empty();
        }
    }
}
