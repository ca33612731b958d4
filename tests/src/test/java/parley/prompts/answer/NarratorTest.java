package parley.prompts.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Language;

import java.util.List;
import java.util.Optional;

class NarratorTest {
    private static Evidence read(String id, String host, Finding... findings) {
        return new Evidence(
                id, host, "disk.usage", false, List.of(findings), List.of(), Optional.empty());
    }

    private static List<String> texts(Language language, Evidence... evidence) {
        return Narrator.answer(List.of(evidence), language).stream()
                .map(Narrator.Sentence::text)
                .toList();
    }

    private static final Finding FULL =
            Finding.of(Severity.CRITICAL, "/var is full", "/var 已满").at(2, 3);
    private static final Finding WARM = Finding.of(Severity.WARNING, "/ is nearly full", "/ 快满了");
    private static final Finding FACT = Finding.of(Severity.NOTICE, "3 units", "3 个单元");

    @Test
    void theGravestComesFirstWithItsLines() {
        assertEquals(
                List.of(
                        "web-1: /var is full [#1.2 line 3]",
                        "web-1: / is nearly full [#1]",
                        "web-1: 3 units [#1]"),
                texts(Language.EN, read("#1", "web-1", FACT, WARM, FULL)));
    }

    @Test
    void equalStatementsOfSeveralHostsAreOneSentence() {
        assertEquals(
                List.of("web-1、web-2：/ 快满了 [#1, #2]"),
                texts(Language.ZH, read("#1", "web-1", WARM), read("#2", "web-2", WARM)));
    }

    @Test
    void whatCouldNotBeReadIsNeverLeftOut() {
        Bilingual refused = Bilingual.of("connection refused", "连接被拒绝");
        Evidence down =
                new Evidence(
                        "#2",
                        "web-2",
                        "disk.usage",
                        false,
                        List.of(),
                        List.of(),
                        Optional.of(refused));
        Evidence partial =
                new Evidence(
                        "#1",
                        "web-1",
                        "disk.usage",
                        false,
                        List.of(FACT),
                        List.of(Bilingual.of("no root", "无 root 权限")),
                        Optional.empty());
        assertEquals(
                List.of(
                        "web-1: 3 units [#1]",
                        "web-1: not seen: no root [#1]",
                        "web-2: no reading: connection refused [#2]"),
                texts(Language.EN, partial, down));
        assertEquals(
                List.of("web-1：3 个单元 [#1]", "web-1：未能看到：无 root 权限 [#1]", "web-2：没有读到：连接被拒绝 [#2]"),
                texts(Language.ZH, partial, down));
    }

    @Test
    void aRangeOfLinesIsCitedAsOne() {
        Finding range =
                new Finding(
                        Severity.NOTICE,
                        Bilingual.of("errors", "报错"),
                        List.of(new Finding.Lines(1, 12, 20)));
        assertEquals(
                List.of("db-1: errors [#3 lines 12–20]"),
                texts(Language.EN, read("#3", "db-1", range)));
        assertEquals(
                List.of("db-1：报错 [#3 第 12–20 行]"), texts(Language.ZH, read("#3", "db-1", range)));
    }
}
