package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// A chain of rules.
///
/// @param family `ip`, `ip6`, `inet`, …
/// @param hook where packets enter it: `input`, `forward`, `prerouting`; empty for a chain that is
///   only jumped to
/// @param priority chains of a hook are gone through from the lowest on
/// @param policy what happens to packets that no rule decided: `accept`, `drop`
public record FirewallChain(
        @Means(en = "family", zh = "协议族") HostText family,
        @Means(en = "table", zh = "表") HostText table,
        @Means(en = "chain", zh = "链") HostText name,
        @Means(en = "hook", zh = "挂载点") Optional<HostText> hook,
        @Means(en = "priority", zh = "优先级") long priority,
        @Means(en = "policy", zh = "默认策略") Optional<HostText> policy,
        @Means(en = "rules", zh = "规则") List<FirewallRule> rules) {
    public FirewallChain {
        requireNonNull(family, "family is null");
        requireNonNull(table, "table is null");
        requireNonNull(name, "name is null");
        requireNonNull(hook, "hook is null");
        requireNonNull(policy, "policy is null");
        rules = List.copyOf(rules);
    }

    /// Whether packets for the host itself enter it.
    public boolean input() {
        return isAt("input");
    }

    boolean isAt(String where) {
        return hook.filter(one -> one.value().equals(where)).isPresent();
    }

    boolean isSibling(FirewallChain other) {
        return family.equals(other.family()) && table.equals(other.table());
    }

    boolean dropsByDefault() {
        return policy.filter(one -> one.value().equals("drop")).isPresent();
    }
}
