package parley.tools.catalogue.network;

import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.NetworkLink.Bond;
import parley.tools.catalogue.network.NetworkLink.Traffic;
import parley.tools.read.JsonDocument;
import parley.tools.read.Line;
import parley.tools.read.NamedFiles;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The links of `ip -j -d -s -s link`, put together with what other commands say of them.
///
/// @param first the look at the beginning
/// @param last the look at the end, `seconds` later
record LinkTable(
        List<JsonDocument> first,
        List<JsonDocument> last,
        double seconds,
        Map<String, List<HostText>> addresses,
        Map<String, Long> qdiscDrops,
        NamedFiles files) {
    LinkTable {
        first = List.copyOf(first);
        last = List.copyOf(last);
        addresses = Map.copyOf(addresses);
        qdiscDrops = Map.copyOf(qdiscDrops);
    }

    /// The names of the links in a capture of `ip -j link`.
    static List<String> names(Capture link) throws Unreadable {
        List<String> names = new ArrayList<>();
        for (JsonDocument one : JsonDocument.of(link).elements()) {
            names.add(one.at("ifname").text());
        }
        return names;
    }

    /// The addresses of each device in a capture of `ip -j addr`, and those that are duplicates.
    static Map<String, List<HostText>> addresses(Capture addr, List<HostText> duplicates)
            throws Unreadable {
        Map<String, List<HostText>> found = new HashMap<>();
        for (JsonDocument link : JsonDocument.of(addr).elements()) {
            Optional<JsonDocument> name = link.find("ifname");
            Optional<JsonDocument> list = link.find("addr_info");
            // `ip addr show dev` leaves empty objects for the other devices
            if (name.isEmpty() || list.isEmpty()) {
                continue;
            }
            List<HostText> texts = new ArrayList<>();
            for (JsonDocument one : list.get().elements()) {
                if (one.find("local").isEmpty()) {
                    continue;
                }
                String text = one.at("local").text() + "/" + one.at("prefixlen").whole();
                texts.add(new HostText(text));
                if (one.find("dadfailed").isPresent()) {
                    duplicates.add(new HostText(text));
                }
            }
            found.put(name.get().text(), texts);
        }
        return found;
    }

    List<NetworkLink> links() throws Unreadable {
        List<NetworkLink> links = new ArrayList<>();
        for (JsonDocument link : last) {
            links.add(link(link));
        }
        return List.copyOf(links);
    }

    private NetworkLink link(JsonDocument link) throws Unreadable {
        String name = link.at("ifname").text();
        List<String> flags = link.texts("flags");
        Traffic rx = traffic(link, "rx");
        Traffic tx = traffic(link, "tx");
        Optional<JsonDocument> before =
                first.stream()
                        .filter(one -> one.node().path("ifname").asText().equals(name))
                        .findFirst();
        double rxBefore = before.isPresent() ? traffic(before.get(), "rx").lost() : rx.lost();
        double txBefore = before.isPresent() ? traffic(before.get(), "tx").lost() : tx.lost();
        Optional<JsonDocument> info = link.find("linkinfo");
        return new NetworkLink(
                new HostText(name),
                text(info.flatMap(one -> one.find("info_kind"))),
                flags.contains("UP"),
                flags.contains("LOWER_UP"),
                speed(name),
                file(name, "duplex").filter(word -> !word.equals("unknown")).map(HostText::new),
                link.at("mtu").whole(),
                addresses.getOrDefault(name, List.of()),
                rx,
                tx,
                Math.max(0, rx.lost() - rxBefore) / seconds,
                Math.max(0, tx.lost() - txBefore) / seconds,
                qdiscDrops.getOrDefault(name, 0L),
                bond(name, info),
                text(link.find("master")));
    }

    private static Traffic traffic(JsonDocument link, String way) throws Unreadable {
        Optional<JsonDocument> stats = link.find("stats64").flatMap(one -> one.find(way));
        if (stats.isEmpty()) {
            return new Traffic(0, 0, 0, 0, 0);
        }
        JsonDocument one = stats.get();
        Optional<JsonDocument> missed = one.find("missed_errors");
        return new Traffic(
                one.at("bytes").whole(),
                one.at("packets").whole(),
                one.at("errors").whole(),
                one.at("dropped").whole(),
                missed.isPresent() ? missed.get().whole() : 0);
    }

    private Optional<Bond> bond(String name, Optional<JsonDocument> info) throws Unreadable {
        Optional<JsonDocument> data = info.flatMap(one -> one.find("info_data"));
        boolean isBond =
                info.flatMap(one -> one.find("info_kind"))
                        .filter(kind -> kind.node().asText().equals("bond"))
                        .isPresent();
        if (!isBond || data.isEmpty()) {
            return Optional.empty();
        }
        List<HostText> down = new ArrayList<>();
        for (JsonDocument member : last) {
            boolean ours = member.node().path("master").asText().equals(name);
            String link = member.node().at("/linkinfo/info_slave_data/mii_status").asText("UP");
            if (ours && !link.equals("UP")) {
                down.add(new HostText(member.at("ifname").text()));
            }
        }
        return Optional.of(
                new Bond(
                        text(data.get().find("mode")).orElse(new HostText("unknown")),
                        text(data.get().find("active_slave")),
                        down));
    }

    private static Optional<HostText> text(Optional<JsonDocument> place) throws Unreadable {
        return place.isPresent() ? Optional.of(new HostText(place.get().text())) : Optional.empty();
    }

    /// -1 is how drivers say that they do not know.
    private Optional<Long> speed(String name) {
        return file(name, "speed").filter(text -> text.matches("\\d{1,9}")).map(Long::parseLong);
    }

    private Optional<String> file(String name, String file) {
        return files.lines(path(name, file)).stream().map(Line::text).findFirst();
    }

    static String path(String name, String file) {
        return "/sys/class/net/" + name + "/" + file;
    }
}
