package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

import java.util.Optional;

/// How it is tried whether one host reaches another: `icmp`, or `tcp:5432`; `dns`, `mtu` and `time`
/// are asked of other tools.
@Text(
        pattern =
                "icmp|dns|mtu|time|tcp:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
                        + "|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])",
        most = 9,
        example = "tcp:22")
@Means(en = "icmp, or tcp:PORT", zh = "icmp 或 tcp:端口")
public record ReachCheck(@JsonValue String value) {
    public ReachCheck {
        Checks.text(ReachCheck.class, value);
    }

    /// The port of `tcp:PORT`.
    public Optional<Port> port() {
        return value.startsWith("tcp:")
                ? Optional.of(new Port(Integer.parseInt(value.substring(4))))
                : Optional.empty();
    }

    public boolean isEcho() {
        return value.equals("icmp");
    }

    @Override
    public String toString() {
        return value;
    }
}
