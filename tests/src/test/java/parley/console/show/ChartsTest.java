package parley.console.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Language;
import parley.tools.Replayed;

import java.util.List;
import java.util.Map;

class ChartsTest {
    private static List<String> drawn(
            String tool, String recording, int columns, Language language, Ink ink) {
        return new Charts(language, columns, ink).lines(Replayed.reading(tool, recording).value());
    }

    @Test
    void samplesOfTheProcessorsAreALineAndSharesAreBars() {
        List<String> wide =
                drawn("cpu.usage", "debian-12--two-looks", 120, Language.EN, Ink.BLOCKS);

        assertTrue(wide.getFirst().startsWith("busy"), wide.toString());
        assertTrue(wide.stream().anyMatch(line -> line.contains("█")), wide.toString());
        assertTrue(wide.stream().allMatch(line -> Width.of(line) <= 120), wide.toString());
    }

    @Test
    void aNarrowWindowKeepsPictureAndFigure() {
        for (Language language : Language.values()) {
            for (List<String> one :
                    List.of(
                            List.of("cpu.usage", "debian-12--two-looks"),
                            List.of("mem.usage", "debian-12--no-swap"),
                            List.of("disk.io", "debian-12--saturated"),
                            List.of("metrics.history", "debian-12--load"),
                            List.of("net.probe", "debian-12--tcp"))) {
                List<String> lines = drawn(one.getFirst(), one.getLast(), 44, language, Ink.BLOCKS);
                assertTrue(!lines.isEmpty(), one.toString());
                for (String line : lines) {
                    assertTrue(Width.of(line) <= 44, line);
                    assertTrue(line.matches(".*[▁-█·].*"), line);
                    assertTrue(!line.endsWith("…"), "the figure is cut off: " + line);
                }
            }
        }
    }

    @Test
    void aTerminalWithoutUtf8GetsPlainCharacters() {
        List<String> lines = drawn("disk.io", "debian-12--saturated", 80, Language.EN, Ink.ASCII);

        assertTrue(lines.stream().anyMatch(line -> line.contains("#")), lines.toString());
        for (String line : lines) {
            assertTrue(line.chars().allMatch(one -> one < 128), line);
        }
    }

    @Test
    void theLocaleDecidesWhatCanBeDrawn() {
        assertEquals(Ink.BLOCKS, Ink.of(Map.of("LANG", "zh_CN.UTF-8")));
        assertEquals(Ink.BLOCKS, Ink.of(Map.of("LC_CTYPE", "en_US.utf8", "LANG", "C")));
        assertEquals(Ink.ASCII, Ink.of(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8")));
        assertEquals(Ink.ASCII, Ink.of(Map.of("LANG", "zh_CN.GB18030")));
        assertEquals(Ink.ASCII, Ink.of(Map.of()));
    }

    @Test
    void aPeakIsNeverLostBetweenColumns() {
        List<Double> values = new java.util.ArrayList<>(java.util.Collections.nCopies(144, 1.0));
        values.set(77, 100.0);

        String line = Ink.BLOCKS.spark(values, 100, 24);

        assertEquals(24, line.length());
        assertEquals(1, line.chars().filter(one -> one == '█').count());
        assertEquals('█', line.charAt(77 * 24 / 144));
        assertEquals("▁▁▅█", Ink.BLOCKS.spark(List.of(0.0, 3.0, 50.0, 100.0), 100, 10));
        assertEquals("__+#", Ink.ASCII.spark(List.of(0.0, 3.0, 50.0, 100.0), 100, 10));
    }

    @Test
    void whateverIsMoreThanNothingShowsInABar() {
        assertEquals("█·········", Ink.BLOCKS.bar(0.1, 100, 10));
        assertEquals("··········", Ink.BLOCKS.bar(0, 100, 10));
        assertEquals("██████████", Ink.BLOCKS.bar(250, 100, 10));
        assertEquals("##########", Ink.ASCII.bar(1, 1, 10));
        assertEquals("..........", Ink.ASCII.bar(0, 0, 10));
    }

    @Test
    void figuresInATableAreALineOfTheirShape() {
        List<String> lines =
                new ReadingView(Language.EN, 120, Ink.BLOCKS)
                        .lines(Replayed.reading("metrics.history", "debian-12--load").value());

        assertTrue(lines.stream().anyMatch(line -> line.contains("▁▁▁█▁")), lines.toString());
        assertTrue(
                lines.stream().noneMatch(line -> line.contains("21.72, 21.72")), lines.toString());
    }

    @Test
    void aReadingWithoutFiguresIsNotDrawn() {
        assertEquals(
                List.of(), drawn("service.list", "debian-12--none", 80, Language.EN, Ink.BLOCKS));
    }
}
