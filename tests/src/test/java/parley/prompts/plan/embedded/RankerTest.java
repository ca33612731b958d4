package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Planned;
import parley.prompts.plan.embedded.Ranker.Example;
import parley.prompts.plan.embedded.Ranker.Ranked;
import parley.tools.Risk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

final class RankerTest {
    private static final Grammar GRAMMAR = GrammarFiles.load();
    private static final Spotter SPOTTER = new Spotter(GRAMMAR, new HostNames(Fleet.HOSTS));

    /// Every fifth example is kept back and must be recognised by the others.
    @Test
    void findsTheToolOfARequestThatIsNoExample() {
        List<Example> learned = new ArrayList<>();
        List<Example> asked = new ArrayList<>();
        List<Example> all = GrammarFiles.examples();
        for (int at = 0; at < all.size(); at++) {
            (at % 5 == 0 ? asked : learned).add(all.get(at));
        }
        Ranker ranker = RankerTraining.learned(GRAMMAR, learned);
        long first = asked.stream().filter(one -> isAmong(ranker, one, 1)).count();
        long twelve = asked.stream().filter(one -> isAmong(ranker, one, 12)).count();
        String score = first + " first and " + twelve + " among twelve of " + asked.size();
        System.getLogger(RankerTest.class.getName()).log(System.Logger.Level.INFO, score);
        assertTrue(100 * first >= 72L * asked.size(), score);
        assertTrue(100 * twelve >= 96L * asked.size(), score);
    }

    private static boolean isAmong(Ranker ranker, Example example, int most) {
        String text = example.text().replace("hostx", "web-1").replace("pathx", "/var/lib");
        return ranker.ranked(SPOTTER.tokens(NormalText.of(text))).stream()
                .map(Ranked::label)
                .limit(most)
                .anyMatch(example.label()::equals);
    }

    @Test
    void learnsTheSameAgainAndKeepsAllOfIt() throws IOException {
        List<Example> examples = GrammarFiles.examples();
        List<Token> tokens = SPOTTER.tokens(NormalText.of("why is web-1 so slow"));
        Ranker first = RankerTraining.learned(GRAMMAR, examples);
        byte[] kept = RankerFile.bytes(first, "of these examples");
        assertArrayEquals(
                kept,
                RankerFile.bytes(RankerTraining.learned(GRAMMAR, examples), "of these examples"));
        Ranker read = RankerFile.read(GRAMMAR, kept, "of these examples").orElseThrow();
        assertEquals(first.ranked(tokens), read.ranked(tokens));
        assertEquals("diag.run/host-slow", read.ranked(tokens).getFirst().label());
        assertTrue(RankerFile.read(GRAMMAR, kept, "of others").isEmpty());
    }

    @Test
    void hasExamplesOnlyOfToolsThatTheGrammarKnows() {
        for (Example example : GrammarFiles.examples()) {
            String tool = new Ranked(example.label(), 1).tool();
            assertTrue(
                    tool.equals(Ranker.NONE)
                            || tool.equals(Ranker.SEVERAL)
                            || GRAMMAR.tool(tool).isPresent(),
                    example.toString());
        }
    }

    /// Words without any verb of a change, most like requests for one.
    @Test
    void neverProposesAChange() {
        for (String words : List.of("nginx onto web-1 please", "web-1 nginx 那个东西", "web-1 htop")) {
            boolean change =
                    Fleet.plan(Fleet.HOSTS, words, List.of()) instanceof Planned.Plan plan
                            && plan.proposal().items().stream()
                                    .anyMatch(item -> Fleet.TOOLS.get(item.tool()) != Risk.OBSERVE);
            assertFalse(change, words);
        }
    }
}
