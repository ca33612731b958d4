package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cedarpolicy.model.exception.AuthException;

import org.junit.jupiter.api.Test;

import parley.tools.Environment;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Every short cut gives the answer of all policies to the whole question, word for word: the
/// decision, the rules that decided, no trouble.
final class SlicesTest {
    private static final List<String> PEOPLE =
            List.of(
                    "principal",
                    "principal in Role::\"operator\"",
                    "principal in Role::\"approver\"",
                    "principal == Person::\"ann\"",
                    "principal == Person::\"bob\"",
                    "principal is Person",
                    "principal is Person in Role::\"reader\"");
    private static final List<String> ACTIONS =
            List.of(
                    "action",
                    "action in Action::\"change\"",
                    "action in Action::\"service.*\"",
                    "action in [Action::\"removal\", Action::\"observe\"]",
                    "action in [Action::\"package.install\", Action::\"service.stop\"]",
                    "action == Action::\"approve\"",
                    "action in Action::\"disruptive\"");
    private static final List<String> HOSTS =
            List.of(
                    "resource",
                    "resource in Group::\"web\"",
                    "resource in Group::\"db\"",
                    "resource == Host::\"web-1\"",
                    "resource == Host::\"db-1\"",
                    "resource is Host",
                    "resource is Host in Group::\"web\"");
    private static final List<String> CONDITIONS =
            List.of(
                    "",
                    "when { context.freeze }",
                    "when { context.object like \"s*\" }",
                    "when { resource.env == Environment::\"prod\" }",
                    "when { context.hosts * 4611686018427387904 < 0 }",
                    "when { context has evidence }",
                    "when { !context.evidence.typed }",
                    "when { context.evidence.confirmed && context.hour > 9 }",
                    "when { {now: context}.now.outputRead }",
                    "when { (if context.freeze then context else context).removals == 0 }",
                    "when { context.requester == principal }",
                    "unless { context.evidence.confirmed }",
                    "unless { context.evidence.typed }",
                    "unless { context.breakGlass || context.evidence.secondPerson }",
                    "unless { context.evidence.typed || context.hosts * 4611686018427387904 < 0 }",
                    "unless { context.hosts * 4611686018427387904 < 0 || context.evidence.typed }",
                    "unless { context.evidence.typed || (context.evidence.confirmed || false) }",
                    "unless { context.evidence.typed && context.ticket != \"\" }",
                    "unless { context.evidence[\"secondPerson\"] }",
                    "when { context.restarts > 2 } unless { context.evidence.typed }",
                    "unless { context.evidence.confirmed } when { context.reboots }");

    /// All of the matrix, and many more: for a night.
    private static final boolean LONG = Boolean.getBoolean("parley.long");

    private static Policies shipped() throws PolicyError {
        return ShippedPolicies.load(List.of(), List.of());
    }

    /// Compares at every evidence, and counts what was cut short.
    private static void agree(Policies policies, PolicyQuestion question, AtomicInteger compared)
            throws AuthException {
        Decision none = policies.ofAll(question.with(Evidence.NONE));
        for (Evidence evidence : Evidence.values()) {
            PolicyQuestion asked = question.with(evidence);
            Decision all = policies.ofAll(asked);
            assertEquals(all, policies.decide(asked), asked::toString);
            if (all.trouble().isEmpty()) {
                assertEquals(all, policies.ofSlice(asked), asked::toString);
            } else {
                assertFalse(policies.ofSlice(asked).trouble().isEmpty(), asked::toString);
            }
            if (evidence != Evidence.NONE) {
                assertEquals(all, policies.decide(asked, none), asked::toString);
            }
            compared.incrementAndGet();
        }
    }

    @Test
    void theShippedPoliciesGiveTheSameAnswersInParts() throws Exception {
        Policies policies = shipped();
        long seed = Long.getLong("parley.seed", System.nanoTime());
        Random random = new Random(seed);
        List<PolicyQuestion> all = new ArrayList<>(RungMatrixTest.matrix());
        Collections.shuffle(all, random);
        all.subList(LONG ? all.size() : 400, all.size()).clear();
        for (int index = 0; index < 400; index++) {
            all.add(ReferenceQuestions.draw(random));
        }
        AtomicInteger compared = new AtomicInteger();
        for (PolicyQuestion question : all) {
            agree(policies, question, compared);
        }
        assertEquals(LONG ? 20_032 : 3_200, compared.get(), () -> "seed " + seed);
    }

    /// Policies drawn by chance: about others and about nobody here, lifted by evidence in every
    /// way that can be written, some of them erring.
    @Test
    void policiesDrawnByChanceGiveTheSameAnswersInParts() throws Exception {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        Random random = new Random(seed);
        AtomicInteger compared = new AtomicInteger();
        int troubled = 0;
        for (int round = 0; round < (LONG ? 400 : 20); round++) {
            Policies policies = drawn(random, 2 + random.nextInt(12));
            for (int index = 0; index < 25; index++) {
                PolicyQuestion question = ReferenceQuestions.draw(random);
                troubled += policies.ofAll(question).trouble().isEmpty() ? 0 : 1;
                agree(policies, question, compared);
            }
        }
        int errors = troubled;
        assertEquals(LONG ? 40_000 : 2_000, compared.get(), () -> "seed " + seed);
        // About twenty of five hundred: enough to have looked, few enough for any seed.
        assertTrue(errors >= 3, () -> errors + " questions with trouble, seed " + seed);
    }

    private static Policies drawn(Random random, int count) throws PolicyError {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < count; index++) {
            String action = one(random, ACTIONS);
            String condition = one(random, CONDITIONS);
            text.append("@id(\"p%d\")@en(\"A.\")@zh(\"甲。\")".formatted(index))
                    .append(random.nextBoolean() ? "permit" : "forbid")
                    .append(
                            " (%s, %s, %s) %s;%n"
                                    .formatted(
                                            one(random, PEOPLE),
                                            action,
                                            one(random, HOSTS),
                                            condition));
        }
        return Policies.load(
                List.of(new PolicyFile("policies/drawn.cedar", text.toString())),
                ActionSchema.of(ShippedPolicies.declarations(), List.of()));
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// What no policy of the part looks at is not sent; so what would be refused when sent whole
    /// must not slip through because it was left out.
    @Test
    void whatIsOddIsRefusedHoweverOftenItWasAsked() throws Exception {
        Policies policies =
                Policies.load(
                        List.of(
                                new PolicyFile(
                                        "policies/test.cedar",
                                        "@id(\"a\")@en(\"A.\")@zh(\"甲。\")"
                                                + "permit(principal, action, resource);")),
                        ActionSchema.of(ShippedPolicies.declarations(), List.of()));
        for (int hosts = 1; hosts < 6; hosts++) {
            assertTrue(policies.decide(Questions.with(facts("model", hosts, "x"))).allowed());
            assertFalse(policies.decide(Questions.with(facts("Model", hosts, "x"))).allowed());
            PolicyQuestion unknown =
                    new PolicyQuestion(
                            "ann" + hosts,
                            Set.of("operator"),
                            "no.such",
                            Risk.OBSERVE,
                            Questions.host(Environment.DEV),
                            Questions.FACTS,
                            Evidence.NONE);
            assertFalse(policies.decide(unknown).allowed());
            assertFalse(
                    policies.decide(
                                    new PolicyQuestion(
                                            "ann" + hosts,
                                            Set.of("Operator"),
                                            "service.restart",
                                            Risk.DISRUPTIVE,
                                            Questions.host(Environment.DEV),
                                            Questions.FACTS,
                                            Evidence.NONE))
                            .allowed());
        }
    }

    private static PolicyQuestion.Facts facts(String origin, int hosts, String object) {
        return new PolicyQuestion.Facts(
                "call",
                object,
                Set.of(),
                Set.of(origin),
                Set.of(),
                Set.of(),
                false,
                false,
                hosts,
                false);
    }
}
