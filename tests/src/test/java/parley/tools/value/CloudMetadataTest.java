package parley.tools.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The metadata services of clouds, however they are written.
final class CloudMetadataTest {
    private static final List<String> MEANT =
            List.of(
                    "169.254.169.254",
                    "169.254.0.23",
                    "2852039166",
                    "0xa9fea9fe",
                    "0xa9.0xfe.0xa9.0xfe",
                    "0251.0376.0251.0376",
                    "169.254.43518",
                    "169.16689662",
                    "100.100.100.200",
                    "0x646464c8",
                    "168.63.129.16",
                    "192.0.0.192",
                    "[::ffff:169.254.169.254]",
                    "::ffff:a9fe:a9fe",
                    "::169.254.169.254",
                    "64:ff9b::a9fe:a9fe",
                    "fd00:ec2::254",
                    "fe80::1%eth0",
                    "metadata.google.internal",
                    "METADATA.google.internal.",
                    "metadata",
                    "metadata:80",
                    "instance-data",
                    "http://169.254.169.254/latest/meta-data",
                    "https://user:pw@169.254.169.254:443/",
                    "//169.254.169.254/x",
                    "http://[fd00:ec2::254]:80/",
                    "169.254.169.254:80",
                    "169.254.169.254/32",
                    "http://2852039166/",
                    "169.254.169.254.nip.io",
                    "www.169-254-169-254.sslip.io",
                    "a9fea9fe.nip.io",
                    " 169.254.169.254 ",
                    "http://100.100.100.200/latest");

    private static final List<String> NOT_MEANT =
            List.of(
                    "",
                    "web-1",
                    "10.0.0.11",
                    "10.0.0.0/8",
                    "8.8.8.8",
                    "1695.254.169.254",
                    "example.com",
                    "metadata.example.com",
                    "http://example.com/169.254.169.254",
                    "http://example.com/?to=metadata",
                    "169.253.169.254",
                    "fd00::1",
                    "::1",
                    "80",
                    "nginx",
                    "/etc/metadata",
                    "2G",
                    "100.100.100.20",
                    "x169.254.169.254x.example");

    @Test
    void everyWayOfWritingThemIsRecognised() {
        assertEquals(
                List.of(), MEANT.stream().filter(text -> !CloudMetadata.isMeantBy(text)).toList());
        assertEquals(List.of(), NOT_MEANT.stream().filter(CloudMetadata::isMeantBy).toList());
        assertEquals(35, MEANT.size());
    }
}
