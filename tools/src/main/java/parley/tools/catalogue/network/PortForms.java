package parley.tools.catalogue.network;

import parley.tools.RootCommand;

import java.util.List;

/// The forms of the commands of [PortOpening] that were tried on real hosts: nftables and iptables
/// for IPv4.
final class PortForms {
    private static final String PROTOCOL = "<~(tcp|udp)>";
    private static final String NETWORK = "<~[0-9a-f.:]{2,39}/[0-9]{1,3}>";
    private static final String TABLE = "<~(inet|ip|ip6)> <~[A-Za-z][A-Za-z0-9_]{0,31}>";
    private static final String CHAIN = "<~parley_[0-9]{1,5}_(tcp|udp)>";
    private static final String OURS = TABLE + " " + CHAIN;
    private static final String CLOSE_NFT = "nft flush chain " + OURS;
    private static final String OPEN_NFT =
            " add chain "
                    + OURS
                    + " ; flush chain "
                    + OURS
                    + " ; add rule "
                    + OURS
                    + " [[ <~ip6?> saddr "
                    + NETWORK
                    + " ]] "
                    + PROTOCOL
                    + " dport <number> counter accept [[ ; insert rule "
                    + TABLE
                    + " <~[A-Za-z][A-Za-z0-9_]{0,31}> jump "
                    + CHAIN
                    + " ]]";

    private PortForms() {}

    static List<RootCommand> all() {
        return List.of(
                RootCommand.of("nft" + OPEN_NFT),
                RootCommand.of("nft -c" + OPEN_NFT),
                RootCommand.of(CLOSE_NFT),
                RootCommand.of(iptables("-I")),
                RootCommand.of(iptables("-D")),
                RootCommand.of(timer(CLOSE_NFT)),
                RootCommand.of(timer(iptables("-D"))),
                RootCommand.of(
                        "systemctl --no-ask-password --no-pager stop --"
                                + " <~parley-revert-[0-9]{1,5}-(tcp|udp)[.]timer>"));
    }

    private static String iptables(String verb) {
        return "iptables -w 5 "
                + verb
                + " INPUT [[ -s "
                + NETWORK
                + " ]] -p "
                + PROTOCOL
                + " -m "
                + PROTOCOL
                + " --dport <number> -m comment --comment parley -j ACCEPT";
    }

    private static String timer(String close) {
        return "systemd-run --no-ask-password --quiet --on-active=<~[0-9]{1,4}s>"
                + " --timer-property=AccuracySec=1s --unit=<~parley-revert-[0-9]{1,5}-(tcp|udp)>"
                + " --description=Parley: closes port <~[0-9]{1,5}/(tcp|udp)> again unless it is"
                + " kept -- "
                + close;
    }
}
