package parley.tools;

import java.util.Locale;

/// The two languages every word of Parley exists in.
public enum Language {
    EN,
    ZH;

    /// The language of `words`: Chinese as soon as one Han character stands in them.
    public static Language of(String words) {
        return words.codePoints().anyMatch(Language::isHan) ? ZH : EN;
    }

    /// The language of a locale name as in `LANG` (`zh_CN.UTF-8`); English when it says nothing
    /// else.
    public static Language ofLocale(String locale) {
        return locale.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }

    /// Whether `codePoint` is a Chinese character.
    public static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }
}
