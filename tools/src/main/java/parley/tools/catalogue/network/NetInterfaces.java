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
import parley.tools.Unreadable;
import parley.tools.read.JsonDocument;
import parley.tools.read.NamedFiles;
import parley.tools.value.HostText;
import parley.tools.value.LinkName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The network interfaces of a host, their addresses and errors, and its routes.
///
/// Sources: `ip -j` for links (twice, a second apart: counters are since boot), addresses, routes,
/// rules and neighbours; `tc -j` for queues; `/sys/class/net` for speed and duplex, which most
/// virtual devices do not tell. Never empty: there is always a loopback. Unreadable where `ip` is
/// missing or too old for JSON (before 4.13), and with exit 1 for a device that is not there.
public final class NetInterfaces
        implements Observation<NetInterfaces.Arguments, NetInterfaces.Interfaces> {
    /// Of so many devices speed and duplex are read.
    private static final int MOST_DEVICES = 32;

    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 1024 * 1024;

    public record Arguments(@Means(en = "only this device", zh = "只看该网卡") Optional<LinkName> dev) {
        public Arguments {
            requireNonNull(dev, "dev is null");
        }
    }

    /// A way to networks that no other route names.
    ///
    /// @param via the gateway; empty for a device that is the way itself
    /// @param metric the lowest is taken
    public record DefaultRoute(
            @Means(en = "gateway", zh = "网关") Optional<HostText> via,
            @Means(en = "device", zh = "网卡") HostText dev,
            @Means(en = "metric", zh = "度量值") long metric,
            @Means(en = "IPv6", zh = "IPv6") boolean six) {
        public DefaultRoute {
            requireNonNull(via, "via is null");
            requireNonNull(dev, "dev is null");
        }
    }

    /// @param duplicates IPv6 addresses that another host has, too; of IPv4 this cannot be seen
    /// @param silentNeighbours addresses of the same network that did not answer
    /// @param routes how many routes there are in all tables
    /// @param extraRules how many routing rules there are beside the usual three
    public record Interfaces(
            @Means(en = "links", zh = "网卡") List<NetworkLink> links,
            @Means(en = "default routes", zh = "默认路由") List<DefaultRoute> defaultRoutes,
            @Means(en = "duplicate addresses", zh = "重复地址") List<HostText> duplicates,
            @Means(en = "silent neighbours", zh = "无应答的邻居") List<HostText> silentNeighbours,
            @Means(en = "routes", zh = "路由数") long routes,
            @Means(en = "extra rules", zh = "额外策略路由") long extraRules) {
        public Interfaces {
            links = List.copyOf(links);
            defaultRoutes = List.copyOf(defaultRoutes);
            duplicates = List.copyOf(duplicates);
            silentNeighbours = List.copyOf(silentNeighbours);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "net.interfaces",
                "network",
                Bilingual.of("Network interfaces, addresses and routes", "网卡、地址与路由"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("which ip addresses does web-1 have", "web-1 的 IP 地址是多少"),
                Bilingual.of("show the routing table on db-1", "看看 db-1 的路由表"),
                Bilingual.of("any errors on the network interfaces of web-2?", "web-2 网卡有没有错包"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        Optional<String> dev = arguments.dev().map(LinkName::value);
        return switch (soFar.size()) {
            case 0 -> Next.run(ip(dev, "-d", "-s", "-s", "link"));
            case 1 -> Next.run(ip(dev, "addr"));
            case 2 -> Next.run(ip(Optional.empty(), "route", "show", "table", "all"));
            case 3 -> Next.run(ip(Optional.empty(), "rule"));
            case 4 -> Next.run(ip(dev, "neigh"));
            case 5 ->
                    Next.run(
                            Argv.of("tc", "-j", "-s", "qdisc")
                                    .keeping(MOST_BYTES)
                                    .alsoReadableWhenExit(127));
            case 6 -> Next.run(NamedFiles.command(files(soFar.getFirst())));
            case 7 -> new Next.Run(ip(dev, "-d", "-s", "-s", "link"), WATCH);
            default -> Next.done();
        };
    }

    private static Argv ip(Optional<String> dev, String... words) {
        List<String> all = new ArrayList<>(List.of("ip", "-j"));
        all.addAll(List.of(words));
        dev.ifPresent(name -> all.addAll(List.of("show", "dev", name)));
        return Argv.of(all).keeping(MOST_BYTES);
    }

    private static List<String> files(Capture link) {
        List<String> paths = new ArrayList<>();
        try {
            LinkTable.names(link).stream()
                    .filter(LinkName::isName)
                    .limit(MOST_DEVICES)
                    .forEach(name -> {
                        paths.add(LinkTable.path(name, "speed"));
                        paths.add(LinkTable.path(name, "duplex"));
                    });
        } catch (Unreadable refused) {
            // reading the links says why; until then there is something to look at on every host
            paths.clear();
        }
        return paths.isEmpty() ? List.of(LinkTable.path("lo", "speed")) : paths;
    }

    @Override
    public Reading<Interfaces> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<HostText> duplicates = new ArrayList<>();
        List<JsonDocument> routes = JsonDocument.of(captures.get(2)).elements();
        double seconds =
                Math.max(
                                WATCH.toMillis(),
                                Duration.between(
                                                captures.getFirst().midpoint(),
                                                captures.getLast().midpoint())
                                        .toMillis())
                        / 1000.0;
        LinkTable table =
                new LinkTable(
                        JsonDocument.of(captures.getFirst()).elements(),
                        JsonDocument.of(captures.getLast()).elements(),
                        seconds,
                        LinkTable.addresses(captures.get(1), duplicates),
                        drops(captures.get(5), gaps),
                        NamedFiles.read(7, captures));
        return Reading.of(
                new Interfaces(
                        table.links(),
                        defaults(routes),
                        duplicates,
                        silent(captures.get(4)),
                        routes.size(),
                        Math.max(0, JsonDocument.of(captures.get(3)).elements().size() - 3)),
                gaps);
    }

    private static List<DefaultRoute> defaults(List<JsonDocument> routes) throws Unreadable {
        List<DefaultRoute> ways = new ArrayList<>();
        for (JsonDocument route : routes) {
            // other tables than the main one are for packets that rules choose
            if (!route.at("dst").text().equals("default") || route.find("table").isPresent()) {
                continue;
            }
            Optional<JsonDocument> metric = route.find("metric");
            Optional<JsonDocument> hops = route.find("nexthops");
            for (JsonDocument hop : hops.isPresent() ? hops.get().elements() : List.of(route)) {
                Optional<JsonDocument> dev = hop.find("dev");
                Optional<JsonDocument> via = hop.find("gateway");
                if (dev.isPresent()) {
                    ways.add(
                            new DefaultRoute(
                                    via.isPresent()
                                            ? Optional.of(new HostText(via.get().text()))
                                            : Optional.empty(),
                                    new HostText(dev.get().text()),
                                    metric.isPresent() ? metric.get().whole() : 0,
                                    route.find("pref").isPresent()));
                }
            }
        }
        return List.copyOf(ways);
    }

    private static List<HostText> silent(Capture neigh) throws Unreadable {
        List<HostText> silent = new ArrayList<>();
        for (JsonDocument one : JsonDocument.of(neigh).elements()) {
            if (one.texts("state").contains("FAILED")) {
                silent.add(new HostText(one.at("dst").text()));
            }
        }
        return silent;
    }

    private static Map<String, Long> drops(Capture tc, List<Bilingual> gaps) throws Unreadable {
        Map<String, Long> drops = new HashMap<>();
        if (tc.missing()) {
            gaps.add(
                    Bilingual.of(
                            "tc is not on this host: what its send queues dropped is not known",
                            "该主机上没有 tc：无法得知发送队列的丢包情况"));
            return drops;
        }
        for (JsonDocument one : JsonDocument.of(tc).elements()) {
            Optional<JsonDocument> dev = one.find("dev");
            Optional<JsonDocument> dropped = one.find("drops");
            if (dev.isPresent() && dropped.isPresent()) {
                drops.merge(dev.get().text(), dropped.get().whole(), Long::sum);
            }
        }
        return drops;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Interfaces> reading) {
        return InterfaceFindings.of(reading.value());
    }
}
