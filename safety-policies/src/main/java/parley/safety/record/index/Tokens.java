package parley.safety.record.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Cuts texts into what is searched for: runs of letters and digits in lower case, and Han
/// characters in pairs.
///
/// A run of Han characters ABC gives `AB BC C`, so that a search for AB, ABC or C alone finds it;
/// there are no blanks between Chinese words to go by.
final class Tokens {
    /// A longer run of letters is a blob, and nobody types it.
    static final int LONGEST = 64;

    private Tokens() {}

    /// What the index keeps of `text`: tokens, one blank apart.
    static String of(String text) {
        StringJoiner tokens = new StringJoiner(" ");
        cut(text, true, tokens::add);
        return tokens.toString();
    }

    /// The tokens of a text that is searched for: a single Han character at the end of a run stays
    /// out, for its pair says it already.
    static List<String> sought(String text) {
        List<String> tokens = new ArrayList<>();
        cut(text, false, tokens::add);
        return tokens;
    }

    private interface Sink {
        void add(String token);
    }

    private static void cut(String text, boolean stored, Sink sink) {
        int at = 0;
        int length = text.length();
        while (at < length) {
            int point = text.codePointAt(at);
            if (isHan(point)) {
                at = han(text, at, stored, sink);
            } else if (Character.isLetterOrDigit(point)) {
                int from = at;
                while (at < length && isWord(text.codePointAt(at))) {
                    at += Character.charCount(text.codePointAt(at));
                }
                sink.add(word(text, from, at));
            } else {
                at += Character.charCount(point);
            }
        }
    }

    private static String word(String text, int from, int to) {
        int end = Math.min(to, from + LONGEST);
        if (end < to && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private static int han(String text, int start, boolean stored, Sink sink) {
        int at = start;
        String before = "";
        int count = 0;
        while (at < text.length() && isHan(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            String now = Character.toString(point);
            if (count > 0) {
                sink.add(before + now);
            }
            before = now;
            count++;
            at += Character.charCount(point);
        }
        if (stored || count == 1) {
            sink.add(before);
        }
        return at;
    }

    private static boolean isWord(int point) {
        return Character.isLetterOrDigit(point) && !isHan(point);
    }

    static boolean isHan(int point) {
        return point >= 0x2E80 && Character.isIdeographic(point);
    }
}
