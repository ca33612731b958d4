package parley.tools.catalogue.load;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sockets that wait for others, of the network that a process is in: `/proc/PID/net/tcp` and
/// its kin, where addresses are hexadecimal in the order of the machine's bytes.
final class ListeningSockets {
    private static final String WAITING = "0A|07";
    private static final Pattern ROW =
            Pattern.compile(
                    "/proc/\\d+/net/((?:tcp|udp)6?): *\\d+:"
                        + " ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} (0A|07)"
                        + " \\S+ \\S+ \\S+ +\\d+ +\\d+ (\\d+) .*");

    private ListeningSockets() {}

    /// It exits 1 when nothing waits, and 2 where there is no IPv6.
    static Argv command(Pid pid) {
        String folder = "/proc/" + pid + "/net/";
        return Argv.of(
                        "grep",
                        "-H",
                        "-E",
                        "^ *[0-9]+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} (" + WAITING + ") ",
                        "--",
                        folder + "tcp",
                        folder + "tcp6",
                        folder + "udp",
                        folder + "udp6")
                .alsoReadableWhenExit(1, 2);
    }

    /// Those of `inodes`, as `tcp 0.0.0.0:80`.
    static List<HostText> read(int number, List<Capture> captures, Set<String> inodes)
            throws Unreadable {
        List<HostText> found = new ArrayList<>();
        for (Line line : Lines.whole(number, captures)) {
            Matcher row = line.match(ROW, "a row of /proc/PID/net");
            boolean waits = row.group(4).equals(row.group(1).startsWith("tcp") ? "0A" : "07");
            if (waits && inodes.contains(row.group(5))) {
                int port = HexFormat.fromHexDigits(row.group(3));
                found.add(
                        new HostText(
                                "%s %s:%d"
                                        .formatted(
                                                row.group(1).substring(0, 3),
                                                address(row.group(2)),
                                                port)));
            }
        }
        return found.stream().distinct().toList();
    }

    private static String address(String hex) {
        byte[] raw = HexFormat.of().parseHex(hex);
        List<String> parts = new ArrayList<>();
        boolean long6 = raw.length > 4;
        for (int index = 0; index < raw.length; index++) {
            // groups of four bytes, the last first
            int at = index / 4 * 4 + 3 - index % 4;
            if (!long6) {
                parts.add(Integer.toString(raw[at] & 0xff));
            } else if (index % 2 == 0) {
                parts.add(Integer.toHexString(((raw[at] & 0xff) << 8) | (raw[at - 1] & 0xff)));
            }
        }
        String literal = String.join(long6 ? ":" : ".", parts);
        String address = InetAddress.ofLiteral(literal).getHostAddress();
        return address.contains(":")
                ? "[" + address.replaceFirst("^0(:0){7}$", "::") + "]"
                : address;
    }
}
