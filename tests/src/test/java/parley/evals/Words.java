package parley.evals;

import parley.tools.Language;

import java.util.regex.Pattern;

/// An expression to be found in a text, perhaps another in each language.
record Words(Pattern en, Pattern zh) {
    boolean in(String text, Language language) {
        return pattern(language).matcher(text).find();
    }

    Pattern pattern(Language language) {
        return language == Language.EN ? en : zh;
    }

    // Patterns compare by identity; two equal expressions are the same words.
    @Override
    public boolean equals(Object other) {
        return other instanceof Words words && words.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return en.pattern().equals(zh.pattern()) ? en.pattern() : en.pattern() + " / " + zh;
    }
}
