package parley.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.RootCommand;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.RootPattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the tools say they want root for is what they do want root for: no command is missing, none
/// is listed that no tool asks.
final class RootCommandsTest {
    /// More than sudo takes, and it says nothing: the rule just never matches.
    private static final int MOST_CHARACTERS = 1024;

    /// Forms whose command is not among the recordings: package.plan is recorded solving the same
    /// words, nobody has broken an rpm database for us yet, and the hosts of the recordings have no
    /// server but nginx to check.
    private static final String NOT_RECORDED =
            "systemd-run .*(autoremove|upgrade --with-new-pkgs|upgrade-minimal .*|rpm"
                    + " --rebuilddb)|cp -a -T -- .*|systemctl .*"
                    + " parley-tx\\.service|.*<undone>.*|apachectl -t|haproxy -c"
                    + " .*|named-checkconf|postfix check|sshd -t|head .*|firewall-cmd .*";

    private static final Map<String, List<List<String>>> ASKED = Elevated.asked();

    @Test
    void everyCommandThatWantsRootIsOfAFormThatItsToolLists() {
        List<String> missing = new ArrayList<>();
        int seen = 0;
        for (Map.Entry<String, List<List<String>>> tool : ASKED.entrySet()) {
            List<RootPattern> forms =
                    Catalogue.standard().find(tool.getKey()).orElseThrow().rootCommands().stream()
                            .map(RootPattern::new)
                            .toList();
            for (List<String> words : tool.getValue()) {
                seen++;
                if (forms.stream().noneMatch(form -> form.covers(words))) {
                    missing.add(tool.getKey() + ": " + String.join(" ", words));
                }
            }
        }
        assertEquals(
                "",
                String.join("\n", missing),
                "wants root, but no form of the tool's rootCommands() is like it");
        assertTrue(seen >= 200, "only " + seen + " commands were seen");
    }

    @Test
    void noFormIsListedThatNoToolAsks() {
        TreeSet<String> unused = new TreeSet<>();
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            for (RootCommand form : tool.rootCommands()) {
                if (!form.form().matches(NOT_RECORDED)
                        && ASKED.values().stream()
                                .flatMap(List::stream)
                                .noneMatch(new RootPattern(form)::covers)) {
                    unused.add(tool.name() + ": " + form.form());
                }
            }
        }
        assertEquals(new TreeSet<>(), unused);
    }

    @Test
    void everyFormFitsIntoWhatSudoCompares() {
        for (Tool<?, ?> tool : Catalogue.standard().all()) {
            for (RootCommand form : tool.rootCommands()) {
                assertTrue(
                        new RootPattern(form).arguments().length() <= MOST_CHARACTERS,
                        () ->
                                new RootPattern(form).arguments().length()
                                        + " characters: "
                                        + form.form());
                assertFalse(
                        new RootPattern(form)
                                .arguments()
                                .matches(".*\\{[0-9]*,?(25[6-9]|[3-9]\\d\\d|\\d{4}).*"));
            }
        }
    }

    /// Every known way to smuggle, in the place of every word and between every two words of every
    /// command: the host, which knows nothing but these forms, is never given an option, a path, a
    /// pattern or a second command that the tool does not use.
    @Test
    void whatIsSmuggledIntoACommandIsNotOfItsForm() {
        TreeSet<String> taken = new TreeSet<>();
        int tried = 0;
        for (Map.Entry<RootPattern, List<String>> sample : Elevated.samples().entrySet()) {
            for (Elevated.Smuggled one : Elevated.smuggled(sample.getValue())) {
                tried++;
                if (sample.getKey().covers(one.words()) && !one.isAValueThere()) {
                    taken.add(one.payload() + " IN " + String.join(" ", one.words()));
                }
            }
        }
        assertEquals("", String.join("\n", taken));
        assertTrue(tried > 50_000, "only " + tried);
        System.getLogger(RootCommandsTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} smuggled commands against {1} forms",
                        tried,
                        Elevated.samples().size());
    }
}
