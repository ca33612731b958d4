package parley.tools.value;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The checks that the constructors of value types share, read from their annotations.
public final class Checks {
    private static final int MOST_QUOTED = 60;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Checks() {}

    /// Returns `text` when the type's [Text] accepts it.
    ///
    /// @throws BadValue otherwise
    public static String text(Class<?> type, String text) {
        Text rule = requireNonNull(type.getAnnotation(Text.class), "no @Text on the type");
        if (text.length() > rule.most()) {
            throw refused(
                    type,
                    text,
                    rule,
                    " of at most " + rule.most() + " characters",
                    "，最长 " + rule.most() + " 个字符");
        }
        Pattern pattern = PATTERNS.computeIfAbsent(rule.pattern(), Pattern::compile);
        if (!pattern.matcher(text).matches()) {
            throw refused(type, text, rule, "", "");
        }
        return text;
    }

    /// Returns `number` when the type's [Whole] accepts it.
    ///
    /// @throws BadValue otherwise
    public static long whole(Class<?> type, long number) {
        Whole rule = requireNonNull(type.getAnnotation(Whole.class), "no @Whole on the type");
        return within(type, rule, number);
    }

    /// Returns `number` when it lies within `rule`.
    ///
    /// @throws BadValue otherwise
    public static long within(Class<?> type, Whole rule, long number) {
        if (number < rule.least() || number > rule.most()) {
            Means means = meaning(type);
            throw new BadValue(
                    Bilingual.of(
                            number
                                    + " is not "
                                    + means.en()
                                    + " from "
                                    + rule.least()
                                    + " to "
                                    + rule.most(),
                            number
                                    + " 不是 "
                                    + rule.least()
                                    + " 到 "
                                    + rule.most()
                                    + " 之间的"
                                    + means.zh()));
        }
        return number;
    }

    private static BadValue refused(Class<?> type, String text, Text rule, String en, String zh) {
        Means means = meaning(type);
        String quoted = text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
        return new BadValue(
                Bilingual.of(
                        "\""
                                + quoted
                                + "\" is not "
                                + means.en()
                                + en
                                + "; an example is "
                                + rule.example(),
                        "“" + quoted + "”不是" + means.zh() + zh + "；例如 " + rule.example()));
    }

    static Means meaning(Class<?> type) {
        return requireNonNull(type.getAnnotation(Means.class), "no @Means on the type");
    }
}
