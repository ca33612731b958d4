package parley.tools.catalogue.network;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a table of sockets says: queues that are full, who listens where, who is connected.
final class SocketFindings {
    private static final int MOST_NAMED = 12;
    private static final int MOST_PEERS = 5;

    private SocketFindings() {}

    /// How many sockets are in each state.
    static List<NetSockets.StateCount> states(List<Socket> sockets) {
        Map<String, Long> counts =
                sockets.stream()
                        .collect(
                                Collectors.groupingBy(
                                        socket -> socket.state().value(),
                                        TreeMap::new,
                                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> new NetSockets.StateCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<Finding> of(NetSockets.Arguments arguments, Reading<NetSockets.Sockets> reading) {
        NetSockets.Sockets value = reading.value();
        boolean hidden = reading.status() == Reading.Status.PARTIAL;
        if (value.sockets().isEmpty()) {
            return List.of(none(arguments));
        }
        List<Finding> findings = new ArrayList<>();
        List<Socket> sockets = value.sockets();
        sockets.stream()
                .filter(SocketFindings::isFull)
                .limit(MOST_NAMED)
                .forEach(socket -> findings.add(full(socket)));
        Set<String> named = new HashSet<>();
        sockets.stream()
                .filter(Socket::listens)
                .filter(socket -> named.add(listener(socket)))
                .limit(MOST_NAMED)
                .forEach(socket -> findings.add(listening(socket, hidden)));
        connected(sockets, findings);
        findings.add(summary(value));
        return List.copyOf(findings);
    }

    private static Finding none(NetSockets.Arguments arguments) {
        String port = arguments.port().map(number -> " " + number).orElse("");
        return switch (arguments.wanted()) {
            case LISTEN ->
                    port.isEmpty()
                            ? Finding.of(Severity.NOTICE, "nothing listens", "没有任何监听")
                            : Finding.of(
                                    Severity.NOTICE,
                                    "nothing listens on port" + port,
                                    "没有进程监听端口" + port);
            case ESTABLISHED, ALL, CLOSE_WAIT, SYN_RECV, TIME_WAIT ->
                    Finding.of(Severity.NOTICE, "no socket fits", "没有符合条件的套接字");
        };
    }

    private static boolean isFull(Socket socket) {
        return socket.state().value().equals("LISTEN")
                && socket.queued() > 0
                && socket.waiting() >= socket.queued();
    }

    private static Finding full(Socket socket) {
        return Finding.of(
                        Severity.CRITICAL,
                        "the queue of {0} is full: {1} connections wait to be accepted",
                        "{0} 的连接队列已满：{1} 个连接等待接受",
                        socket.local(),
                        socket.waiting())
                .at(1, socket.line());
    }

    private static String listener(Socket socket) {
        return socket.protocol() + " " + socket.local() + " " + socket.holders();
    }

    private static Finding listening(Socket socket, boolean hidden) {
        Bilingual nobody =
                hidden
                        ? Bilingual.of("the process is not visible", "看不到是哪个进程")
                        : Bilingual.of("no process of this host", "不属于该主机的任何进程");
        String what = socket.protocol() + " " + socket.local();
        String unit = socket.unit().map(name -> " (" + name + ")").orElse("");
        String unitZh = socket.unit().map(name -> "（" + name + "）").orElse("");
        String who = socket.holders();
        return Finding.of(
                        Severity.NOTICE,
                        what
                                + ": "
                                + (who.isEmpty() ? nobody.en() : who + unit)
                                + (socket.isLoopback() ? ", reachable from this host only" : ""),
                        what
                                + "："
                                + (who.isEmpty() ? nobody.zh() : who + unitZh)
                                + (socket.isLoopback() ? "，仅本机可访问" : ""))
                .at(1, socket.line());
    }

    private static void connected(List<Socket> sockets, List<Finding> findings) {
        Map<String, List<Socket>> peers =
                sockets.stream()
                        .filter(Socket::isConnected)
                        .collect(Collectors.groupingBy(Socket::peerAddress));
        peers.entrySet().stream()
                .sorted(
                        Comparator.comparingInt((Map.Entry<String, List<Socket>> entry) ->
                                        -entry.getValue().size())
                                .thenComparing(Map.Entry::getKey))
                .limit(MOST_PEERS)
                .forEach(entry -> {
                    int count = entry.getValue().size();
                    findings.add(
                            Finding.of(
                                            Severity.NOTICE,
                                            count
                                                    + (count == 1
                                                            ? " open connection with "
                                                            : " open connections with ")
                                                    + entry.getKey(),
                                            "与 " + entry.getKey() + " 的连接 " + count + " 个")
                                    .at(1, entry.getValue().getFirst().line()));
                });
    }

    private static Finding summary(NetSockets.Sockets value) {
        String states =
                value.states().stream()
                        .map(count -> count.count() + " " + count.state())
                        .collect(Collectors.joining(", "));
        boolean cut = value.matched() > value.sockets().size();
        return Finding.of(
                Severity.NOTICE,
                value.matched()
                        + (value.matched() == 1 ? " socket: " : " sockets: ")
                        + states
                        + (cut ? "; " + value.sockets().size() + " are listed" : ""),
                "共 "
                        + value.matched()
                        + " 个套接字："
                        + states
                        + (cut ? "；列出 " + value.sockets().size() + " 个" : ""));
    }
}
