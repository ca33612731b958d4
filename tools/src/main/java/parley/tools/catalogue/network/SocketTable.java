package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.WholeLines;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The table of `ss -H -n -p`, which has no machine-readable form, and the units of the processes
/// in it from `ps`.
public final class SocketTable {
    private static final long MOST_BYTES = 1024 * 1024;
    private static final String NUMBERS = "(?<waiting>\\d{1,18})\\s+(?<queued>\\d{1,18})\\s+";
    private static final Pattern HOLDER = Pattern.compile("\\(\"(.*?)\",pid=(\\d{1,9}),fd=\\d+\\)");
    private static final Pattern HOLDERS =
            Pattern.compile("users:\\((?:\\(\".*?\",pid=\\d{1,9},fd=\\d+\\),?)+\\)");

    private SocketTable() {}

    /// `ss` with these options and filter; root sees the processes of others.
    public static Argv list(List<String> words) {
        List<String> all = new ArrayList<>(List.of("ss", "-H", "-n", "-p"));
        all.addAll(words);
        return Argv.of(all).betterAsRoot().keeping(MOST_BYTES);
    }

    /// The form of [#list] with these words.
    public static RootCommand rootCommand(String words) {
        return RootCommand.of("ss -H -n -p " + words);
    }

    /// Which unit each process belongs to. A `ps` that cannot tell exits with 1.
    public static Argv units() {
        return Argv.of("ps", "-e", "-o", "pid=", "-o", "unit=").alsoReadableWhenExit(1, 127);
    }

    /// Every socket.
    ///
    /// @param named whether the first column is the protocol: when several were asked for
    /// @param fixed the protocol when it is not a column
    /// @param state the state when it is not a column: when exactly one was asked for
    /// @throws Unreadable naming the first line that is not a socket
    public static List<Socket> read(
            Capture capture, boolean named, String fixed, Optional<String> state)
            throws Unreadable {
        boolean unix = fixed.equals("unix");
        Pattern form =
                Pattern.compile(
                        (named || unix ? "(?<protocol>\\S+)\\s+" : "")
                                + (state.isEmpty() ? "(?<state>[A-Z0-9-]+)\\s+" : "")
                                + NUMBERS
                                + (unix
                                        ? "(?<local>.+?)\\s+(?:\\d+|\\*)\\s+(?<peer>.+?)\\s+(?:\\d+|\\*)"
                                        : "(?<local>\\S+)\\s+(?<peer>\\S+)")
                                + "(?:\\s+(?<holders>users:.*))?");
        List<Socket> sockets = new ArrayList<>();
        List<String> lines = WholeLines.of(capture.readable());
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            Matcher matcher = form.matcher(line);
            if (!matcher.matches()) {
                throw Unreadable.line(
                        capture.argv(), index + 1, "a socket in the columns of ss", line);
            }
            sockets.add(
                    new Socket(
                            new HostText(named || unix ? matcher.group("protocol") : fixed),
                            new HostText(state.orElseGet(() -> matcher.group("state"))),
                            Long.parseLong(matcher.group("waiting")),
                            Long.parseLong(matcher.group("queued")),
                            new HostText(matcher.group("local")),
                            new HostText(matcher.group("peer")),
                            holders(
                                    capture.argv(),
                                    index + 1,
                                    Optional.ofNullable(matcher.group("holders"))),
                            Optional.empty(),
                            index + 1));
        }
        return List.copyOf(sockets);
    }

    private static List<Socket.Holder> holders(Argv argv, int line, Optional<String> text)
            throws Unreadable {
        if (text.isEmpty()) {
            return List.of();
        }
        if (!HOLDERS.matcher(text.get()).matches()) {
            throw Unreadable.line(argv, line, "users:((\"name\",pid=…,fd=…))", text.get());
        }
        List<Socket.Holder> holders = new ArrayList<>();
        Matcher matcher = HOLDER.matcher(text.get());
        while (matcher.find()) {
            Socket.Holder holder =
                    new Socket.Holder(
                            new HostText(matcher.group(1)), Long.parseLong(matcher.group(2)));
            if (!holders.contains(holder)) {
                holders.add(holder);
            }
        }
        return holders;
    }

    /// The same sockets with the units of their processes.
    public static List<Socket> withUnits(List<Socket> sockets, Capture ps) throws Unreadable {
        Map<Long, HostText> units = unitsOf(ps);
        List<Socket> owned = new ArrayList<>();
        for (Socket socket : sockets) {
            owned.add(
                    socket.of(
                            socket.processes().stream()
                                    .map(holder -> Optional.ofNullable(units.get(holder.pid())))
                                    .flatMap(Optional::stream)
                                    .findFirst()));
        }
        return List.copyOf(owned);
    }

    /// How many processes belong to `unit`; 0 also where `ps` cannot tell.
    public static long processes(Capture ps, String unit) throws Unreadable {
        return unitsOf(ps).values().stream().filter(name -> name.value().equals(unit)).count();
    }

    private static Map<Long, HostText> unitsOf(Capture ps) throws Unreadable {
        Map<Long, HostText> units = new HashMap<>();
        List<String> lines = ps.exit() == 0 ? WholeLines.of(ps.readable()) : List.of();
        for (int index = 0; index < lines.size(); index++) {
            String[] columns = lines.get(index).strip().split("\\s+");
            if (columns.length != 2 || !columns[0].matches("[0-9]{1,9}")) {
                throw Unreadable.line(ps.argv(), index + 1, "pid unit", lines.get(index));
            }
            if (!columns[1].equals("-")) {
                units.put(Long.parseLong(columns[0]), new HostText(columns[1]));
            }
        }
        return units;
    }

    /// What these captures do not show.
    public static List<Bilingual> gaps(Capture ss, Capture ps, List<Socket> sockets) {
        List<Bilingual> gaps = new ArrayList<>();
        boolean unnamed =
                sockets.stream()
                        .anyMatch(socket ->
                                socket.processes().isEmpty()
                                        && (socket.listens() || socket.isConnected()));
        if (!ss.asRoot() && unnamed) {
            gaps.add(
                    Bilingual.of(
                            "without root, the processes behind sockets of other users are hidden;"
                                    + " to see them, allow this login sudo for ss",
                            "没有 root 权限，看不到其他用户套接字对应的进程；请允许该用户用 sudo 执行 ss"));
        }
        if (ss.truncated()) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: there are more sockets than were read; narrow it"
                                    + " by state, port or peer",
                            "输出过长被截断：还有未读取的套接字；请用状态、端口或对端缩小范围"));
        }
        if (ps.exit() != 0) {
            gaps.add(
                    Bilingual.of(
                            "ps on this host cannot name the units of processes",
                            "该主机的 ps 无法给出进程所属的单元"));
        }
        return List.copyOf(gaps);
    }
}
