package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A host name or an address that something is sent to. Never a URL, never an option.
@Text(
        pattern =
                "[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}\\.?){1,127}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}",
        most = 253,
        example = "db-1.example.com")
@Means(en = "a host name or an IP address", zh = "主机名或 IP 地址")
public record Target(@JsonValue String value) {
    public Target {
        Checks.text(Target.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
