package parley.prompts.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Language;

import java.util.List;
import java.util.Map;

class GroundingTest {
    private static final Map<String, String> READ =
            Map.of(
                    "#1",
                    "/dev/sda1 ext4 100 97 3 97% /var\n",
                    "#2",
                    "{\"MESSAGE\":\"bind() to \\\"0.0.0.0:8080\\\" failed: Address in" + " use\"}");

    private static List<String> doubts(String words) {
        return Grounding.check(words, READ, Language.EN).doubts().stream()
                .map(one -> one.why().en())
                .toList();
    }

    @Test
    void sentencesThatNameEvidenceAndQuoteItRightlyStand() {
        assertEquals(
                List.of(),
                doubts(
                        "/var is 97 % full [#1]. The log says “Address in use” [#2].\n"
                                + "- it says `bind() to \"0.0.0.0:8080\" failed` [#2]\n"
                                + "Shall I look further?"));
        assertEquals(List.of(), doubts("/var 已用 97%[#1]。日志写道「Address in use」[#2]。要继续查看吗？"));
    }

    @Test
    void whatIsQuotedMustStandInTheEvidenceThatIsNamed() {
        assertEquals(
                List.of("“No space left” does not stand in #2"),
                doubts("The log says “No space left” [#2]."));
        assertEquals(
                List.of("“Address in use” does not stand in #1"),
                doubts("It says \"Address in use\" [#1]."));
    }

    @Test
    void evidenceThatDoesNotExistSupportsNothing() {
        assertEquals(List.of("there is no evidence #7"), doubts("All is well [#7]."));
    }

    @Test
    void aFigureOrAPathWithoutEvidenceIsMarkedWhereItStands() {
        Grounding.Checked checked =
                Grounding.check(
                        "/var is 97 % full [#1]. The unit web.service failed 12 times. Good luck.",
                        READ, Language.EN);

        assertEquals(1, checked.doubts().size());
        assertEquals(
                "The unit web.service failed 12 times.", checked.doubts().getFirst().sentence());
        assertEquals(
                "/var is 97 % full [#1]. The unit web.service failed 12 times. [not supported by"
                        + " what was read] Good luck.",
                checked.words());
    }

    @Test
    void chineseSentencesAreMarkedInChinese() {
        Grounding.Checked checked = Grounding.check("磁盘正常。/srv 已用 12%。", READ, Language.ZH);

        assertEquals("磁盘正常。/srv 已用 12%。［读到的内容不支持此句］", checked.words());
        assertTrue(checked.doubts().getFirst().why().zh().contains("没有注明证据"));
    }

    @Test
    void wordsWithoutSentencesEndToo() {
        for (String words : List.of("", "\n\n\n", "...", "。。", "a", "x.y.z", " \n [#1]")) {
            assertEquals(words, Grounding.check(words, READ, Language.EN).words());
        }
    }
}
