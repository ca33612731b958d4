package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Nothing that a model or a host wrote moves, hides, joins or reorders anything on a screen.
final class SanitiserTest {
    private static final Map<String, String> INERT = new TreeMap<>();

    static {
        INERT.put("plain text, 中文，ünïcödé 🙂", "plain text, 中文，ünïcödé 🙂");
        INERT.put("\u001b[2J\u001b[31mred", "␛[2J␛[31mred");
        INERT.put("\u001b]8;;http://x\u0007click\u001b]8;;\u0007", "␛]8;;http://x␇click␛]8;;␇");
        INERT.put("\u001b]52;c;eHg=\u001b\\", "␛]52;c;eHg=␛\\");
        INERT.put("one\rtwo\nthree\u000bfour", "one␍two␊three␋four");
        INERT.put("back\b\b\bspace\u007f", "back␈␈␈space␡");
        INERT.put("nul\0tab\tend", "nul␀tab end");
        INERT.put("\u009b31mC1\u0090\u0085", "\\u{9b}31mC1\\u{90}\\u{85}");
        INERT.put("a\u202egnp.exe\u202c", "a\\u{202e}gnp.exe\\u{202c}");
        INERT.put("\u2066isolate\u2069\u200f\u061c", "\\u{2066}isolate\\u{2069}\\u{200f}\\u{61c}");
        INERT.put("ng\u200binx\ufeff\u00ad\u2060", "ng\\u{200b}inx\\u{feff}\\u{ad}\\u{2060}");
        INERT.put("l\u2028p\u2029", "l\\u{2028}p\\u{2029}");
        INERT.put("\udb40\udc41\udb40\udc01", "\\u{e0041}\\u{e0001}");
        INERT.put("\ud800x\udc00", "\\u{d800}x\\u{dc00}");
        INERT.put("\ue000\uffff", "\\u{e000}\\u{ffff}");
        INERT.put("a\u00a0b\u2003c\u3000d", "a\\u{a0}b\\u{2003}c\u3000d");
        INERT.put("\u3164\u115f\u034f\ufe0f\u2800", "\\u{3164}\\u{115f}\\u{34f}\\u{fe0f}\\u{2800}");
        INERT.put(
                "e\u0301\u0301\u0301\u0301\u0301\u0301",
                "e\u0301\u0301\u0301\u0301\\u{301}\\u{301}");
    }

    @Test
    void everyTrickStaysVisibleAndInert() {
        assertAll(
                INERT.entrySet().stream()
                        .map(one ->
                                () -> assertEquals(one.getValue(), Sanitiser.line(one.getKey()))));
        assertEquals(18, INERT.size());
    }

    @Test
    void whatIsCutOffIsCounted() {
        assertEquals("aaa…(+7)", Sanitiser.line("a".repeat(10), 3));
        assertEquals("aaa", Sanitiser.line("aaa", 3));
        assertEquals(List.of("a", "b", "…(+2)"), Sanitiser.lines("a\nb\nc\nd", 2));
        assertEquals(List.of("a", "b"), Sanitiser.lines("a\nb\n", 2));
        assertTrue(Sanitiser.line("x".repeat(1_000_000)).length() < 2_100);
        assertTrue(Sanitiser.line("\u202e".repeat(1_000_000)).length() < 2_100);
    }

    @Test
    void whateverComesInOnlyHarmlessCharactersComeOutAndOnceIsEnough() {
        Random random = new Random(20260102);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length >= 0; length--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x100));
                    case 1 -> text.append((char) random.nextInt(0x10000));
                    case 2 -> text.appendCodePoint(random.nextInt(0x110000));
                    default -> text.append((char) (0x2000 + random.nextInt(0x80)));
                }
            }
            String clean = Sanitiser.line(text.toString());
            clean.codePoints()
                    .forEach(point -> {
                        int type = Character.getType(point);
                        assertTrue(
                                point >= 0x20
                                        && type != Character.CONTROL
                                        && type != Character.FORMAT
                                        && type != Character.SURROGATE
                                        && type != Character.UNASSIGNED,
                                () -> "U+" + Integer.toHexString(point));
                    });
            assertEquals(clean, Sanitiser.line(clean));
        }
    }
}
