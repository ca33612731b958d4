package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// What is contacted: a name or an IP address, never a URL, never a number in disguise.
///
/// `2852039166`, `0x7f.1` and `010.0.0.1` are addresses to some programs and names to others: they
/// are refused.
@Text(
        pattern =
                "[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}",
        most = 253,
        example = "10.0.0.11")
@Means(en = "a name or an IP address", zh = "名称或 IP 地址")
public record Target(@JsonValue String value) {
    private static final Pattern LABELS =
            Pattern.compile(
                    "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern QUAD =
            Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(0[xX][0-9A-Fa-f]*|[0-9]+)");

    public Target {
        Checks.text(Target.class, value);
        if (!isLiteral(value)
                && (!LABELS.matcher(value).matches() || NUMBER.matcher(value).matches())) {
            throw new BadValue(
                    Bilingual.of(
                            "\"{0}\" is neither a name nor an IP address",
                            "“{0}”既不是名称也不是 IP 地址", value));
        }
    }

    /// Whether it is an address, which nobody has to look up.
    public boolean isAddress() {
        return isLiteral(value);
    }

    private static boolean isLiteral(String text) {
        if (!QUAD.matcher(text).matches() && text.indexOf(':') < 0) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
