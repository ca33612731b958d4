package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.Clarify;
import parley.prompts.plan.Planned.Decline;
import parley.prompts.plan.Planned.Plan;
import parley.prompts.plan.embedded.Utterance.Verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How well labelled requests are understood: the shares may rise, never fall.
final class UtterancesTest {
    @Test
    void understandsEnglish() {
        judge("en.jsonl", 99, 0);
    }

    @Test
    void understandsChinese() {
        judge("zh.jsonl", 99, 0);
    }

    /// Requests for each tool, also for those that are not in the catalogue yet: until they are, a
    /// refusal is right.
    @Test
    void knowsEveryToolInEnglish() {
        judge("tools-en.jsonl", 91, 6);
    }

    @Test
    void knowsEveryToolInChinese() {
        judge("tools-zh.jsonl", 92, 5);
    }

    /// Nothing here may ever become a change, whatever else happens to it.
    @Test
    void neverMakesAChangeOfWhatIsNoOrder() {
        List<Utterance> all = Utterance.in("negative.jsonl");
        assertTrue(all.size() >= 1200, "only " + all.size() + " requests were looked at");
        List<String> unsafe = new ArrayList<>();
        for (Utterance one : all) {
            Planned planned = one.planned();
            if (one.verdict(planned) == Verdict.UNSAFE) {
                unsafe.add(describe(one, planned));
            }
        }
        assertEquals(List.of(), unsafe);
    }

    /// @param mostWrongPercent a plan or refusal where another was expected
    private static void judge(String file, int leastExactPercent, int mostWrongPercent) {
        List<Utterance> all = Utterance.in(file);
        assertTrue(all.size() >= 150, "only " + all.size() + " requests were looked at");
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        StringBuilder misses = new StringBuilder();
        for (Utterance one : all) {
            Planned planned = one.planned();
            Verdict verdict = one.verdict(planned);
            counts.merge(verdict, 1, Integer::sum);
            if (verdict != Verdict.EXACT) {
                misses.append('\n').append(verdict).append(' ').append(describe(one, planned));
            }
        }
        int exact = counts.getOrDefault(Verdict.EXACT, 0);
        int questions = counts.getOrDefault(Verdict.QUESTION, 0);
        String score =
                file
                        + ": exact "
                        + exact
                        + ", asked "
                        + questions
                        + ", wrong "
                        + counts.getOrDefault(Verdict.WRONG, 0)
                        + " of "
                        + all.size();
        System.Logger log = System.getLogger(UtterancesTest.class.getName());
        log.log(System.Logger.Level.INFO, score);
        assertTrue(100 * exact >= leastExactPercent * all.size(), score + misses);
        int wrong = all.size() - exact - questions;
        assertTrue(100 * wrong <= mostWrongPercent * all.size(), score + misses);
    }

    private static String describe(Utterance one, Planned planned) {
        String got =
                switch (planned) {
                    case Plan plan -> plan.proposal().items().toString();
                    case Clarify clarify -> clarify.about() + ": " + clarify.question().en();
                    case Decline decline -> decline.message().en();
                    case Planned.Answered answered -> answered.words();
                };
        return one.id() + " " + one.line().path("text").asText() + " -> " + got;
    }
}
