package parley.safety.policy;

import parley.tools.Environment;
import parley.tools.Host;
import parley.tools.Risk;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Questions for tests of the policies.
final class Questions {
    static final PolicyQuestion.Facts FACTS =
            new PolicyQuestion.Facts(
                    "call", "", Set.of(), Set.of(), Set.of(), Set.of(), false, false, 1, false);

    private Questions() {}

    static Host host(Environment environment) {
        return new Host(
                "web-1",
                Optional.of("10.0.0.11"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Host.Become.NONE,
                environment,
                Set.of("web"),
                Set.of(),
                true,
                Map.of());
    }

    /// An operator restarts something on a production host, with nobody's word for it yet.
    static PolicyQuestion restart() {
        return new PolicyQuestion(
                "ann",
                Set.of("operator"),
                "service.restart",
                Risk.DISRUPTIVE,
                host(Environment.PROD),
                FACTS,
                Evidence.NONE);
    }

    static PolicyQuestion with(PolicyQuestion.Facts facts) {
        return new PolicyQuestion(
                "ann",
                Set.of("operator"),
                "service.restart",
                Risk.DISRUPTIVE,
                host(Environment.PROD),
                facts,
                Evidence.SECOND_PERSON);
    }
}
