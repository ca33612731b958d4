package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A version of a package as apt and dnf write it: `1.22.1-9+deb12u2`, `1:2.4-3.el9`. Never a
/// comparison or a glob.
@Text(pattern = "[0-9A-Za-z][0-9A-Za-z.+~:^_-]{0,126}", most = 127, example = "1.22.1-9")
@Means(en = "a package version", zh = "软件包版本")
public record PackageVersion(@JsonValue String value) {
    public PackageVersion {
        Checks.text(PackageVersion.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
