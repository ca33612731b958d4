package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.nio.file.Path;

/// An absolute path in its shortest form: no `.`, `..`, doubled or trailing slash, no control
/// character.
@Text(pattern = "/[^\\x00-\\x1f\\x7f]*", most = 1024, example = "/var/log")
@Means(en = "an absolute path", zh = "绝对路径")
public record AbsolutePath(@JsonValue String value) {
    public AbsolutePath {
        Checks.text(AbsolutePath.class, value);
        String normal = Path.of(value).normalize().toString();
        if (!normal.equals(value)) {
            throw new BadValue(
                    Bilingual.of(
                            "\"" + value + "\" is not in its shortest form; write " + normal,
                            "“" + value + "”不是最简形式；请写 " + normal));
        }
    }

    /// Whether it is `root` itself or lies below it, by names alone.
    public boolean isUnder(String root) {
        return Path.of(value).startsWith(root);
    }

    @Override
    public String toString() {
        return value;
    }
}
