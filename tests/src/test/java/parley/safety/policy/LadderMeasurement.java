package parley.safety.policy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures the whole ladder of one step: with the shipped policies, and with a thousand more. Not
/// a test: numbers of a busy machine prove nothing. Run it on an idle one:
///
/// ```
/// mvn -q -pl tests -am test-compile
/// java -cp … parley.safety.policy.LadderMeasurement
/// ```
public final class LadderMeasurement {
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 2_000;

    private LadderMeasurement() {}

    public static void main(String[] arguments) throws PolicyError {
        PrintStream out = System.out;
        measure(out, "shipped", ShippedPolicies.load(List.of(), List.of()));
        List<PolicyFile> more = new ArrayList<>();
        for (int index = 0; index < 1_000; index++) {
            more.add(new PolicyFile("more/" + index + ".cedar", rule(index)));
        }
        measure(out, "1,000 more", ShippedPolicies.load(List.of(), more));
    }

    private static String rule(int index) {
        return """
        @id("more-%d")@en("Never %d.")@zh("绝不 %d。")
        forbid (principal, action in Action::"change", resource in Group::"g%d")
        when { context.object == "unit-%d.service" && context.hosts > %d };
        """
                .formatted(index, index, index, index % 50, index, index % 7);
    }

    private static void measure(PrintStream out, String name, Policies policies) {
        long[] nanos = new long[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            for (Evidence evidence : Evidence.values()) {
                policies.decide(Questions.restart().with(evidence));
            }
            if (round >= 0) {
                nanos[round] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(nanos);
        out.printf(
                "%s: %d policies, ladder of %d rungs: p50 %.2f ms, p99 %.2f ms%n",
                name,
                policies.rules().size(),
                Evidence.values().length,
                nanos[ROUNDS / 2] / 1e6,
                nanos[ROUNDS * 99 / 100] / 1e6);
    }
}
