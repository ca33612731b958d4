package parley.prompts.plan.embedded;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/// A request with one way of writing each character (NFKC, straight quotes), and where each
/// character stood in what was typed.
final class NormalText {
    private final String text;
    private final String lower;
    private final String raw;

    /// For each character of `text` and its end, the index in `raw`.
    private final int[] offsets;

    private NormalText(String text, String raw, int[] offsets) {
        this.text = text;
        this.lower = lower(text);
        this.raw = raw;
        this.offsets = offsets;
    }

    /// Normalised, letters as typed.
    String text() {
        return text;
    }

    /// The same in lower case, character for character.
    String lower() {
        return lower;
    }

    /// What was typed.
    String raw() {
        return raw;
    }

    static NormalText of(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int[] offsets = new int[raw.length() * 2 + 1];
        for (int at = 0; at < raw.length(); ) {
            int codePoint = raw.codePointAt(at);
            String form = form(codePoint);
            if (text.length() + form.length() >= offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2 + form.length());
            }
            Arrays.fill(offsets, text.length(), text.length() + form.length(), at);
            text.append(form);
            at += Character.charCount(codePoint);
        }
        offsets[text.length()] = raw.length();
        String normal = text.toString();
        return new NormalText(normal, raw, Arrays.copyOf(offsets, normal.length() + 1));
    }

    /// What was typed where the normal text has `start` to `end`.
    String typed(int start, int end) {
        return raw.substring(offsets[start], offsets[end]);
    }

    private static String form(int codePoint) {
        return switch (codePoint) {
            case '‘', '’', '´' -> "'";
            case '“', '”', '„', '«', '»', '「', '」', '『', '』' -> "\"";
            case '–', '—', '―', '‐', '‑', '−' -> "-";
            case '。' -> "。";
            case 0x200B, 0x200C, 0x200D, 0xFEFF -> "";
            default ->
                    codePoint < 0x80
                            ? Character.toString(codePoint)
                            : Normalizer.normalize(
                                    Character.toString(codePoint), Normalizer.Form.NFKC);
        };
    }

    /// Lower case that never changes the length.
    private static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() == text.length()) {
            return lower;
        }
        StringBuilder each = new StringBuilder(text.length());
        text.chars().forEach(c -> each.append((char) Character.toLowerCase(c)));
        return each.toString();
    }
}
