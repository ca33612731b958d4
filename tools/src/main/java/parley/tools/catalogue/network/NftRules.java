package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.FirewallRule.Ports;
import parley.tools.catalogue.network.FirewallRule.Verdict;
import parley.tools.read.JsonDocument;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of nftables: `nft -j list ruleset`, which needs root.
///
/// Rules that `iptables` put there are seen, but its own matches (`xt`) are not told apart: such a
/// rule holds for some packets only.
final class NftRules {
    private static final Set<String> PROTOCOLS =
            Set.of("tcp", "udp", "icmp", "icmpv6", "sctp", "udplite", "dccp");

    private final int number;
    private final Map<String, JsonDocument> sets = new HashMap<>();
    private final Map<String, List<FirewallRule>> rules = new HashMap<>();
    private final List<JsonDocument> chains = new ArrayList<>();

    private NftRules(int number) {
        this.number = number;
    }

    static Argv command() {
        return Argv.of("nft", "-j", "list", "ruleset")
                .asRoot()
                .keeping(4L * 1024 * 1024)
                .alsoReadableWhenExit(127);
    }

    /// The chains in capture number `number` of [#command].
    static List<FirewallChain> read(int number, List<Capture> captures) throws Unreadable {
        Capture capture = captures.get(number - 1);
        NftRules reader = new NftRules(number);
        List<JsonDocument> all = JsonDocument.of(capture).at("nftables").elements();
        for (JsonDocument one : all) {
            Optional<JsonDocument> set = one.find("set").or(() -> one.find("map"));
            if (set.isPresent()) {
                reader.sets.put(key(set.get(), "name"), set.get());
            }
            one.find("chain").ifPresent(reader.chains::add);
        }
        for (JsonDocument one : all) {
            Optional<JsonDocument> rule = one.find("rule");
            if (rule.isPresent()) {
                reader.rules
                        .computeIfAbsent(key(rule.get(), "chain"), ignored -> new ArrayList<>())
                        .add(reader.rule(rule.get()));
            }
        }
        return reader.chains();
    }

    private static String key(JsonDocument one, String name) throws Unreadable {
        return one.at("family").text() + " " + one.at("table").text() + " " + one.at(name).text();
    }

    private List<FirewallChain> chains() throws Unreadable {
        List<FirewallChain> read = new ArrayList<>();
        for (JsonDocument chain : chains) {
            Optional<JsonDocument> priority = chain.find("prio");
            read.add(
                    new FirewallChain(
                            new HostText(chain.at("family").text()),
                            new HostText(chain.at("table").text()),
                            new HostText(chain.at("name").text()),
                            text(chain, "hook"),
                            priority.isPresent() ? priority.get().node().asLong() : 0,
                            text(chain, "policy"),
                            rules.getOrDefault(key(chain, "name"), List.of())));
        }
        return List.copyOf(read);
    }

    private static Optional<HostText> text(JsonDocument one, String name) throws Unreadable {
        Optional<JsonDocument> found = one.find(name);
        return found.isPresent() ? Optional.of(new HostText(found.get().text())) : Optional.empty();
    }

    private FirewallRule rule(JsonDocument rule) throws Unreadable {
        Parts parts = new Parts(rule);
        for (JsonDocument expression : rule.at("expr").elements()) {
            parts.add(expression);
        }
        return new FirewallRule(
                new HostText(rule.at("table").text()),
                new HostText(rule.at("chain").text()),
                parts.protocol,
                parts.ports,
                parts.conditions,
                parts.onlyKnown,
                parts.onlyLocal,
                parts.verdict,
                parts.to,
                parts.packets,
                new Finding.Lines(number, 1, 1));
    }

    /// What the expressions of a rule add up to.
    private final class Parts {
        private final JsonDocument rule;
        private Optional<HostText> protocol = Optional.empty();
        private final List<Ports> ports = new ArrayList<>();
        private final List<HostText> conditions = new ArrayList<>();
        private boolean onlyKnown;
        private boolean onlyLocal;
        private Verdict verdict = Verdict.NONE;
        private Optional<HostText> to = Optional.empty();
        private Optional<Long> packets = Optional.empty();

        Parts(JsonDocument rule) {
            this.rule = rule;
        }

        void add(JsonDocument expression) throws Unreadable {
            String kind =
                    expression.node().fieldNames().hasNext()
                            ? expression.node().fieldNames().next()
                            : "";
            switch (kind) {
                case "match" -> match(expression.at("match"));
                case "counter" -> {
                    Optional<JsonDocument> count = expression.find("counter");
                    if (count.isPresent() && count.get().find("packets").isPresent()) {
                        packets = Optional.of(count.get().at("packets").whole());
                    }
                }
                case "accept" -> verdict = Verdict.ACCEPT;
                case "drop" -> verdict = Verdict.DROP;
                case "reject" -> verdict = Verdict.REJECT;
                case "return" -> verdict = Verdict.RETURN;
                case "jump" -> jump(Verdict.JUMP, expression.at("jump"));
                case "goto" -> jump(Verdict.GOTO, expression.at("goto"));
                case "dnat", "redirect", "tproxy" -> {
                    verdict = Verdict.REDIRECT;
                    to = expression.find(kind).map(one -> new HostText(one.node().toString()));
                }
                case "log",
                        "mangle",
                        "ct helper",
                        "ct timeout",
                        "notrack",
                        "masquerade",
                        "snat" -> {
                    // the packet goes on
                }
                case "xt" -> foreign(expression);
                default -> conditions.add(new HostText(kind));
            }
        }

        private void jump(Verdict kind, JsonDocument where) throws Unreadable {
            verdict = kind;
            to = Optional.of(new HostText(where.at("target").text()));
        }

        /// A match or target of iptables that nft does not decode.
        private void foreign(JsonDocument expression) {
            String name = expression.node().at("/xt/name").asText("xt");
            if (expression.node().at("/xt/type").asText().equals("target")) {
                verdict = name.equals("REJECT") ? Verdict.REJECT : Verdict.OTHER;
            } else if (!name.equals("comment")) {
                conditions.add(new HostText(name));
            }
        }

        private void match(JsonDocument match) throws Unreadable {
            JsonDocument left = match.at("left");
            JsonDocument right = match.at("right");
            boolean equal = !match.at("op").text().equals("!=");
            String field = left.node().at("/payload/field").asText();
            String layer = left.node().at("/payload/protocol").asText();
            String meta = left.node().at("/meta/key").asText();
            if (equal && field.equals("dport")) {
                ports.addAll(ports(right));
                if (!layer.equals("th")) {
                    protocol = Optional.of(new HostText(layer));
                }
            } else if (equal
                    && (meta.equals("l4proto") || field.equals("protocol"))
                    && right.node().isTextual()) {
                protocol = Optional.of(new HostText(right.text()));
            } else if (equal && left.node().at("/ct/key").asText().equals("state")) {
                onlyKnown |= !states(right).contains("new");
            } else if (equal && meta.equals("iifname") && right.node().asText().equals("lo")) {
                onlyLocal = true;
            } else {
                // a field of one protocol is in packets of that protocol only
                if (protocol.isEmpty() && PROTOCOLS.contains(layer)) {
                    protocol = Optional.of(new HostText(layer));
                }
                conditions.add(new HostText(words(left, right, match.at("op").text())));
            }
        }

        private List<String> states(JsonDocument right) throws Unreadable {
            List<String> states = new ArrayList<>();
            if (right.node().isTextual()) {
                states.add(right.text());
            }
            Optional<JsonDocument> set = right.find("set");
            for (JsonDocument one :
                    right.node().isArray()
                            ? right.elements()
                            : set.isPresent() ? set.get().elements() : List.<JsonDocument>of()) {
                states.add(one.node().asText());
            }
            return states;
        }

        private List<Ports> ports(JsonDocument right) throws Unreadable {
            if (right.node().isIntegralNumber()) {
                return List.of(new Ports(right.whole(), right.whole()));
            }
            Optional<JsonDocument> range = right.find("range");
            if (range.isPresent() && range.get().elements().size() == 2) {
                return List.of(
                        new Ports(
                                range.get().elements().get(0).whole(),
                                range.get().elements().get(1).whole()));
            }
            Optional<JsonDocument> list =
                    right.node().isTextual() && right.text().startsWith("@")
                            ? Optional.ofNullable(sets.get(setKey(right.text().substring(1))))
                                    .flatMap(set -> set.find("elem"))
                            : right.find("set");
            List<Ports> all = new ArrayList<>();
            if (list.isPresent()) {
                for (JsonDocument one : list.get().elements()) {
                    all.addAll(ports(one));
                }
            } else if (!right.node().isTextual()) {
                throw right.refused("ports");
            }
            if (all.isEmpty()) {
                // a set that is empty now, or cannot be seen: it may be about any port
                conditions.add(new HostText("dport " + right.node()));
            }
            return all;
        }

        private String setKey(String name) throws Unreadable {
            return rule.at("family").text() + " " + rule.at("table").text() + " " + name;
        }

        private String words(JsonDocument left, JsonDocument right, String op) {
            String field = left.node().at("/payload/field").asText();
            String layer = left.node().at("/payload/protocol").asText();
            String meta = left.node().at("/meta/key").asText();
            String prefix = right.node().at("/prefix/addr").asText();
            String what =
                    !field.isEmpty()
                            ? layer + " " + field
                            : !meta.isEmpty() ? meta : left.node().toString();
            String value =
                    !prefix.isEmpty()
                            ? prefix + "/" + right.node().at("/prefix/len").asText()
                            : right.node().isValueNode()
                                    ? right.node().asText()
                                    : right.node().toString();
            return what + (op.equals("!=") ? " is not " : " ") + value;
        }
    }
}
