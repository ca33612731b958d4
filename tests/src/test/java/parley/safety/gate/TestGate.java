package parley.safety.gate;

import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.ShippedPolicies;

import java.util.List;

/// The shipped policies for the test tools, loaded once.
final class TestGate {
    private static final Policies POLICIES = load();

    private TestGate() {}

    private static Policies load() {
        try {
            return ShippedPolicies.load(TestTools.cards(), List.of());
        } catch (PolicyError refused) {
            throw new IllegalStateException(refused);
        }
    }

    static Policies policies() {
        return POLICIES;
    }

    static Gate fresh() {
        return new Gate(POLICIES);
    }
}
