package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.network.Socket;
import parley.tools.catalogue.services.ServiceDeps;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.diagnosis.UnitLog.Told;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A unit that cannot have its port, because somebody else has it: who that is.
final class TakenPort {
    private final Case about;
    private final HostText unit;
    private final Bilingual head;

    /// @param head how the sentence about the unit begins
    TakenPort(Case about, HostText unit, Bilingual head) {
        this.about = about;
        this.unit = unit;
        this.head = head;
    }

    Conclusion conclusion(Told told) {
        int port = Sign.port(told.message());
        Optional<Seen<NetSockets.Sockets>> sockets =
                about.seen(ServiceDown.listeners(about), NetSockets.Sockets.class);
        Optional<Socket> holder =
                port == 0 ? Optional.empty() : sockets.flatMap(one -> UnitPorts.holder(one, port));
        if (holder.isEmpty()) {
            return UnitFailure.cause(
                    told,
                    head.en()
                            + "its address"
                            + (port == 0 ? "" : " (port " + port + ")")
                            + " is in use; who has it could not be seen",
                    head.zh() + "所需地址" + (port == 0 ? "" : "（端口 " + port + "）") + "已被占用，但看不到占用者");
        }
        return held(told, port, holder.get(), sockets.orElseThrow());
    }

    private Conclusion held(Told told, int port, Socket holder, Seen<NetSockets.Sockets> sockets) {
        String processes =
                holder.processes().stream()
                        .map(one -> one.name() + ", PID " + one.pid())
                        .collect(Collectors.joining("; "));
        String by = holder.unit().map(HostText::value).orElse("a process outside any unit");
        String who = processes.isEmpty() ? "" : " (" + processes + ")";
        Citation table = Citation.of(sockets.clue(), UnitPorts.lines(List.of(holder)));
        Conclusion cause =
                Conclusion.confirmed(
                                Severity.CRITICAL,
                                head.en() + "its port " + port + " is taken by " + by + who,
                                head.zh()
                                        + "端口 "
                                        + port
                                        + " 已被 "
                                        + holder.unit().map(HostText::value).orElse("单元之外的进程")
                                        + " 占用"
                                        + (processes.isEmpty() ? "" : "（" + processes + "）"),
                                told.citation(),
                                table)
                        .disproved(
                                "nothing but " + unit + " listens on port " + port,
                                "端口 " + port + " 上只有 " + unit + " 在监听")
                        .advising(
                                "either stop "
                                        + by
                                        + ", or give one of the two another port: which of them is"
                                        + " meant to have "
                                        + port
                                        + "?",
                                "要么停止 " + by + "，要么为其中一个换端口：" + port + " 端口本应归哪一个？");
        return holder.unit()
                .flatMap(TakenPort::name)
                .map(name ->
                        cause.proposing(
                                new Call<>(new ServiceDeps(), new ServiceDeps.Arguments(name)),
                                about.host()))
                .orElse(cause);
    }

    private static Optional<UnitName> name(HostText text) {
        try {
            return Optional.of(new UnitName(text.value()));
        } catch (BadValue odd) {
            return Optional.empty();
        }
    }
}
