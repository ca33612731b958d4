package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A package name as apt and dnf write it: no version, path, URL, group, glob or option.
@Text(pattern = "[A-Za-z0-9][A-Za-z0-9.+_-]{0,126}[A-Za-z0-9+]", most = 128, example = "nginx")
@Means(en = "a package name", zh = "软件包名")
public record PackageName(@JsonValue String value) {
    public PackageName {
        Checks.text(PackageName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
