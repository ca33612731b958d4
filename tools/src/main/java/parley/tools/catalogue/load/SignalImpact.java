package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Change.Impact;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.load.ProcessSignal.Arguments;
import parley.tools.catalogue.load.ProcessSignal.Signal;
import parley.tools.catalogue.load.ProcessState.Found;
import parley.tools.catalogue.load.ProcessState.Owner;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a signal would hit: whose process it is, what the signal does to it, and who starts it
/// again.
final class SignalImpact {
    private SignalImpact() {}

    static Impact of(Arguments arguments, Optional<Found> found) {
        Optional<RunningProcess> read = found.flatMap(Found::process);
        if (read.isEmpty()) {
            String pid = arguments.pid().toString();
            Bilingual why =
                    found.isEmpty()
                            ? Bilingual.of("process {0} could not be looked at", "无法查看进程 {0}", pid)
                            : Bilingual.of(
                                    "there is no process {0} on this host (any more); process.top"
                                            + " lists those there are",
                                    "该主机上没有进程 {0}（或已结束）；process.top 可列出现有进程", pid);
            return new Impact(
                    Risk.DISRUPTIVE, Set.of(pid), Set.of(), Set.of(), List.of(), List.of(why));
        }
        RunningProcess process = read.get();
        List<Bilingual> lines = new ArrayList<>();
        lines.add(ProcessWords.whose(found.get()));
        ProcessWords.state(process).map(SignalImpact::alone).ifPresent(lines::add);
        lines.add(meaning(arguments.wanted()));
        found.get().owner().ifPresent(owner -> lines.addAll(unit(arguments.wanted(), owner)));
        return new Impact(
                risk(arguments.wanted(), found.get()),
                objects(process),
                Set.of(),
                Set.of(),
                lines,
                obstacles(arguments, found.get(), process));
    }

    private static Bilingual alone(Bilingual state) {
        return Bilingual.of(state.en().substring(2), state.zh().substring(1));
    }

    /// The program and the unit, as policies name them.
    private static Set<String> objects(RunningProcess process) {
        Set<String> objects = new LinkedHashSet<>(Set.of(process.program()));
        process.unit().map(HostText::value).ifPresent(objects::add);
        return objects;
    }

    /// What nothing starts again after a `KILL` is lost with whatever it had not saved.
    private static Risk risk(Signal signal, Found found) {
        boolean lost =
                signal == Signal.KILL
                        && found.owner()
                                .filter(owner -> owner.main() && owner.restartsNever())
                                .isPresent();
        return lost ? Risk.DESTRUCTIVE : Risk.DISRUPTIVE;
    }

    private static Bilingual meaning(Signal signal) {
        return switch (signal) {
            case TERM ->
                    Bilingual.of(
                            "TERM asks it to end; it may finish its work first, or ignore that",
                            "TERM 请求它结束；它可能先完成手头工作，也可能不理会");
            case INT ->
                    Bilingual.of(
                            "INT interrupts it as Ctrl-C would; it may ignore that",
                            "INT 相当于 Ctrl-C 中断；它可能不理会");
            case KILL ->
                    Bilingual.of(
                            "KILL ends it at once: it saves nothing and cleans nothing up",
                            "KILL 立即终止：不会保存数据，也不会清理");
            case HUP ->
                    Bilingual.of(
                            "HUP makes many services reload; a program that does not know it ends",
                            "HUP 会让许多服务重新加载；不处理该信号的程序会因此结束");
            case USR1, USR2 ->
                    Bilingual.of(
                            "{0} means what the program makes of it; a program that does not know"
                                    + " it ends",
                            "{0} 的含义由程序自定；不处理该信号的程序会因此结束", signal);
        };
    }

    private static List<Bilingual> unit(Signal signal, Owner owner) {
        if (!owner.main() || !owner.unit().value().endsWith(".service")) {
            return List.of();
        }
        String unit = owner.unit().value();
        List<Bilingual> lines = new ArrayList<>();
        if (signal.ends()) {
            lines.add(again(signal, owner));
            lines.add(
                    Bilingual.of(
                            "better: service.restart unit={0} (or service.stop) does it in order,"
                                    + " and sees to what hangs on it",
                            "更稳妥：service.restart unit={0}（或 service.stop），按顺序进行并顾及依赖它的单元", unit));
        } else if (signal == Signal.HUP && owner.reloads()) {
            lines.add(
                    Bilingual.of(
                            "better: service.restart unit={0} mode=reload, which checks the"
                                    + " configuration first",
                            "更稳妥：service.restart unit={0} mode=reload，会先检查配置", unit));
        }
        return lines;
    }

    private static Bilingual again(Signal signal, Owner owner) {
        String policy = "Restart=" + owner.restart();
        if (owner.restartsNever()) {
            return Bilingual.of(
                    "nothing starts {0} again by itself ({1})",
                    "{0} 不会自动重启（{1}）", owner.unit(), policy);
        }
        boolean clean = signal != Signal.KILL && !owner.restartsAlways();
        return clean
                ? Bilingual.of(
                        "systemd starts {0} again only if it fails ({1})",
                        "仅当 {0} 异常退出时 systemd 才会重启它（{1}）", owner.unit(), policy)
                : Bilingual.of(
                        "systemd starts {0} again ({1})",
                        "systemd 会再次启动 {0}（{1}）", owner.unit(), policy);
    }

    private static List<Bilingual> obstacles(
            Arguments arguments, Found found, RunningProcess process) {
        String pid = arguments.pid().toString();
        List<Bilingual> obstacles = new ArrayList<>();
        if (arguments.startTicks().filter(one -> one.value() != process.startTicks()).isPresent()) {
            obstacles.add(
                    Bilingual.of(
                            "process {0} is another one now: it started at tick {1}, not {2}",
                            "进程 {0} 已不是原来那个：启动刻度为 {1}，而非 {2}",
                            pid,
                            process.startTicks(),
                            arguments.startTicks().get()));
        }
        if (found.kernelThread()) {
            obstacles.add(
                    Bilingual.of(
                            pid + " is a part of the kernel; no signal reaches it",
                            pid + " 是内核线程；信号对它无效"));
        }
        if (process.state().equals("Z")) {
            String parent = found.parent().map(one -> " " + one).orElse("");
            obstacles.add(
                    Bilingual.of(
                            "{0} has ended already, no signal can end it again; it goes when its"
                                    + " parent{1} collects it",
                            "{0} 已经结束，再发信号无效；待父进程{1} 回收后消失", pid, parent));
        }
        if (found.ownSession()) {
            obstacles.add(
                    Bilingual.of(
                            pid + " belongs to the session that would send the signal",
                            pid + " 属于发送信号的会话本身"));
        }
        return obstacles;
    }

    static Undo undo(Optional<Found> found) {
        String start = service(found).map(unit -> "; service.start unit=" + unit).orElse("");
        String startZh = service(found).map(unit -> "；可用 service.start unit=" + unit).orElse("");
        return Undo.impossible(
                Bilingual.of(
                        "a signal cannot be taken back"
                                + (start.isEmpty() ? "" : start + " starts it anew"),
                        "信号无法撤回" + (start.isEmpty() ? "" : startZh + " 重新启动")));
    }

    /// The service whose main process it is.
    static Optional<String> service(Optional<Found> found) {
        return found.flatMap(Found::owner)
                .filter(Owner::main)
                .map(owner -> owner.unit().value())
                .filter(unit -> unit.endsWith(".service"))
                .filter(unit -> unit.length() <= 241);
    }
}
