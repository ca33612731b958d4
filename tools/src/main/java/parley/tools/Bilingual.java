package parley.tools;

import static java.util.Objects.requireNonNull;

/// One statement in both languages. There is no way to make one with a language missing.
public record Bilingual(String en, String zh) {
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
