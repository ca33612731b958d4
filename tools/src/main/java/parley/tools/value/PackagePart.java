package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// Part of a package's name that a list is narrowed to: taken literally, never a pattern.
@Text(pattern = "[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}", most = 64, example = "nginx")
@Means(en = "part of a package name", zh = "软件包名的一部分")
public record PackagePart(@JsonValue String value) {
    public PackagePart {
        Checks.text(PackagePart.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
