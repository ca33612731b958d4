package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.catalogue.network.NetFirewall.Filter;
import parley.tools.catalogue.network.PortVerdict.Fate;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The commands that open a port in the packet filter that a host has, and those that close it
/// again.
///
/// Each opening is found again by a name that nobody else uses, so that taking it back needs no
/// number that only the filter knows: in nftables a chain of its own in the table that drops, in
/// iptables a comment, in firewalld the port itself.
sealed interface PortOpening {
    /// What opens it, in order.
    List<Argv> open();

    /// What closes it again: one command, which a timer can run.
    List<String> close();

    /// Of this filter; empty where nothing has to be opened, or this filter is not understood.
    static Optional<PortOpening> in(Filter filter, NetFirewallAllow.Arguments arguments) {
        if (filter.managedBy("firewalld")) {
            return Optional.of(new OfFirewalld(arguments));
        }
        if (filter.managedBy("ufw")) {
            return Optional.empty();
        }
        List<PortVerdict> verdicts =
                filter.verdicts().stream()
                        .filter(one -> one.protocol().value().equals(arguments.protocolWord()))
                        .filter(one -> one.family().value().equals(arguments.familyWord()))
                        .filter(one -> one.fate() != Fate.ACCEPTED)
                        .toList();
        if (verdicts.isEmpty()) {
            return Optional.empty();
        }
        return filter.chains().stream()
                .filter(FirewallChain::input)
                .filter(chain -> decides(chain, verdicts.getFirst()))
                .findFirst()
                .flatMap(chain -> of(filter, chain, arguments));
    }

    private static boolean decides(FirewallChain chain, PortVerdict verdict) {
        boolean family =
                chain.family().equals(verdict.family()) || chain.family().value().equals("inet");
        String name = chain.table().value() + " " + chain.name().value();
        return family
                && (verdict.policyOf().filter(one -> one.value().equals(name)).isPresent()
                        || verdict.decidedBy()
                                .filter(rule -> rule.table().equals(chain.table()))
                                .isPresent());
    }

    private static Optional<PortOpening> of(
            Filter filter, FirewallChain chain, NetFirewallAllow.Arguments arguments) {
        boolean old =
                chain.name().value().equals("INPUT") && chain.table().value().equals("filter");
        if (old) {
            return Optional.of(new OfIptables(arguments));
        }
        return OfNftables.isName(chain.table().value()) && OfNftables.isName(chain.name().value())
                ? Optional.of(new OfNftables(chain, filter, arguments))
                : Optional.empty();
    }

    /// firewalld, which takes a temporary port back by itself.
    record OfFirewalld(NetFirewallAllow.Arguments arguments) implements PortOpening {
        @Override
        public List<Argv> open() {
            return List.of(
                    Argv.of("firewall-cmd", "--timeout=" + arguments.seconds(), option("add"))
                            .asRoot());
        }

        @Override
        public List<String> close() {
            return List.of("firewall-cmd", option("remove"));
        }

        /// A port, or where only a network may come in a rich rule.
        String option(String verb) {
            String port = arguments.port() + "/" + arguments.protocolWord();
            return arguments
                    .source()
                    .map(source ->
                            "--"
                                    + verb
                                    + "-rich-rule=rule family=\""
                                    + (source.isSix() ? "ipv6" : "ipv4")
                                    + "\" source address=\""
                                    + source
                                    + "\" port port=\""
                                    + arguments.port()
                                    + "\" protocol=\""
                                    + arguments.protocolWord()
                                    + "\" accept")
                    .orElse("--" + verb + "-port=" + port);
        }
    }

    /// iptables, old kind or new.
    record OfIptables(NetFirewallAllow.Arguments arguments) implements PortOpening {
        @Override
        public List<Argv> open() {
            return List.of(Argv.of(words("-I")).asRoot());
        }

        @Override
        public List<String> close() {
            return words("-D");
        }

        private List<String> words(String verb) {
            List<String> words = new ArrayList<>();
            words.add(arguments.familyWord().equals("ip6") ? "ip6tables" : "iptables");
            words.addAll(List.of("-w", "5", verb, "INPUT"));
            arguments.source().ifPresent(source -> words.addAll(List.of("-s", source.value())));
            words.addAll(
                    List.of(
                            "-p",
                            arguments.protocolWord(),
                            "-m",
                            arguments.protocolWord(),
                            "--dport",
                            arguments.port().toString(),
                            "-m",
                            "comment",
                            "--comment",
                            "parley",
                            "-j",
                            "ACCEPT"));
            return words;
        }
    }

    /// nftables: a chain of our own, jumped to before everything else. Emptied, it does nothing.
    record OfNftables(FirewallChain chain, Filter filter, NetFirewallAllow.Arguments arguments)
            implements PortOpening {
        private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");

        /// Whether a name of the host's own can stand in a command: they come from its output.
        static boolean isName(String name) {
            return NAME.matcher(name).matches();
        }

        @Override
        public List<Argv> open() {
            String ours = place(name());
            String match =
                    arguments
                                    .source()
                                    .map(source ->
                                            (source.isSix() ? "ip6" : "ip")
                                                    + " saddr "
                                                    + source
                                                    + " ")
                                    .orElse("")
                            + arguments.protocolWord()
                            + " dport "
                            + arguments.port();
            String transaction =
                    "add chain "
                            + ours
                            + " ; flush chain "
                            + ours
                            + " ; add rule "
                            + ours
                            + " "
                            + match
                            + " counter accept"
                            + (isJumpedTo()
                                    ? ""
                                    : " ; insert rule "
                                            + place(chain.name().value())
                                            + " jump "
                                            + name());
            return List.of(
                    Argv.of("nft", "-c", transaction).asRoot(),
                    Argv.of("nft", transaction).asRoot());
        }

        @Override
        public List<String> close() {
            return List.of("nft", "flush chain " + place(name()));
        }

        private String name() {
            return "parley_" + arguments.port() + "_" + arguments.protocolWord();
        }

        private boolean isJumpedTo() {
            return chain.rules().stream()
                    .anyMatch(rule ->
                            rule.to().filter(to -> to.equals(new HostText(name()))).isPresent());
        }

        private String place(String name) {
            return chain.family() + " " + chain.table() + " " + name;
        }
    }

    /// A timer that closes the port again, and its name.
    static Argv timer(NetFirewallAllow.Arguments arguments, List<String> close) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "systemd-run",
                                "--no-ask-password",
                                "--quiet",
                                "--on-active=" + arguments.seconds() + "s",
                                "--timer-property=AccuracySec=1s",
                                "--unit=" + unit(arguments),
                                "--description=Parley: closes port "
                                        + arguments.port()
                                        + "/"
                                        + arguments.protocolWord()
                                        + " again unless it is kept",
                                "--"));
        words.addAll(close);
        return Argv.of(words).asRoot().within(Duration.ofSeconds(20));
    }

    /// Stops the timer: what it would have closed stays open.
    static Argv stopTimer(NetFirewallAllow.Arguments arguments) {
        return Argv.of(
                        "systemctl",
                        "--no-ask-password",
                        "--no-pager",
                        "stop",
                        "--",
                        unit(arguments) + ".timer")
                .asRoot();
    }

    /// One for each port and protocol: a second opening of the same port fails on it.
    static String unit(NetFirewallAllow.Arguments arguments) {
        return "parley-revert-" + arguments.port() + "-" + arguments.protocolWord();
    }
}
