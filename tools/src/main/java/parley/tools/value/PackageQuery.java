package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// What packages are searched for: words, a capability such as `libssl.so.3()(64bit)`, or a file.
/// Taken literally: the characters that make patterns are not among those allowed.
@Text(
        pattern = "[A-Za-z0-9/][A-Za-z0-9 ._+/:()@-]{0,126}[A-Za-z0-9._+)]",
        most = 128,
        example = "web server")
@Means(en = "words, a capability or a file to search packages for", zh = "要搜索的关键词、功能或文件")
public record PackageQuery(@JsonValue String value) {
    public PackageQuery {
        Checks.text(PackageQuery.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
