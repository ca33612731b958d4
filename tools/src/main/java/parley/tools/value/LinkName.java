package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// The name of a network device, as the kernel allows it and without what a path would need.
@Text(pattern = "[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}", most = 15, example = "eth0")
@Means(en = "a network device", zh = "网卡名")
public record LinkName(@JsonValue String value) {
    public LinkName {
        Checks.text(LinkName.class, value);
    }

    /// Whether `text` is one.
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}");
    }

    @Override
    public String toString() {
        return value;
    }
}
