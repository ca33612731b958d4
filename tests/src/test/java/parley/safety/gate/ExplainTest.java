package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.Risk;
import parley.tools.schema.BadArguments;

import java.util.List;
import java.util.Set;

/// `policy explain`: what every rung gives, and why.
final class ExplainTest {
    private final Gate gate = TestGate.fresh();

    private static List<String> words(Explanation explanation) {
        return explanation.rungs().stream()
                .map(rung ->
                        rung.evidence()
                                + (rung.allowed() ? " yes " : " no ")
                                + rung.rules().stream().map(Verdict.Rule::id).toList())
                .toList();
    }

    @Test
    void everyRungIsExplainedByItsRules() {
        Step step =
                Steps.step("service.restart", "{\"unit\":\"ssh\"}", Steps.host("web-1", "prod"));
        Explanation explanation = gate.explain(step, Steps.circumstances(step));
        assertEquals(Risk.DISRUPTIVE, explanation.effect());
        assertEquals(Set.of("ssh.service"), explanation.objects());
        assertEquals(2, explanation.verdict().rung());
        assertEquals(
                List.of(
                        "NONE no [change-needs-yes, production-change-needs-typed-words,"
                                + " disruption-needs-typed-words, lifeline-needs-typed-words]",
                        "CONFIRMED no [production-change-needs-typed-words,"
                                + " disruption-needs-typed-words, lifeline-needs-typed-words]",
                        "TYPED yes [operator-may-change]",
                        "SECOND_PERSON yes [operator-may-change]"),
                words(explanation));
    }

    @Test
    void whatCannotBeJudgedHasNoRungs() throws BadArguments {
        Step step = Steps.step("disk.usage", "{}", Steps.host("web-1", "dev"));
        Step unknown =
                new Step(
                        TestTools.call("shell.run", Risk.OBSERVE, TestTools.json("{}")),
                        step.host(),
                        step.argv(),
                        step.elevation(),
                        step.purpose(),
                        step.provenance());
        Explanation explanation = gate.explain(unknown, Steps.circumstances(unknown));
        assertEquals(List.of(), explanation.rungs());
        assertEquals("deny [unknown-tool]", Cases.words(explanation.verdict()));
    }
}
