package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Environment;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Every combination of what the shipped rungs depend on, at every evidence: more evidence never
/// turns a yes into a no, and the least that permits is what a second, plain reading of the rules
/// in Java says.
final class RungMatrixTest {
    private static final int NO = 4;

    private static final List<String> TOOLS =
            List.of("net.probe", "package.remove", "service.restart", "service.stop");
    private static final List<Set<String>> ROLES =
            List.of(
                    Set.of(),
                    Set.of("viewer"),
                    Set.of("operator"),
                    Set.of("viewer", "operator", "reader"));

    private static List<PolicyQuestion> matrix() {
        List<PolicyQuestion> all = new ArrayList<>();
        for (String tool : TOOLS) {
            for (Risk effect : Risk.values()) {
                for (Environment environment : Environment.values()) {
                    for (Set<String> roles : ROLES) {
                        for (PolicyQuestion.Facts facts : facts()) {
                            all.add(
                                    new PolicyQuestion(
                                            "ann",
                                            roles,
                                            tool,
                                            effect,
                                            Questions.host(environment),
                                            facts,
                                            Evidence.NONE));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<PolicyQuestion.Facts> facts() {
        List<PolicyQuestion.Facts> all = new ArrayList<>();
        for (String origin : List.of("operator", "model", "output")) {
            for (String object : List.of("nginx.service", "sshd.service")) {
                all.add(fact("call", origin, object, false, false));
                all.add(fact("call", origin, object, true, false));
                all.add(fact("call", origin, object, false, true));
                all.add(fact("preview", origin, object, false, false));
            }
        }
        return all;
    }

    private static PolicyQuestion.Facts fact(
            String purpose, String origin, String object, boolean read, boolean large) {
        return new PolicyQuestion.Facts(
                purpose,
                object,
                Set.of(),
                Set.of(origin),
                Set.of(origin),
                Set.of(),
                read,
                false,
                1,
                large);
    }

    @Test
    void evidenceOnlyEverHelpsAndTheRungIsTheExpectedOne() throws PolicyError {
        Policies policies = ShippedPolicies.load(List.of(), List.of());
        List<PolicyQuestion> matrix = matrix();
        List<String> wrong =
                matrix.parallelStream()
                        .map(question -> {
                            StringBuilder answers = new StringBuilder();
                            for (Evidence evidence : Evidence.values()) {
                                Decision decision = policies.decide(question.with(evidence));
                                assertEquals(List.of(), decision.trouble());
                                answers.append(decision.allowed() ? "y" : "n");
                            }
                            int rung = expected(question);
                            String right = "n".repeat(rung) + "y".repeat(NO - rung);
                            return answers.toString().equals(right)
                                    ? ""
                                    : answers + " instead of " + right + ": " + question;
                        })
                        .filter(text -> !text.isEmpty())
                        .limit(5)
                        .toList();
        assertEquals(List.of(), wrong);
        assertEquals(4_608, matrix.size());
        System.getLogger(RungMatrixTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} questions at {1} rungs",
                        matrix.size(),
                        Evidence.values().length);
        assertTrue(matrix.stream().mapToInt(RungMatrixTest::expected).distinct().count() == 5);
    }

    /// The same rules, read once more by a person and written plainly.
    private static int expected(PolicyQuestion question) {
        boolean change = question.effect() != Risk.OBSERVE;
        boolean prod = question.host().environment() == Environment.PROD;
        boolean unsaid = !question.facts().origins().equals(Set.of("operator"));
        boolean printed = question.facts().origins().contains("output");
        boolean lifeline = question.facts().object().startsWith("sshd");
        boolean removal = question.tool().equals("package.remove");
        boolean probe = question.tool().equals("net.probe");
        boolean may =
                question.roles().contains("operator")
                        || (!change && question.roles().contains("viewer"));
        if (!may
                || (probe && printed)
                || (lifeline && question.tool().equals("service.stop"))
                || (change && !question.facts().purpose().equals("call"))) {
            return NO;
        }
        if (prod && removal) {
            return 3;
        }
        if (!change) {
            return probe && unsaid ? 1 : 0;
        }
        boolean disruptive = question.effect().compareTo(Risk.DISRUPTIVE) >= 0;
        if (question.effect() == Risk.DESTRUCTIVE
                || (prod && unsaid)
                || (prod && disruptive && question.facts().largePartOfGroup())) {
            return 3;
        }
        return prod || disruptive || unsaid || lifeline || question.facts().outputRead() ? 2 : 1;
    }
}
