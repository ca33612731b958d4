package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.net.InetAddress;

/// An IPv4 or IPv6 address as text; never a name that would have to be looked up.
@Text(
        pattern = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}",
        most = 45,
        example = "10.0.0.11")
@Means(en = "an IP address", zh = "IP 地址")
public record IpAddress(@JsonValue String value) {
    public IpAddress {
        Checks.text(IpAddress.class, value);
        try {
            InetAddress.ofLiteral(value);
        } catch (IllegalArgumentException refused) {
            throw new BadValue(
                    Bilingual.of("\"{0}\" is not an IP address", "“{0}”不是 IP 地址", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
