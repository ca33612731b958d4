package parley.tools.value;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises the addresses at which clouds hand out credentials, in every way of writing them that
/// needs no name service. A name that merely resolves to such an address is not recognised here.
public final class CloudMetadata {
    private static final Set<String> NAMES =
            Set.of(
                    "instance-data",
                    "instance-data.ec2.internal",
                    "metadata",
                    "metadata.goog",
                    "metadata.google.internal",
                    "metadata.tencentyun.com");

    /// Alibaba Cloud, Azure and Oracle; everything link-local is refused as a whole.
    private static final List<String> ADDRESSES =
            List.of(
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "fd00:ec2::254",
                    "fd20:ce::254");

    private static final Pattern AUTHORITY =
            Pattern.compile("^(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:[^/@]*@)?(\\[[^]]*]|[^/:?#]+).*$");

    /// Names such as `169.254.169.254.nip.io` and `a9fea9fe.nip.io`, made to resolve to it.
    private static final Pattern INSIDE_NAME =
            Pattern.compile(
                    "(?:^|[.-])(?:169[.-]254[.-][0-9]{1,3}[.-][0-9]{1,3}|100[.-]100[.-]100[.-]200|a9fe[0-9a-f]{4}|646464c8)(?:[.-]|$)");

    private CloudMetadata() {}

    /// Whether `value`, a name, an address or a URL, means such a service.
    public static boolean isMeantBy(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        if (isAddress(text)) {
            return true;
        }
        Matcher matcher = AUTHORITY.matcher(text);
        String host = matcher.matches() ? matcher.group(1) : text;
        host = host.replaceAll("[\\[\\]]", "").replaceAll("\\.+$", "");
        return NAMES.contains(host) || INSIDE_NAME.matcher(host).find() || isAddress(host);
    }

    private static boolean isAddress(String text) {
        String plain = text.contains("%") ? text.substring(0, text.indexOf('%')) : text;
        try {
            return isMetadata(InetAddress.ofLiteral(plain));
        } catch (IllegalArgumentException notPlain) {
            try {
                return isMetadata(Inet4Address.ofPosixLiteral(plain));
            } catch (IllegalArgumentException notAnAddress) {
                return false;
            }
        }
    }

    private static boolean isMetadata(InetAddress address) {
        InetAddress inner = address instanceof Inet6Address six ? unwrapped(six) : address;
        return inner.isLinkLocalAddress()
                || ADDRESSES.stream().map(InetAddress::ofLiteral).anyMatch(inner::equals);
    }

    /// The IPv4 address in an IPv6 one of the forms `::a.b.c.d` and `64:ff9b::a.b.c.d`.
    private static InetAddress unwrapped(Inet6Address address) {
        byte[] bytes = address.getAddress();
        byte[] prefix = Arrays.copyOf(bytes, 12);
        boolean compatible = Arrays.equals(prefix, new byte[12]);
        byte[] translated = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
        if (!compatible && !Arrays.equals(prefix, translated)) {
            return address;
        }
        return InetAddress.ofLiteral(
                "%d.%d.%d.%d"
                        .formatted(
                                bytes[12] & 0xff,
                                bytes[13] & 0xff,
                                bytes[14] & 0xff,
                                bytes[15] & 0xff));
    }
}
