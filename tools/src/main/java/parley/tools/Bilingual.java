package parley.tools;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One statement in both languages. There is no way to make one with a language missing.
public record Bilingual(String en, String zh) {
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

    public Bilingual {
        requireNonNull(en, "en is null");
        requireNonNull(zh, "zh is null");
        if (en.isBlank() || zh.isBlank()) {
            throw new IllegalArgumentException("a statement needs words in both languages");
        }
    }

    public static Bilingual of(String en, String zh) {
        return new Bilingual(en, zh);
    }

    /// A statement about values: `{0}` stands for the first of them, in both languages; a value
    /// that is a statement itself speaks the language it is put into. What the values say is never
    /// read for places again.
    public static Bilingual of(String en, String zh, @Nullable Object... values) {
        return new Bilingual(filled(en, Language.EN, values), filled(zh, Language.ZH, values));
    }

    private static String filled(String words, Language language, @Nullable Object... values) {
        return PLACE.matcher(words)
                .replaceAll(place -> {
                    @Nullable Object value = values[Integer.parseInt(place.group(1))];
                    return Matcher.quoteReplacement(
                            value instanceof Bilingual both
                                    ? both.in(language)
                                    : String.valueOf(value));
                });
    }

    /// The same word in both languages: a name, a path, a number.
    public static Bilingual same(String word) {
        return new Bilingual(word, word);
    }

    public String in(Language language) {
        return switch (language) {
            case EN -> en;
            case ZH -> zh;
        };
    }
}
