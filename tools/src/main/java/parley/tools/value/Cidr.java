package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

/// A network, no wider than a person would mean: `/8` of IPv4 or `/32` of IPv6 at the widest.
@Text(
        pattern =
                "[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{0,40}/[0-9]{1,3}",
        most = 49,
        example = "10.0.0.0/24")
@Means(en = "a network", zh = "网段")
public record Cidr(@JsonValue String value) {
    public Cidr {
        Checks.text(Cidr.class, value);
        int slash = value.indexOf('/');
        boolean six = value.indexOf(':') >= 0;
        int length = Integer.parseInt(value.substring(slash + 1));
        new IpAddress(value.substring(0, slash)).value();
        if (length < (six ? 32 : 8) || length > (six ? 128 : 32)) {
            throw new BadValue(
                    Bilingual.of(
                            "the prefix of "
                                    + value
                                    + " must be "
                                    + (six ? "/32 to /128" : "/8 to /32"),
                            value + " 的前缀长度应为 " + (six ? "/32 到 /128" : "/8 到 /32")));
        }
    }

    /// Whether it is of IPv6.
    public boolean isSix() {
        return value.indexOf(':') >= 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
