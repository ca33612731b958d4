package parley.prompts.plan.embedded;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Numbers as digits or words, English and Chinese.
final class Numbers {
    /// What a number looks like in a value pattern.
    static final String REGEX =
            "(\\d+(?:\\.\\d+)?|half(?: an?)?|an?|one|two|three|four|five|six|seven|eight|nine|ten"
                    + "|eleven|twelve|fifteen|twenty|thirty|forty[- ]five|forty|fifty|sixty|ninety"
                    + "|hundred|a hundred|a thousand|a couple(?: of)?|a few|a dozen|couple(?: of)?"
                    + "|few|[零一二两俩三四五六七八九十百千半几]+)";

    private static final Map<String, Double> WORDS =
            Map.ofEntries(
                    Map.entry("a", 1.0),
                    Map.entry("an", 1.0),
                    Map.entry("half", 0.5),
                    Map.entry("half a", 0.5),
                    Map.entry("half an", 0.5),
                    Map.entry("one", 1.0),
                    Map.entry("two", 2.0),
                    Map.entry("a couple", 2.0),
                    Map.entry("a couple of", 2.0),
                    Map.entry("couple", 2.0),
                    Map.entry("couple of", 2.0),
                    Map.entry("three", 3.0),
                    Map.entry("four", 4.0),
                    Map.entry("five", 5.0),
                    Map.entry("six", 6.0),
                    Map.entry("seven", 7.0),
                    Map.entry("eight", 8.0),
                    Map.entry("nine", 9.0),
                    Map.entry("ten", 10.0),
                    Map.entry("eleven", 11.0),
                    Map.entry("twelve", 12.0),
                    Map.entry("a dozen", 12.0),
                    Map.entry("fifteen", 15.0),
                    Map.entry("twenty", 20.0),
                    Map.entry("thirty", 30.0),
                    Map.entry("forty", 40.0),
                    Map.entry("forty five", 45.0),
                    Map.entry("forty-five", 45.0),
                    Map.entry("fifty", 50.0),
                    Map.entry("sixty", 60.0),
                    Map.entry("ninety", 90.0),
                    Map.entry("hundred", 100.0),
                    Map.entry("a hundred", 100.0),
                    Map.entry("a thousand", 1000.0),
                    Map.entry("半", 0.5));

    private static final String HAN = "零一二两俩三四五六七八九十百千半几";
    private static final Pattern WORD =
            Pattern.compile(
                    "\\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
                        + "|twenty|thirty|forty|fifty|sixty|ninety|half|hundred|couple|few|dozen)\\b");
    private static final String DIGITS = "零一二三四五六七八九";

    private Numbers() {}

    /// Whether `lower` holds a number that no token of `found` has taken.
    static boolean isIn(String lower, List<Token> found) {
        BitSet taken = new BitSet(lower.length());
        found.forEach(token -> taken.set(token.start(), token.end()));
        for (int at = 0; at < lower.length(); at++) {
            char c = lower.charAt(at);
            boolean digit = (c >= '0' && c <= '9') || HAN.indexOf(c) >= 0;
            if (digit && !taken.get(at)) {
                return true;
            }
        }
        return WORD.matcher(lower).find();
    }

    /// The number; empty for "a few" and 几, which are none.
    static OptionalDouble read(String text) {
        Double word = WORDS.get(text);
        if (word != null) {
            return OptionalDouble.of(word);
        }
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            return text.length() > 12
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text));
        }
        return chinese(text);
    }

    private static OptionalDouble chinese(String text) {
        int total = 0;
        int digit = -1;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at) == '两' || text.charAt(at) == '俩' ? '二' : text.charAt(at);
            int unit = c == '十' ? 10 : c == '百' ? 100 : c == '千' ? 1000 : 0;
            if (unit > 0) {
                total += (digit < 0 ? 1 : digit) * unit;
                digit = -1;
            } else if (DIGITS.indexOf(c) >= 0) {
                digit = digit > 0 ? digit * 10 + DIGITS.indexOf(c) : DIGITS.indexOf(c);
            } else {
                return OptionalDouble.empty();
            }
        }
        return text.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(total + Math.max(0, digit));
    }

    /// A size without a fraction: `1536M` for `1.5G`.
    static String size(String text) {
        int dot = text.indexOf('.');
        int unit = "KMGT".indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
        if (dot < 0 || unit < 1) {
            return text.replaceAll("\\.\\d+", "");
        }
        double amount = Double.parseDouble(text.substring(0, text.length() - 1)) * 1024;
        return Math.round(amount) + "KMGT".substring(unit - 1, unit);
    }

    /// Without a fraction where there is none: `20`, `1.5`.
    static String plain(double number) {
        return number == Math.rint(number)
                ? Long.toString(Math.round(number))
                : Double.toString(number);
    }
}
