package parley.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import parley.safety.gate.Gate;
import parley.safety.gate.Question;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.ShippedPolicies;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The whole ladder of one step: with the shipped policies (to be p50 ≤ 0.6 ms, p99 ≤ 3 ms) and
/// with a thousand (p50 ≤ 8 ms), spread over groups or all about every host. Every question is
/// asked once only, so that no answer is remembered. On a machine that does other things, too, the
/// time of the thread itself is what to look at.
///
/// `tests/run -Dtest=LadderBenchmark -Dsurefire.failIfNoSpecifiedTests=false`
final class LadderBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 1_500;
    private static final int ROUNDS = 2_000;

    @Test
    void theLadderOfOneStep() throws PolicyError {
        List<parley.tools.Card> cards =
                Catalogue.standard().all().stream().<parley.tools.Card>map(Tool::card).toList();
        measure("shipped", ShippedPolicies.load(cards, List.of()));
        List<PolicyFile> more = new ArrayList<>();
        for (int index = 0; index < 1_000; index++) {
            more.add(new PolicyFile("more/" + index + ".cedar", rule(index)));
        }
        measure("1,000 more", ShippedPolicies.load(cards, more));
        List<PolicyFile> everywhere =
                more.stream()
                        .map(file ->
                                new PolicyFile(
                                        file.name(),
                                        file.text().replaceAll("in Group::\"g\\d+\"", "")))
                        .toList();
        measure("1,000 about every host", ShippedPolicies.load(cards, everywhere));
    }

    private static String rule(int index) {
        return """
        @id("more-%d")@en("Never %d.")@zh("绝不 %d。")
        forbid (principal, action in Action::"change", resource in Group::"g%d")
        when { context.object == "unit-%d.service" && context.hosts > %d };
        """
                .formatted(index, index, index, index % 50, index, index % 7);
    }

    /// Verdicts by name: what is asked of the ladder, from one question to four.
    private static Map<String, ObjectNode> questions() {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        all.put("Allow", question("disk.usage", "observe", "dev"));
        all.put("Confirm", question("service.start", "change", "dev"));
        all.put("TypedConfirm", question("service.restart", "disruptive", "prod"));
        all.put("TwoPerson", question("package.remove", "destructive", "prod"));
        ObjectNode denied = question("service.stop", "disruptive", "dev");
        denied.putArray("objects").add("sshd.service");
        all.put("Deny", denied);
        return all;
    }

    private static ObjectNode question(String tool, String effect, String environment) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("person", "ann").put("tool", tool).put("effect", effect);
        json.putArray("objects").add("nginx.service");
        json.putObject("host").put("env", environment).putArray("groups").add("web");
        return json;
    }

    private static void measure(String name, Policies policies) {
        int round = 0;
        for (Map.Entry<String, ObjectNode> one : questions().entrySet()) {
            long[] nanos = new long[ROUNDS];
            long[] own = new long[ROUNDS];
            for (int index = -WARM_UP / 5; index < ROUNDS; index++) {
                ObjectNode json = one.getValue();
                ((ObjectNode) json.path("host")).put("name", "host-" + round++);
                Question question = Question.read(json);
                long ownBegun = THREADS.getCurrentThreadCpuTime();
                long begun = System.nanoTime();
                String verdict = Gate.judge(policies, question).getClass().getSimpleName();
                if (index >= 0) {
                    nanos[index] = System.nanoTime() - begun;
                    own[index] = THREADS.getCurrentThreadCpuTime() - ownBegun;
                }
                assertEquals(one.getKey(), verdict);
            }
            Arrays.sort(nanos);
            Arrays.sort(own);
            System.getLogger(LadderBenchmark.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0} ({1} policies), {2}: p50 {3} ms, p99 {4} ms;"
                                    + " of the thread itself p50 {5} ms, p99 {6} ms; load {7}",
                            name,
                            policies.rules().size(),
                            one.getKey(),
                            milliseconds(nanos[ROUNDS / 2]),
                            milliseconds(nanos[ROUNDS * 99 / 100]),
                            milliseconds(own[ROUNDS / 2]),
                            milliseconds(own[ROUNDS * 99 / 100]),
                            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }

    private static String milliseconds(long nanos) {
        return String.format("%.2f", nanos / 1e6);
    }
}
