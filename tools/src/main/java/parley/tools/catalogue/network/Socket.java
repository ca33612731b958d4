package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One socket of a host.
///
/// @param state as `ss` writes it: `LISTEN`, `ESTAB`, `TIME-WAIT`; a UDP socket that only listens
///   is `UNCONN`
/// @param waiting bytes not yet read; of a listening socket, connections not yet accepted
/// @param queued bytes not yet acknowledged; of a listening socket, how many may wait
/// @param local address and port, or the path of a Unix socket
/// @param processes who holds it; empty when nobody does or it cannot be seen
/// @param unit the systemd unit of the first process
/// @param line where it stands in the output of `ss`
public record Socket(
        @Means(en = "protocol", zh = "协议") HostText protocol,
        @Means(en = "state", zh = "状态") HostText state,
        @Means(en = "waiting", zh = "待收") long waiting,
        @Means(en = "queued", zh = "待发") long queued,
        @Means(en = "local", zh = "本地") HostText local,
        @Means(en = "peer", zh = "对端") HostText peer,
        @Means(en = "processes", zh = "进程") List<Holder> processes,
        @Means(en = "unit", zh = "单元") Optional<HostText> unit,
        @Means(en = "line", zh = "行") int line) {
    /// A process that holds a socket.
    public record Holder(
            @Means(en = "name", zh = "名称") HostText name,
            @Means(en = "pid", zh = "进程号") long pid) {}

    public Socket {
        requireNonNull(protocol, "protocol is null");
        requireNonNull(state, "state is null");
        requireNonNull(local, "local is null");
        requireNonNull(peer, "peer is null");
        processes = List.copyOf(processes);
        requireNonNull(unit, "unit is null");
    }

    Socket of(Optional<HostText> owner) {
        return new Socket(protocol, state, waiting, queued, local, peer, processes, owner, line);
    }

    /// Whether it waits for others to connect or to send.
    public boolean listens() {
        return is("LISTEN") || is("UNCONN");
    }

    /// Whether it is one end of an open connection.
    public boolean isConnected() {
        return is("ESTAB");
    }

    private boolean is(String word) {
        return state.value().equals(word);
    }

    /// The local port, where there is one.
    public Optional<Long> port() {
        String text = local.value();
        String last = text.substring(text.lastIndexOf(':') + 1);
        boolean isPort = text.contains(":") && last.matches("[0-9]{1,5}");
        return isPort ? Optional.of(Long.parseLong(last)) : Optional.empty();
    }

    /// The other end without its port.
    String peerAddress() {
        String text = peer.value();
        int colon = text.lastIndexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    /// Whether only this host itself can reach it.
    public boolean isLoopback() {
        String text = local.value();
        return text.startsWith("127.")
                || text.startsWith("[::1]")
                || text.startsWith("[::ffff:127.");
    }

    /// The names of its processes, each once: `nginx`.
    String holders() {
        return processes.stream()
                .map(holder -> holder.name().value())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
