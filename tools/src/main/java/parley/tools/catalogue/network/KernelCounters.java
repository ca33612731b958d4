package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.NamedFiles;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kernel's network counters at one moment, all since boot.
///
/// Read from the files themselves. `nstat` shows the same numbers, but keeps a history in `/tmp`
/// that two callers spoil for each other, and is not everywhere.
///
/// @param uptimeS when, by the host's own clock since boot
/// @param values `TcpOutSegs`, `TcpExtListenOverflows`: the file's group and the counter
/// @param softnetDrops packets that a processor had no room for
/// @param softnetSqueezed times that a processor's share was over with packets left
/// @param deviceDrops packets that devices dropped or got broken, both ways, without loopback
record KernelCounters(
        double uptimeS,
        Map<String, Long> values,
        long softnetDrops,
        long softnetSqueezed,
        long deviceDrops,
        Optional<Long> conntrackCount,
        Optional<Long> conntrackMax,
        long filesOpen,
        long filesMax,
        NamedFiles files) {
    private static final String UPTIME = "/proc/uptime";
    private static final String SNMP = "/proc/net/snmp";
    private static final String NETSTAT = "/proc/net/netstat";
    private static final String SOFTNET = "/proc/net/softnet_stat";
    private static final String DEVICES = "/proc/net/dev";
    private static final String FILES = "/proc/sys/fs/file-nr";
    static final String COUNT = "/proc/sys/net/netfilter/nf_conntrack_count";
    private static final String MAX = "/proc/sys/net/netfilter/nf_conntrack_max";
    private static final Pattern DEVICE = Pattern.compile("\\s*(\\S+?):\\s*(\\d.*)");

    KernelCounters {
        values = Map.copyOf(values);
    }

    static Argv command() {
        return NamedFiles.command(
                List.of(UPTIME, SNMP, NETSTAT, SOFTNET, DEVICES, FILES, COUNT, MAX));
    }

    /// Capture number `number` of [#command].
    static KernelCounters read(int number, List<Capture> captures) throws Unreadable {
        NamedFiles files = NamedFiles.read(number, captures);
        Map<String, Long> values = new HashMap<>();
        pairs(files.lines(SNMP), values);
        pairs(files.lines(NETSTAT), values);
        if (values.get("TcpOutSegs") == null || files.lines(UPTIME).size() != 1) {
            throw Unreadable.line(
                    captures.get(number - 1).argv(),
                    1,
                    "the counters of TCP in " + SNMP,
                    captures.get(number - 1).stdout());
        }
        Line uptime = files.lines(UPTIME).getFirst();
        long[] softnet = softnet(files.lines(SOFTNET));
        long[] open = {0, 0, 0};
        for (Line line : files.lines(FILES)) {
            List<String> words = line.words(3, 3, "three numbers");
            for (int index = 0; index < open.length; index++) {
                open[index] = line.whole(words.get(index));
            }
        }
        return new KernelCounters(
                uptime.decimal(uptime.words(2, 2, "two numbers of seconds").getFirst()),
                values,
                softnet[0],
                softnet[1],
                deviceDrops(files.lines(DEVICES)),
                one(files, COUNT),
                one(files, MAX),
                open[0] - open[1],
                open[2],
                files);
    }

    /// Two lines a group: the names, then the numbers.
    private static void pairs(List<Line> lines, Map<String, Long> values) throws Unreadable {
        for (int index = 0; index + 1 < lines.size(); index += 2) {
            Line names = lines.get(index);
            Line numbers = lines.get(index + 1);
            List<String> heads = names.words(2, 0, "names of counters");
            List<String> cells = numbers.words(2, 0, "numbers of counters");
            String group = heads.getFirst().replace(":", "");
            if (!heads.getFirst().equals(cells.getFirst()) || heads.size() != cells.size()) {
                throw numbers.refused("the numbers of " + heads.getFirst());
            }
            for (int column = 1; column < heads.size(); column++) {
                // MaxConn and counters of MPTCP may be -1
                if (!cells.get(column).equals("-1")) {
                    values.put(group + heads.get(column), numbers.whole(cells.get(column)));
                }
            }
        }
    }

    private static long[] softnet(List<Line> lines) throws Unreadable {
        long[] sums = {0, 0};
        for (Line line : lines) {
            List<String> words = line.words(3, 0, "hexadecimal counters");
            for (int column = 0; column < sums.length; column++) {
                String hex = words.get(column + 1);
                if (!hex.matches("[0-9a-f]{1,8}")) {
                    throw line.refused("hexadecimal counters");
                }
                sums[column] += Long.parseLong(hex, 16);
            }
        }
        return sums;
    }

    private static long deviceDrops(List<Line> lines) throws Unreadable {
        long drops = 0;
        for (Line line : lines.stream().skip(2).toList()) {
            Matcher form = line.match(DEVICE, "a device and its counters");
            String[] cells = form.group(2).strip().split("\\s+");
            if (cells.length < 16) {
                throw line.refused("16 counters of a device");
            }
            if (!form.group(1).equals("lo")) {
                drops += line.whole(cells[2]) + line.whole(cells[3]);
                drops += line.whole(cells[10]) + line.whole(cells[11]);
            }
        }
        return drops;
    }

    private static Optional<Long> one(NamedFiles files, String path) throws Unreadable {
        Optional<Line> line = files.lines(path).stream().findFirst();
        return line.isPresent()
                ? Optional.of(line.get().whole(line.get().text().strip()))
                : Optional.empty();
    }

    /// A counter; 0 where this kernel has none of that name.
    long value(String name) {
        return values.getOrDefault(name, 0L);
    }

    /// Where `counter` stands, of the group `TcpExt` or `Tcp`: the line of its group's numbers.
    Optional<parley.tools.Finding.Lines> at(String group) {
        String path = group.endsWith("Ext") ? NETSTAT : SNMP;
        return files.lines(path).stream()
                .filter(line -> line.text().startsWith(group + ": "))
                .reduce((names, numbers) -> numbers)
                .map(Line::at);
    }

    Optional<parley.tools.Finding.Lines> atFile(String path) {
        return files.lines(path).stream().findFirst().map(Line::at);
    }
}
