package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Impact;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.services.ServiceRestart.Mode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a restart would hit, from the status of the unit and what hangs on it.
final class RestartImpact {
    private RestartImpact() {}

    static Impact of(ServiceRestart.Arguments arguments, Risk risk, Preview preview) {
        Optional<UnitStatus> read = preview.find(UnitStatus.class);
        Optional<ServiceDeps.Deps> deps = preview.find(ServiceDeps.Deps.class);
        String asked = arguments.unit().full();
        if (read.isEmpty()) {
            return UnitImpact.unread(asked, risk);
        }
        UnitStatus status = read.get();
        Mode mode = arguments.wanted();
        boolean interrupts = mode != Mode.RELOAD;
        Set<String> alsoHit = interrupts ? UnitImpact.alsoHit(deps) : Set.of();
        List<Bilingual> obstacles = obstacles(asked, mode, status);
        if (!status.exists()) {
            return new Impact(risk, Set.of(asked), Set.of(), Set.of(), List.of(), obstacles);
        }
        List<Bilingual> lines = new ArrayList<>();
        lines.add(UnitImpact.state(asked, status));
        status.config().map(ConfigCheck::says).ifPresent(lines::add);
        if (interrupts) {
            UnitImpact.hit(deps, lines);
        }
        warnings(mode, status, lines);
        return new Impact(risk, Set.of(status.unit().value()), alsoHit, Set.of(), lines, obstacles);
    }

    private static void warnings(Mode mode, UnitStatus status, List<Bilingual> lines) {
        if (status.needDaemonReload()) {
            lines.add(
                    Bilingual.of(
                            "its definition on disk changed after systemd read it: this still uses"
                                    + " the old definition until a daemon-reload",
                            "磁盘上的定义在 systemd 读取后有改动：执行 daemon-reload 之前，本操作仍使用旧定义"));
        }
        long restarts = status.restarts().orElse(0L);
        if (restarts > 0) {
            lines.add(
                    Bilingual.of(
                            "systemd has restarted it by itself "
                                    + restarts
                                    + (restarts == 1 ? " time" : " times")
                                    + " already: it may not stay up",
                            "systemd 已自动重启它 " + restarts + " 次：可能无法保持运行"));
        }
        boolean down = !status.active().isUp();
        if (down && status.active() == UnitActive.FAILED) {
            Bilingual reason = UnitReason.of(status);
            lines.add(
                    Bilingual.of(
                            "it failed before ({0}): a restart alone may fail again",
                            "它此前已失败（{0}）：仅重启可能再次失败", reason));
        } else if (down && mode != Mode.RELOAD) {
            lines.add(Bilingual.of("it is not running: this starts it", "它没有运行：本操作会启动它"));
        }
    }

    private static List<Bilingual> obstacles(String asked, Mode mode, UnitStatus status) {
        List<Bilingual> obstacles = new ArrayList<>();
        UnitImpact.unusable(asked, status).ifPresent(obstacles::add);
        UnitRefusal.of(status.unit().value()).ifPresent(obstacles::add);
        if (!obstacles.isEmpty()) {
            return obstacles;
        }
        status.config().flatMap(ConfigCheck::obstacle).ifPresent(obstacles::add);
        if (mode != Mode.RELOAD && status.refusesStop() && status.active().isUp()) {
            obstacles.add(
                    Bilingual.of(
                            status.unit() + " refuses to be stopped by hand (RefuseManualStop)",
                            status.unit() + " 拒绝手动停止（RefuseManualStop）"));
        }
        if (mode != Mode.RELOAD && status.refusesStart()) {
            obstacles.add(
                    Bilingual.of(
                            status.unit() + " refuses to be started by hand (RefuseManualStart)",
                            status.unit() + " 拒绝手动启动（RefuseManualStart）"));
        }
        if (mode == Mode.RELOAD && !status.canReload()) {
            obstacles.add(
                    Bilingual.of(
                            status.unit() + " cannot reload; ask for a restart instead",
                            status.unit() + " 不支持重新加载；请改为重启"));
        } else if (mode == Mode.RELOAD && !status.active().isUp()) {
            obstacles.add(
                    Bilingual.of(
                            status.unit() + " is not running, so there is nothing to reload",
                            status.unit() + " 没有运行，无从重新加载"));
        }
        return obstacles;
    }

    static Undo undo(ServiceRestart.Arguments arguments, Preview preview) {
        String unit = arguments.unit().full();
        Optional<UnitStatus> status = preview.find(UnitStatus.class);
        String before =
                status.map(one -> one.active().word() + " (" + one.sub() + ")").orElse("unknown");
        String beforeZh =
                status.map(one -> one.active().word() + "（" + one.sub() + "）").orElse("未知");
        boolean reload = arguments.wanted() == Mode.RELOAD;
        if (status.filter(UnitStatus::isOneShot).isPresent()) {
            return Undo.impossible(
                    Bilingual.of(
                            "{0} does a piece of work and ends; what it does cannot be undone here",
                            "{0} 执行一次任务后即结束；它所做的事无法在此撤销", unit));
        }
        if (!reload && status.filter(one -> one.active() == UnitActive.INACTIVE).isPresent()) {
            return Undo.by(
                    new Call<>(
                            new ServiceStop(),
                            new ServiceStop.Arguments(arguments.unit(), Optional.empty())),
                    Bilingual.of(
                            unit + " was not running before: stop it again",
                            unit + " 此前没有运行：再次停止它即可恢复原状"));
        }
        return Undo.impossible(
                Bilingual.of(
                        "a "
                                + (reload ? "reload" : "restart")
                                + " cannot be undone; the state before was "
                                + before
                                + ". If it fails: read log.journal of "
                                + unit
                                + ", put back the last good configuration, and restart again",
                        (reload ? "重新加载" : "重启")
                                + "无法撤销；此前状态为 "
                                + beforeZh
                                + "。若失败：查看 "
                                + unit
                                + " 的 log.journal，恢复上一份可用配置后再次重启"));
    }
}
