package parley.prompts.plan.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Planned;
import parley.tools.Bilingual;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.util.ArrayList;
import java.util.List;

/// What stands on the cards of the network's tools as examples is what the embedded planner takes
/// for them.
final class NetworkExamplesTest {
    @Test
    void everyExampleOfACardPlansItsOwnTool() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            if (!tool.card().group().equals("network")) {
                continue;
            }
            for (Bilingual example : tool.card().examples()) {
                for (String words : List.of(example.en(), example.zh())) {
                    seen++;
                    String planned = tools(Fleet.plan(words));
                    if (!planned.equals(tool.name())) {
                        wrong.add(words + " plans " + planned);
                    }
                }
            }
        }
        assertTrue(seen >= 54, "only " + seen + " examples were seen");
        assertEquals(List.of(), wrong);
    }

    private static String tools(Planned planned) {
        return planned instanceof Planned.Plan plan
                ? String.join(
                        " ", plan.proposal().items().stream().map(item -> item.tool()).toList())
                : planned.toString();
    }
}
