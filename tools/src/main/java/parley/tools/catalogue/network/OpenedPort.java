package parley.tools.catalogue.network;

import parley.tools.catalogue.network.FirewallRule.Verdict;
import parley.tools.catalogue.network.NetFirewall.Filter;
import parley.tools.value.HostText;

import java.util.Optional;

/// Finds a port that was opened before, by the name the opening left.
final class OpenedPort {
    private OpenedPort() {}

    /// The opening that is in force; empty when this tool opened no such port.
    static Optional<PortOpening> in(Filter filter, NetFirewallAllow.Arguments arguments) {
        if (filter.managedBy("firewalld")) {
            return Optional.of(new PortOpening.OfFirewalld(arguments));
        }
        HostText chain =
                new HostText("parley_" + arguments.port() + "_" + arguments.protocolWord());
        Optional<FirewallChain> ours =
                filter.chains().stream()
                        .filter(one -> one.name().equals(chain) && !one.rules().isEmpty())
                        .findFirst();
        if (ours.isPresent()) {
            return Optional.of(new PortOpening.OfNftables(ours.get(), filter, arguments));
        }
        // iptables-save does not lose the comment, but it says nothing that a reading keeps: the
        // rule itself is known by what it lets in
        return filter.chains().stream()
                .filter(one -> one.input() && one.name().value().equals("INPUT"))
                .filter(one -> one.family().value().equals(arguments.familyWord()))
                .flatMap(one -> one.rules().stream().limit(1))
                .filter(rule -> rule.verdict() == Verdict.ACCEPT)
                .filter(rule -> rule.names(arguments.port().value()))
                .findFirst()
                .map(rule -> new PortOpening.OfIptables(arguments));
    }
}
