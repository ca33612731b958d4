package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// Part of a name that a list is narrowed to.
@Text(pattern = "[A-Za-z0-9@._][A-Za-z0-9@._-]{0,63}", most = 64, example = "gunicorn")
@Means(en = "part of a name", zh = "名称的一部分")
public record NamePart(@JsonValue String value) {
    public NamePart {
        Checks.text(NamePart.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
