package parley.prompts.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Language;

import java.util.List;
import java.util.Map;

class GroundingTest {
    private static final Map<String, Grounding.Read> READ =
            Map.of(
                    "#1",
                    read("Filesystem Type\n/dev/sda1 ext4 100 97.3 3 97% /var\nroot 0 41% /\n"),
                    "#2",
                    read(
                            "{\"MESSAGE\":\"bind() to \\\"0.0.0.0:8080\\\" failed: Address in"
                                    + " use\"}"));

    private static Grounding.Read read(String printed) {
        return new Grounding.Read(printed, List.of(printed.lines().toList()));
    }

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

    @Test
    void linesThatDoNotExistSupportNothing() {
        assertEquals(
                List.of("there are no such lines: #1 line 99"),
                doubts("/var is 97 % full [#1 line 99]."));
        assertEquals(
                List.of("there are no such lines: #1.2 lines 1–2"),
                doubts("/var is 97 % full [#1.2 lines 1–2]."));
        assertEquals(
                List.of("there are no such lines: #1 lines 3–2"),
                doubts("/var is 97 % full [#1 lines 3–2]."));
        assertEquals(List.of(), doubts("/var is 97 % full [#1 line 2]."));
        assertEquals(List.of("there are no such lines: #1 第 12–20 行"), doubts("已满[#1 第 12–20 行]。"));
    }

    @Test
    void aQuoteMustStandInTheLinesThatAreNamed() {
        assertEquals(
                List.of("“41% /” stands in #1, in other lines"),
                doubts("It says “41% /” [#1 line 2]."));
        assertEquals(List.of(), doubts("It says “41% /” [#1 lines 2-3]."));
    }

    @Test
    void whatIsNamedMustStandInWhatIsCited() {
        assertEquals(
                List.of("/srv/data does not stand in #1"), doubts("/srv/data is 97 % full [#1]."));
        assertEquals(List.of("12 does not stand in #1"), doubts("/var is 12 % full [#1]."));
        assertEquals(
                List.of("nginx.service does not stand in #2"),
                doubts("nginx.service cannot bind [#2]."));
        assertEquals(List.of("4711 does not stand in #2"), doubts("PID 4711 has it [#2]."));
        assertEquals(List.of("443 does not stand in #2"), doubts("端口 443 被占用[#2]。"));
        assertEquals(List.of(), doubts("port 8080 is taken [#2]. 97.3 % of /var is used [#1]."));
    }

    @Test
    void aCitationBehindTheFullStopBelongsToTheSentenceBeforeIt() {
        assertEquals(List.of(), doubts("/var is 97 % full. [#1] The rest is fine."));
        assertEquals(List.of(), doubts("/var 已用 97%。[#1]"));
        assertEquals(
                List.of("“nothing” does not stand in #1"), doubts("It says “nothing”. [#1] Fine."));
    }

    @Test
    void aCommandToTypeIsNoClaim() {
        assertEquals(
                List.of(),
                doubts("Next: `parley run service.restart unit=web.service --host web-1`."));
        assertEquals(
                List.of("it names no evidence"), doubts("Run `rm -rf /var/lib/web` as PID 12."));
    }

    @Test
    void oneTrueCitationDoesNotCarryAFalseOne() {
        assertEquals(
                List.of("there is no evidence #9"), doubts("/var is 97 % full [#1, #9 line 3]."));
    }
}
