package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// An absolute path in its shortest form: no `.`, `..`, doubled or trailing slash, no control
/// character, and nothing invisible that would make it look like another path (zero width,
/// direction marks, half a surrogate pair).
@Text(
        pattern =
                "/[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]*",
        most = 1024,
        example = "/var/log")
@Means(en = "an absolute path", zh = "绝对路径")
public record AbsolutePath(@JsonValue String value) {
    public AbsolutePath {
        Checks.text(AbsolutePath.class, value);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new BadValue(Bilingual.of("the path is not valid text", "路径不是有效文本"));
        }
        String normal = Path.of(value).normalize().toString();
        if (!normal.equals(value)) {
            throw new BadValue(
                    Bilingual.of(
                            "\"{0}\" is not in its shortest form; write {1}",
                            "“{0}”不是最简形式；请写 {1}", value, normal));
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
