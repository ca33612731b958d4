package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.catalogue.network.FirewallRule.Verdict;
import parley.tools.value.HostText;
import parley.tools.value.Port;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a packet filter does with a new connection from elsewhere to a port of the host.
///
/// @param fate what happens when no rule with conditions holds
/// @param decidedBy the rule that decides it; empty when a policy does, or nothing forbids it
/// @param policyOf the chain whose policy decides it
/// @param depends rules with conditions that would decide otherwise: for some sources or devices
/// @param redirected rules that send it elsewhere before
public record PortVerdict(
        @Means(en = "port", zh = "端口") Port port,
        @Means(en = "protocol", zh = "协议") HostText protocol,
        @Means(en = "family", zh = "协议族") HostText family,
        @Means(en = "fate", zh = "结果") Fate fate,
        @Means(en = "decided by", zh = "生效规则") Optional<FirewallRule> decidedBy,
        @Means(en = "policy of", zh = "生效策略") Optional<HostText> policyOf,
        @Means(en = "unless", zh = "例外") List<FirewallRule> depends,
        @Means(en = "redirected by", zh = "转发规则") List<FirewallRule> redirected) {
    /// What can happen.
    public enum Fate {
        @Means(en = "accepted", zh = "放行")
        ACCEPTED,
        @Means(en = "dropped", zh = "丢弃")
        DROPPED,
        @Means(en = "rejected", zh = "拒绝")
        REJECTED,
        /// A rule that this reading does not understand decides.
        @Means(en = "unknown", zh = "未知")
        UNKNOWN
    }

    private static final int DEEPEST = 16;

    public PortVerdict {
        requireNonNull(port, "port is null");
        requireNonNull(protocol, "protocol is null");
        requireNonNull(family, "family is null");
        requireNonNull(fate, "fate is null");
        requireNonNull(decidedBy, "decidedBy is null");
        requireNonNull(policyOf, "policyOf is null");
        depends = List.copyOf(depends);
        redirected = List.copyOf(redirected);
    }

    /// For IPv4 (`ip`) or IPv6 (`ip6`).
    static PortVerdict of(Port port, String protocol, String family, List<FirewallChain> chains) {
        return new Walk(port, protocol, family, chains).verdict();
    }

    /// Goes the way of a packet through the chains.
    private static final class Walk {
        private final Port port;
        private final String protocol;
        private final String family;
        private final List<FirewallChain> chains;
        private final List<FirewallRule> depends = new ArrayList<>();
        private Optional<FirewallRule> decided = Optional.empty();

        Walk(Port port, String protocol, String family, List<FirewallChain> chains) {
            this.port = port;
            this.protocol = protocol;
            this.family = family;
            this.chains =
                    chains.stream()
                            .filter(chain ->
                                    chain.family().value().equals(family)
                                            || chain.family().value().equals("inet"))
                            .toList();
        }

        PortVerdict verdict() {
            List<FirewallChain> entries =
                    chains.stream()
                            .filter(FirewallChain::input)
                            .sorted(Comparator.comparingLong(FirewallChain::priority))
                            .toList();
            // an accept ends the way through one table only; a drop ends it for good
            for (FirewallChain entry : entries) {
                decided = Optional.empty();
                Optional<Fate> fate = through(entry, 0);
                if (fate.isEmpty() && entry.dropsByDefault()) {
                    return of(Fate.DROPPED, Optional.of(entry));
                }
                if (fate.filter(one -> one != Fate.ACCEPTED).isPresent()) {
                    return of(fate.get(), Optional.empty());
                }
            }
            return of(Fate.ACCEPTED, Optional.empty());
        }

        private PortVerdict of(Fate fate, Optional<FirewallChain> policy) {
            List<FirewallRule> redirected =
                    chains.stream()
                            .filter(chain ->
                                    chain.table().value().equals("nat") || chain.isAt("prerouting"))
                            .flatMap(chain -> chain.rules().stream())
                            .filter(rule -> rule.verdict() == Verdict.REDIRECT)
                            .filter(rule -> rule.names(port.value()))
                            .toList();
            return new PortVerdict(
                    port,
                    new HostText(protocol),
                    new HostText(family),
                    fate,
                    policy.isPresent() ? Optional.empty() : decided,
                    policy.map(chain ->
                            new HostText(chain.table().value() + " " + chain.name().value())),
                    depends,
                    redirected);
        }

        /// What the rules of `chain` decide; empty when the packet comes out of it.
        private Optional<Fate> through(FirewallChain chain, int depth) {
            if (depth > DEEPEST) {
                return Optional.of(Fate.UNKNOWN);
            }
            for (FirewallRule rule : chain.rules()) {
                if (!rule.mayMeet(protocol, port.value())) {
                    continue;
                }
                if (!rule.conditions().isEmpty()) {
                    if (decides(rule)) {
                        depends.add(rule);
                    }
                    continue;
                }
                switch (rule.verdict()) {
                    case ACCEPT -> {
                        return by(rule, Fate.ACCEPTED);
                    }
                    case DROP -> {
                        return by(rule, Fate.DROPPED);
                    }
                    case REJECT -> {
                        return by(rule, Fate.REJECTED);
                    }
                    case OTHER -> {
                        return by(rule, Fate.UNKNOWN);
                    }
                    case RETURN -> {
                        return Optional.empty();
                    }
                    case JUMP, GOTO -> {
                        Optional<Fate> fate =
                                target(chain, rule).flatMap(next -> through(next, depth + 1));
                        if (fate.isPresent() || rule.verdict() == Verdict.GOTO) {
                            return fate;
                        }
                    }
                    case REDIRECT, NONE -> {
                        // the packet goes on here
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<Fate> by(FirewallRule rule, Fate fate) {
            decided = Optional.of(rule);
            return Optional.of(fate);
        }

        private static boolean decides(FirewallRule rule) {
            return switch (rule.verdict()) {
                case ACCEPT, DROP, REJECT, JUMP, GOTO, OTHER -> true;
                case REDIRECT, RETURN, NONE -> false;
            };
        }

        private Optional<FirewallChain> target(FirewallChain from, FirewallRule rule) {
            return chains.stream()
                    .filter(from::isSibling)
                    .filter(chain -> rule.to().filter(chain.name()::equals).isPresent())
                    .findFirst();
        }
    }

    /// The line that decides it.
    Optional<Finding.Lines> at() {
        return decidedBy.map(FirewallRule::at);
    }
}
