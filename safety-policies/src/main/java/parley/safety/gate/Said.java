package parley.safety.gate;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody typed, asked whether a value stands in it as whole words.
///
/// Chinese has no spaces: a value is whole when no other letter, digit or joining mark of ASCII
/// touches it. The parts of an address such as `http://10.0.0.11:8080/health` count as words.
final class Said {
    private static final Pattern URL =
            Pattern.compile(
                    "([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?(/[!-~]*)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final List<String> SUFFIXES = List.of("", ".service");

    private final String words;
    private final String lower;
    private final Set<String> parts = new HashSet<>();
    private final Amounts amounts;
    private final Times times;

    Said(String words) {
        this.words = Normalizer.normalize(words, Normalizer.Form.NFKC);
        this.lower = this.words.toLowerCase(Locale.ROOT);
        Matcher url = URL.matcher(this.words);
        while (url.find()) {
            for (int group = 0; group <= url.groupCount(); group++) {
                if (url.group(group) != null) {
                    parts.add(url.group(group).replaceAll("[.,;:!?)]+$", ""));
                }
            }
        }
        this.amounts = Amounts.in(lower);
        this.times = Times.in(lower);
    }

    /// Whether `value` was said: word for word, without regard to case unless it is a path, with or
    /// without `.service`, or as the same number, size, duration or time in other words.
    boolean says(String value) {
        if (value.isBlank()) {
            return false;
        }
        String bare = withoutSuffix(value);
        if (SUFFIXES.stream().anyMatch(suffix -> stands(bare + suffix)) || parts.contains(value)) {
            return true;
        }
        return NUMBER.matcher(value).matches()
                ? amounts.saysNumber(value)
                : amounts.says(value) || times.says(value);
    }

    /// `nginx.service` as `nginx`; a suffix alone stays what it is.
    static String withoutSuffix(String value) {
        return value.endsWith(".service") && value.length() > 8
                ? value.substring(0, value.length() - 8)
                : value;
    }

    private boolean stands(String value) {
        boolean exact = value.indexOf('/') >= 0;
        String text = exact ? words : lower;
        String wanted = exact ? value : value.toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            if (beginsAt(text, at) && endsAt(text, at + wanted.length(), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsAt(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        if (isWord(before) || isSlash(before)) {
            return false;
        }
        return !isJoiner(before) || at == 1 || !isWord(text.charAt(at - 2));
    }

    private static boolean endsAt(String text, int end, String value) {
        if (end == text.length()) {
            return true;
        }
        char after = text.charAt(end);
        char next = end + 1 < text.length() ? text.charAt(end + 1) : ' ';
        if (isWord(after) || (isSlash(after) && value.charAt(0) != '/')) {
            return false;
        }
        return !(isJoiner(after) || isSlash(after)) || !(isWord(next) || isSlash(next));
    }

    private static boolean isWord(char character) {
        return character == '_'
                || (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z');
    }

    private static boolean isSlash(char character) {
        return character == '/' || character == '\\' || character == '~';
    }

    private static boolean isJoiner(char character) {
        return character == '-'
                || character == '.'
                || character == '@'
                || character == '+'
                || character == '%';
    }
}
