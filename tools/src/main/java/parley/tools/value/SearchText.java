package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// Words that a line must contain, taken literally: never a pattern.
@Text(pattern = "[^\\x00-\\x1f\\x7f]{1,64}", most = 64, example = "connection refused")
@Means(en = "a text to look for", zh = "要查找的文字")
public record SearchText(@JsonValue String value) {
    public SearchText {
        Checks.text(SearchText.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
