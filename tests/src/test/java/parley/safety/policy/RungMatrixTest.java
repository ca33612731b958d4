package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Environment;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Every combination of what the shipped rungs depend on, at every evidence: more evidence never
/// turns a yes into a no, and the least that permits is what a second, plain reading of the rules
/// in Java says.
final class RungMatrixTest {
    private static final int NO = ReferenceEvaluator.NO;

    private static final List<String> TOOLS =
            List.of("net.probe", "package.remove", "service.restart", "service.stop");
    private static final List<Set<String>> ROLES =
            List.of(
                    Set.of(),
                    Set.of("viewer"),
                    Set.of("operator"),
                    Set.of("viewer", "operator", "reader"));

    static List<PolicyQuestion> matrix() {
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
        assertEquals(List.of(), disagreements(policies, matrix));
        assertEquals(4_608, matrix.size());
        System.getLogger(RungMatrixTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} questions at {1} rungs",
                        matrix.size(),
                        Evidence.values().length);
        assertTrue(matrix.stream().mapToInt(ReferenceEvaluator::rung).distinct().count() == 5);
    }

    /// Every combination of calendar, declarations and what happened lately.
    @Test
    void theyAgreeOverEveryCombinationOfWhatHoldsAndWasDeclared() throws PolicyError {
        List<PolicyQuestion> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << 9; bits++) {
            Situation situation =
                    new Situation(
                            "mon",
                            12,
                            is(bits, 0),
                            is(bits, 1),
                            is(bits, 2),
                            is(bits, 3) ? "OPS-1" : "",
                            is(bits, 4),
                            is(bits, 5),
                            is(bits, 6) ? 50 : 49,
                            is(bits, 6) ? 3 : 2);
            Foreseen foreseen =
                    new Foreseen(
                            is(bits, 7) ? Set.of("nano") : Set.of(),
                            is(bits, 7) ? 4 : 3,
                            is(bits, 7),
                            is(bits, 7) ? 0 : -1);
            for (Environment environment : Environment.values()) {
                all.add(
                        new PolicyQuestion(
                                "ann",
                                is(bits, 8) ? Set.of("operator", "emergency") : Set.of("operator"),
                                "service.start",
                                Risk.CHANGE,
                                Questions.host(environment),
                                fact("call", "operator", "nginx.service", false, false)
                                        .with(foreseen, situation),
                                Evidence.NONE));
            }
        }
        assertEquals(List.of(), disagreements(ShippedPolicies.load(List.of(), List.of()), all));
        assertEquals(1_536, all.size());
    }

    private static boolean is(int bits, int at) {
        return (bits >> at & 1) == 1;
    }

    /// Questions of all kinds, drawn by chance: a property, with its seed for whoever must repeat
    /// it. `-Dparley.reference.questions=1000000` for a night.
    @Test
    void theyAgreeOverQuestionsDrawnByChance() throws PolicyError {
        Policies policies = ShippedPolicies.load(List.of(), List.of());
        long seed = Long.getLong("parley.seed", System.nanoTime());
        int count = Integer.getInteger("parley.reference.questions", 2_000);
        Random random = new Random(seed);
        List<PolicyQuestion> all = new ArrayList<>();
        while (all.size() < count) {
            PolicyQuestion question = ReferenceQuestions.draw(random);
            if (question.kind() != PolicyQuestion.Kind.RUN
                    || policies.knows(question.tool(), question.effect())) {
                all.add(question);
            }
        }
        assertEquals(List.of(), disagreements(policies, all), "seed " + seed);
        long rungs = all.stream().mapToInt(ReferenceEvaluator::rung).distinct().count();
        assertTrue(rungs == NO + 1 || count < 1_000, rungs + " rungs, seed " + seed);
        System.getLogger(RungMatrixTest.class.getName())
                .log(System.Logger.Level.INFO, "{0} questions drawn, seed {1}", count, seed);
    }

    /// Where Cedar says something else than the second reading, at any evidence.
    private static List<String> disagreements(Policies policies, List<PolicyQuestion> questions) {
        return questions.parallelStream()
                .map(question -> {
                    StringBuilder answers = new StringBuilder();
                    for (Evidence evidence : Evidence.values()) {
                        Decision decision = policies.decide(question.with(evidence));
                        assertEquals(List.of(), decision.trouble());
                        answers.append(decision.allowed() ? "y" : "n");
                    }
                    int rung = ReferenceEvaluator.rung(question);
                    String right = "n".repeat(rung) + "y".repeat(NO - rung);
                    return answers.toString().equals(right)
                            ? ""
                            : answers + " instead of " + right + ": " + question;
                })
                .filter(text -> !text.isEmpty())
                .limit(5)
                .toList();
    }
}
