package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A name to look up, or an address whose name is wanted.
@Text(
        pattern =
                "[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}\\.?){1,127}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}",
        most = 253,
        example = "pay.example.com")
@Means(en = "a name to look up", zh = "要解析的名称")
public record DnsName(@JsonValue String value) {
    public DnsName {
        Checks.text(DnsName.class, value);
        asTarget(value);
    }

    /// Whether it is an address: then its name is asked for.
    public boolean isAddress() {
        return asTarget(value).isAddress();
    }

    /// Without the dot that a full name may end with.
    public Target plain() {
        return asTarget(value);
    }

    private static Target asTarget(String value) {
        return new Target(value.endsWith(".") ? value.substring(0, value.length() - 1) : value);
    }

    @Override
    public String toString() {
        return value;
    }
}
