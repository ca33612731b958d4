package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Quoting, against the real shell.
class QuotingTest {
    @Test
    void aNulCharacterIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Quoting.quote(List.of("echo", "a\0b")));
    }

    @Test
    void looksAsPeopleKnowIt() {
        assertEquals("'df' '--' 'it'\\''s'", Quoting.quote(List.of("df", "--", "it's")));
    }

    @Test
    void randomWordsComeBackFromTheShellAsTheyWere() throws Exception {
        Random random = new Random(4711);
        String alphabet = "ab '\"\\$`!*?[]{}()<>|&;#~-=\n\t\r盘é🦊";
        int[] letters = alphabet.codePoints().toArray();
        for (int round = 0; round < 40; round++) {
            List<String> words = new ArrayList<>(List.of("printf", "%s\\0"));
            for (int word = 0; word < 20; word++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(12); length > 0; length--) {
                    text.appendCodePoint(letters[random.nextInt(letters.length)]);
                }
                words.add(text.toString());
            }
            Process shell = new ProcessBuilder("sh", "-c", Quoting.quote(words)).start();
            String back = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(String.join("\0", words.subList(2, words.size())) + "\0", back);
        }
    }
}
