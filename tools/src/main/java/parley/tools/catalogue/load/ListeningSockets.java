package parley.tools.catalogue.load;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.net.InetAddress;
import java.net.UnknownHostException;
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
                                                address(line, row.group(2)),
                                                port)));
            }
        }
        return found.stream().distinct().toList();
    }

    private static String address(Line line, String hex) throws Unreadable {
        byte[] raw = HexFormat.of().parseHex(hex);
        byte[] ordered = new byte[raw.length];
        for (int index = 0; index < raw.length; index++) {
            // groups of four bytes, the last first
            ordered[index] = raw[index / 4 * 4 + 3 - index % 4];
        }
        try {
            String address = InetAddress.getByAddress(ordered).getHostAddress();
            return address.contains(":")
                    ? "[" + address.replaceFirst("^0(:0){7}$", "::") + "]"
                    : address;
        } catch (UnknownHostException refused) {
            throw line.refused("an address");
        }
    }
}
