package parley.safety.redact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The parts of a text that a rule has to look at: those around its keywords. Most texts have none,
/// which is what makes a search for all rules cheap.
final class Windows {
    private final String text;
    private final String lower;

    Windows(String text) {
        this.text = text;
        String folded = text.toLowerCase(Locale.ROOT);
        // Folding changes the length of a few characters; then places would be off, so only ASCII
        // is folded.
        this.lower = folded.length() == text.length() ? folded : asciiLower(text);
    }

    record Window(int from, int to) {}

    /// In the order of the text, without overlaps.
    List<Window> of(Rule rule) {
        List<Integer> hits = new ArrayList<>();
        for (String keyword : rule.keywords()) {
            for (int at = lower.indexOf(keyword); at >= 0; at = lower.indexOf(keyword, at + 1)) {
                hits.add(at);
            }
        }
        Collections.sort(hits, Comparator.naturalOrder());
        List<Window> windows = new ArrayList<>();
        for (int at : hits) {
            Window window =
                    new Window(
                            Math.max(0, at - Rule.BEFORE),
                            Math.min(text.length(), at + rule.reach()));
            if (windows.isEmpty() || windows.getLast().to() < window.from()) {
                windows.add(window);
            } else {
                windows.add(new Window(windows.removeLast().from(), window.to()));
            }
        }
        return windows;
    }

    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int index = 0; index < lower.length(); index++) {
            char one = lower.charAt(index);
            if (one >= 'A' && one <= 'Z') {
                lower.setCharAt(index, (char) (one + ('a' - 'A')));
            }
        }
        return lower.toString();
    }
}
