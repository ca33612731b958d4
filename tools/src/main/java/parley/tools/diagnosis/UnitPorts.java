package parley.tools.diagnosis;

import parley.tools.Finding;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.network.Socket;
import parley.tools.catalogue.services.UnitStatus;
import parley.tools.diagnosis.Case.Seen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which ports the processes of a unit listen on.
final class UnitPorts {
    private final Case about;
    private final UnitStatus status;

    UnitPorts(Case about, UnitStatus status) {
        this.about = about;
        this.status = status;
    }

    List<Conclusion> conclusions() {
        Optional<Seen<NetSockets.Sockets>> seen =
                about.seen(ServiceDown.listeners(about), NetSockets.Sockets.class);
        List<Conclusion> all = new ArrayList<>();
        if (seen.isEmpty()) {
            all.add(
                    Conclusion.open(
                            status.unit() + " may not listen where it should",
                            status.unit() + " 可能没有在应有的端口上监听",
                            about.why(ServiceDown.listeners(about))));
            return all;
        }
        List<Socket> own =
                seen.get().value().sockets().stream()
                        .filter(one -> one.unit().filter(status.unit()::equals).isPresent())
                        .toList();
        if (!own.isEmpty()) {
            String where =
                    own.stream()
                            .map(one -> one.local().value())
                            .distinct()
                            .collect(Collectors.joining(", "));
            all.add(
                    Branches.honest(
                            Conclusion.fine(
                                    status.unit() + " listens on " + where,
                                    status.unit() + " 正在监听 " + where,
                                    Citation.of(seen.get().clue(), lines(own))),
                            "what " + status.unit() + " listens on",
                            status.unit() + " 监听什么端口",
                            seen.get()));
        }
        return all;
    }

    static List<Finding.Lines> lines(List<Socket> sockets) {
        return sockets.stream().map(one -> new Finding.Lines(1, one.line(), one.line())).toList();
    }

    /// Who listens on `port`, where that was seen.
    static Optional<Socket> holder(Seen<NetSockets.Sockets> seen, long port) {
        return seen.value().sockets().stream()
                .filter(one -> one.listens() && one.port().filter(p -> p == port).isPresent())
                .findFirst();
    }
}
