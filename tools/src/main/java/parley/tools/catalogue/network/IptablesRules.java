package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.FirewallRule.Ports;
import parley.tools.catalogue.network.FirewallRule.Verdict;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules of iptables, old kind and new: `iptables-save -c`, which needs root.
final class IptablesRules {
    private static final Pattern TABLE = Pattern.compile("\\*([a-z]{1,32})");
    private static final Pattern CHAIN =
            Pattern.compile(":(\\S{1,64}) (ACCEPT|DROP|QUEUE|RETURN|-) \\[\\d+:\\d+]");
    private static final Pattern RULE =
            Pattern.compile("(?:\\[(\\d{1,18}):\\d+] )?-A (\\S{1,64})(?: (.*))?");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Pattern REMARK = Pattern.compile("#.*|COMMIT|");

    private IptablesRules() {}

    /// @param program `iptables-save` or `ip6tables-save`
    static Argv command(String program) {
        return Argv.of(program, "-c").asRoot().keeping(4L * 1024 * 1024).alsoReadableWhenExit(127);
    }

    /// The chains in capture number `number` of [#command].
    ///
    /// @param family `ip` or `ip6`
    static List<FirewallChain> read(String family, int number, List<Capture> captures)
            throws Unreadable {
        List<FirewallChain> all = new ArrayList<>();
        String table = "";
        Map<String, Optional<String>> policies = new LinkedHashMap<>();
        Map<String, List<FirewallRule>> rules = new LinkedHashMap<>();
        for (Line line : Lines.of(number, captures)) {
            if (line.has(TABLE)) {
                all.addAll(chains(family, table, policies, rules));
                table = line.match(TABLE, "").group(1);
                policies.clear();
                rules.clear();
            } else if (line.has(CHAIN)) {
                Matcher chain = line.match(CHAIN, "");
                policies.put(
                        chain.group(1),
                        Optional.of(chain.group(2)).filter(one -> !one.equals("-")));
            } else if (line.has(RULE)) {
                Matcher rule = line.match(RULE, "");
                rules.computeIfAbsent(rule.group(2), ignored -> new ArrayList<>())
                        .add(rule(table, rule, line));
            } else {
                line.match(REMARK, "a table, a chain or a rule");
            }
        }
        all.addAll(chains(family, table, policies, rules));
        return List.copyOf(all);
    }

    private static List<FirewallChain> chains(
            String family,
            String table,
            Map<String, Optional<String>> policies,
            Map<String, List<FirewallRule>> rules) {
        List<FirewallChain> chains = new ArrayList<>();
        policies.forEach((name, policy) ->
                chains.add(
                        new FirewallChain(
                                new HostText(family),
                                new HostText(table),
                                new HostText(name),
                                policy.map(ignored -> new HostText(name.toLowerCase(Locale.ROOT))),
                                0,
                                policy.map(one -> new HostText(one.toLowerCase(Locale.ROOT))),
                                rules.getOrDefault(name, List.of()))));
        return chains;
    }

    private static FirewallRule rule(String table, Matcher form, Line line) throws Unreadable {
        Options options = new Options(line);
        options.read(Optional.ofNullable(form.group(3)).orElse(""));
        return new FirewallRule(
                new HostText(table),
                new HostText(form.group(2)),
                options.protocol,
                options.ports,
                options.conditions,
                options.onlyKnown,
                options.onlyLocal,
                options.verdict,
                options.to,
                Optional.ofNullable(form.group(1)).isPresent()
                        ? Optional.of(line.whole(form.group(1)))
                        : Optional.empty(),
                line.at());
    }

    /// The options of one rule.
    private static final class Options {
        private final Line line;
        private Optional<HostText> protocol = Optional.empty();
        private final List<Ports> ports = new ArrayList<>();
        private final List<HostText> conditions = new ArrayList<>();
        private boolean onlyKnown;
        private boolean onlyLocal;
        private Verdict verdict = Verdict.NONE;
        private Optional<HostText> to = Optional.empty();

        Options(Line line) {
            this.line = line;
        }

        void read(String text) throws Unreadable {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                words.add(word.group(1) != null ? word.group(1) : word.group(2));
            }
            int at = 0;
            while (at < words.size()) {
                boolean not = words.get(at).equals("!");
                at += not ? 1 : 0;
                if (at >= words.size()) {
                    throw line.refused("an option after \"!\"");
                }
                String option = words.get(at);
                List<String> values = new ArrayList<>();
                at++;
                while (at < words.size()
                        && !words.get(at).startsWith("-")
                        && !words.get(at).equals("!")) {
                    values.add(words.get(at));
                    at++;
                }
                take(option, String.join(" ", values), not);
            }
        }

        private void take(String option, String value, boolean not) throws Unreadable {
            if (not) {
                conditions.add(new HostText("not " + option + " " + value));
                return;
            }
            switch (option) {
                case "-p", "--protocol" -> protocol = Optional.of(new HostText(value));
                case "--dport", "--dports", "--destination-port", "--destination-ports" ->
                        ports(value);
                case "--state", "--ctstate" -> onlyKnown |= !value.contains("NEW");
                case "-i" -> {
                    onlyLocal |= value.equals("lo");
                    if (!value.equals("lo")) {
                        conditions.add(new HostText("from device " + value));
                    }
                }
                case "-j", "-g" -> target(option, value);
                case "-m", "--comment", "--reject-with", "--log-prefix", "--log-level" -> {
                    // the module's own options follow, and comments do nothing
                }
                case "--to-destination", "--to-ports", "--on-port" ->
                        to = Optional.of(new HostText(value));
                default -> conditions.add(new HostText(option + " " + value));
            }
        }

        private void ports(String value) throws Unreadable {
            for (String one : value.split(",")) {
                String[] ends = one.split(":");
                if (ends.length == 0
                        || ends.length > 2
                        || !ends[0].matches("\\d{1,5}")
                        || !ends[ends.length - 1].matches("\\d{1,5}")) {
                    throw line.refused("ports");
                }
                ports.add(
                        new Ports(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])));
            }
        }

        private void target(String option, String name) {
            verdict =
                    switch (name) {
                        case "ACCEPT" -> Verdict.ACCEPT;
                        case "DROP" -> Verdict.DROP;
                        case "REJECT" -> Verdict.REJECT;
                        case "RETURN" -> Verdict.RETURN;
                        case "DNAT", "REDIRECT", "TPROXY" -> Verdict.REDIRECT;
                        case "LOG", "MARK", "CONNMARK", "MASQUERADE", "SNAT", "NFLOG", "CT" ->
                                Verdict.NONE;
                        case "NFQUEUE", "SYNPROXY", "TARPIT" -> Verdict.OTHER;
                        default -> option.equals("-g") ? Verdict.GOTO : Verdict.JUMP;
                    };
            if (verdict == Verdict.JUMP || verdict == Verdict.GOTO) {
                to = Optional.of(new HostText(name));
            }
        }
    }
}
