package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// One rule of a packet filter.
///
/// @param protocol `tcp`, `udp`, `icmp`; empty for all
/// @param ports the destination ports it is about; empty for all
/// @param conditions what else must hold, in the filter's own words: a rule with any holds for some
///   packets only
/// @param onlyKnown whether it is only about packets of connections that stand already
/// @param onlyLocal whether it is only about packets of the host to itself
/// @param verdict what happens to a packet it is about
/// @param to the chain of a jump, or the address of a redirection
/// @param packets how many it was about so far; empty where nobody counts
public record FirewallRule(
        @Means(en = "table", zh = "表") HostText table,
        @Means(en = "chain", zh = "链") HostText chain,
        @Means(en = "protocol", zh = "协议") Optional<HostText> protocol,
        @Means(en = "ports", zh = "端口") List<Ports> ports,
        @Means(en = "conditions", zh = "条件") List<HostText> conditions,
        @Means(en = "known connections only", zh = "仅已有连接") boolean onlyKnown,
        @Means(en = "local only", zh = "仅本机") boolean onlyLocal,
        @Means(en = "verdict", zh = "动作") Verdict verdict,
        @Means(en = "to", zh = "去向") Optional<HostText> to,
        @Means(en = "packets", zh = "包数") Optional<Long> packets,
        @Means(en = "line", zh = "行") Finding.Lines at) {
    /// What a rule does.
    public enum Verdict {
        @Means(en = "accept", zh = "放行")
        ACCEPT,
        @Means(en = "drop", zh = "丢弃")
        DROP,
        @Means(en = "reject", zh = "拒绝")
        REJECT,
        /// Sends it to another address or port.
        @Means(en = "redirect", zh = "重定向")
        REDIRECT,
        /// Goes on in another chain, and comes back from it.
        @Means(en = "jump", zh = "跳转")
        JUMP,
        /// Goes on in another chain for good.
        @Means(en = "goto", zh = "转到")
        GOTO,
        /// Leaves the chain.
        @Means(en = "return", zh = "返回")
        RETURN,
        /// Counts, marks, logs: the packet goes on.
        @Means(en = "none", zh = "无")
        NONE,
        /// Something that this reading does not understand.
        @Means(en = "other", zh = "其他")
        OTHER
    }

    /// A range of ports; both ends belong to it.
    public record Ports(
            @Means(en = "from", zh = "起") long from, @Means(en = "to", zh = "止") long to) {
        boolean holds(long port) {
            return from <= port && port <= to;
        }

        /// `80` or `8000-8100`.
        @Override
        public String toString() {
            return from == to ? Long.toString(from) : from + "-" + to;
        }
    }

    public FirewallRule {
        requireNonNull(table, "table is null");
        requireNonNull(chain, "chain is null");
        requireNonNull(protocol, "protocol is null");
        ports = List.copyOf(ports);
        conditions = List.copyOf(conditions);
        requireNonNull(verdict, "verdict is null");
        requireNonNull(to, "to is null");
        requireNonNull(packets, "packets is null");
        requireNonNull(at, "at is null");
    }

    /// Whether it names `port`.
    boolean names(long port) {
        return ports.stream().anyMatch(one -> one.holds(port));
    }

    /// Whether it can be about a new packet from elsewhere to `port` by `wanted`.
    boolean mayMeet(String wanted, long port) {
        boolean otherProtocol =
                protocol.filter(one -> !one.value().equals(wanted) && !one.value().equals("all"))
                        .isPresent();
        return !onlyKnown && !onlyLocal && !otherProtocol && (ports.isEmpty() || names(port));
    }
}
