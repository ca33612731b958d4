package parley.safety.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What the guide for admins says holds.
final class PolicyGuideTest {
    private static final Path FOLDER = Path.of("../safety-policies/policies");

    private static List<String> blocks(String guide, String language) throws Exception {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(FOLDER.resolve(guide)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void everyRuleOfTheGuideLoadsBesideTheShippedOnes() throws Exception {
        List<String> rules = blocks("README.md", "cedar");
        assertTrue(rules.size() >= 3, "looked at " + rules.size());
        assertEquals(rules, blocks("README.zh.md", "cedar"), "the guides show the same rules");
        assertEquals(blocks("README.md", "yaml"), blocks("README.zh.md", "yaml"));
        Policies shipped = ShippedPolicies.load(List.of(), List.of());
        Policies both =
                ShippedPolicies.load(
                        List.of(), List.of(new PolicyFile("site.cedar", String.join("\n", rules))));
        assertEquals(shipped.rules().size() + 4, both.rules().size());
    }

    /// A table that lags behind the schema would send an admin looking for words that are not
    /// there.
    @Test
    void everyWordOfTheGuideIsInTheSchemaAndTheOtherWayRound() throws Exception {
        String schema = Files.readString(FOLDER.resolve("schema.cedarschema"));
        String fields = schema.substring(schema.indexOf("type Circumstances"));
        TreeSet<String> declared = new TreeSet<>();
        Pattern.compile("(?m)^    ([a-zA-Z]+): ")
                .matcher(fields)
                .results()
                .forEach(match -> declared.add(match.group(1)));
        assertTrue(declared.size() > 25, declared.toString());
        // Evidence is explained in words; the others are for the gate's own rules.
        declared.removeAll(List.of("evidence", "requester", "tool", "purpose", "cloudMetadata"));
        for (String guide : List.of("README.md", "README.zh.md")) {
            String text = Files.readString(FOLDER.resolve(guide));
            TreeSet<String> missing = new TreeSet<>(declared);
            missing.removeIf(word -> Pattern.compile("[`.]" + word + "`").matcher(text).find());
            assertEquals(new TreeSet<>(), missing, guide);
        }
    }
}
