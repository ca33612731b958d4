package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.Observed;
import parley.tools.Preview;
import parley.tools.catalogue.load.ProcessSignal.Arguments;
import parley.tools.catalogue.load.ProcessSignal.Signal;
import parley.tools.catalogue.load.ProcessState.Found;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.catalogue.services.UnitStatus;

import java.util.List;
import java.util.Optional;

/// What came of a signal: decided from the process itself, known by number and start time.
final class SignalProof {
    private SignalProof() {}

    static Proof of(Arguments arguments, Preview preview, List<Observed> after) {
        Optional<RunningProcess> before = preview.find(Found.class).flatMap(Found::process);
        Optional<Found> now = Observed.find(after, Found.class);
        if (before.isEmpty() || now.isEmpty()) {
            return new Proof(
                    false, Bilingual.of("the process was not looked at afterwards", "操作之后没有查看该进程"));
        }
        Optional<RunningProcess> still =
                now.get().process().filter(one -> one.startTicks() == before.get().startTicks());
        boolean zombie = still.filter(one -> one.state().equals("Z")).isPresent();
        Signal signal = arguments.wanted();
        if (signal.ends()) {
            return still.isEmpty() || zombie
                    ? ended(arguments, zombie, Observed.find(after, UnitStatus.class))
                    : stays(arguments, still.get());
        }
        return still.isEmpty() || zombie
                ? new Proof(
                        false,
                        Bilingual.of(
                                "process {0} ended on {1}",
                                "进程 {0} 因 {1} 而结束", arguments.pid(), signal))
                : new Proof(
                        true,
                        Bilingual.of(
                                "process {0} was sent {1} and runs on; what it makes of it is in"
                                        + " its log",
                                "已向进程 {0} 发送 {1}，它仍在运行；处理结果见其日志", arguments.pid(), signal));
    }

    private static Proof ended(Arguments arguments, boolean zombie, Optional<UnitStatus> unit) {
        String en = "process " + arguments.pid() + (zombie ? " has ended" : " is gone");
        String zh = "进程 " + arguments.pid() + " 已结束";
        if (zombie) {
            en += "; its parent has yet to collect it";
            zh += "，待父进程回收";
        }
        if (unit.isPresent()) {
            UnitStatus status = unit.get();
            String main = status.mainPid().map(Object::toString).orElse("");
            boolean anew = status.active().isUp() && !main.isEmpty();
            en +=
                    "; "
                            + status.unit()
                            + (anew
                                    ? " was started again, as process " + main
                                    : " is " + status.active().word() + " (" + status.sub() + ")");
            zh +=
                    "；"
                            + status.unit()
                            + (anew
                                    ? " 已再次启动，主进程 " + main
                                    : " 为 " + status.active().word() + "（" + status.sub() + "）");
        }
        return new Proof(true, Bilingual.of(en, zh));
    }

    private static Proof stays(Arguments arguments, RunningProcess process) {
        boolean waits = process.state().equals("D");
        String grace = Long.toString(arguments.grace().toSeconds());
        String en = "process " + arguments.pid() + " is still there " + grace + " s after ";
        String zh = "发送 " + arguments.wanted() + " " + grace + " 秒后进程 " + arguments.pid();
        if (waits) {
            return new Proof(
                    false,
                    Bilingual.of(
                            en
                                    + arguments.wanted()
                                    + ": it waits in the kernel and ends when that is over; sending"
                                    + " more does nothing",
                            zh + " 仍在：它正在内核中等待，等待结束才会退出；再发信号也无用"));
        }
        return new Proof(
                false,
                arguments.wanted() == Signal.KILL
                        ? Bilingual.of(en + "KILL", zh + " 仍在")
                        : Bilingual.of(
                                en
                                        + arguments.wanted()
                                        + ": it is busy ending or ignores it; process.signal pid="
                                        + arguments.pid()
                                        + " signal=KILL ends it without saving",
                                zh
                                        + " 仍在：可能正在收尾或忽略了信号；process.signal pid="
                                        + arguments.pid()
                                        + " signal=KILL 可强行终止（不保存）"));
    }
}
