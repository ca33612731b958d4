package parley.console.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class TableViewTest {
    private static final List<String> HEADINGS = List.of("主机", "used");
    private static final List<Boolean> RIGHT = List.of(false, true);

    @Test
    void columnsLineUpUnderWideCharacters() {
        List<String> lines =
                TableView.lines(
                        HEADINGS,
                        RIGHT,
                        List.of(List.of("网站一", "9 %"), List.of("web-1", "100 %")),
                        80);
        assertEquals(List.of("主机     used", "网站一    9 %", "web-1   100 %"), lines);
        assertEquals(List.of(13, 13, 13), lines.stream().map(Width::of).toList());
    }

    @Test
    void aNarrowWindowCutsTheWidestColumnFirst() {
        String path = "/a/very/long/path/that/does/not/fit/into/the/window";
        List<String> lines =
                TableView.lines(List.of("path", "n"), RIGHT, List.of(List.of(path, "1")), 30);
        assertEquals(
                List.of("path                         n", "/a/very/long/path/that/doe…  1"), lines);
    }

    @Test
    void aWindowTooNarrowForTheColumnsGetsBlocks() {
        List<String> headings = List.of("alpha", "bravo", "charlie", "delta");
        List<String> row = List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb", "", "dddddddddddd");
        List<String> lines =
                TableView.lines(headings, List.of(false, false, false, false), List.of(row), 30);
        assertEquals(
                List.of("- alpha: aaaaaaaaaaaa", "  bravo: bbbbbbbbbbbb", "  delta: dddddddddddd"),
                lines);
    }

    @Test
    void aWideCharacterIsNeverHalved() {
        assertEquals("网…", Width.cut("网络错误", 4));
        assertEquals("网络…", Width.cut("网络错误", 5));
        assertEquals("网络错误", Width.cut("网络错误", 8));
    }

    @Test
    void sentencesBreakBetweenWordsAndBetweenHanCharacters() {
        String english =
                "web-1: the file system mounted on /var is 92 % full and will be full soon [#1 line"
                        + " 3]";
        String chinese = "web-1：/var 已使用百分之九十二，很快就会写满，请尽快处理，否则服务会停止 [#1 第 3 行]";
        for (String text : List.of(english, chinese)) {
            List<String> lines = Paragraph.wrap(text, 30);
            assertTrue(lines.size() > 2, lines::toString);
            assertTrue(lines.stream().allMatch(line -> Width.of(line) <= 30), lines::toString);
            String joined = String.join("", lines).replace(" ", "");
            assertEquals(text.replace(" ", ""), joined, "nothing is lost");
        }
    }
}
