package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Impact;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.services.ServiceRestart.Mode;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a restart would hit, from the status of the unit and what hangs on it.
final class RestartImpact {
    private RestartImpact() {}

    static Impact of(ServiceRestart.Arguments arguments, Risk risk, Preview preview) {
        Optional<UnitStatus> read = preview.find(UnitStatus.class);
        Optional<ServiceDeps.Deps> deps = preview.find(ServiceDeps.Deps.class);
        String asked = arguments.unit().full();
        if (read.isEmpty()) {
            Bilingual unread =
                    Bilingual.of(
                            "the state of "
                                    + asked
                                    + " could not be read, so what this would hit is"
                                    + " unknown",
                            "读不到 " + asked + " 的状态，无法判断影响范围");
            return new Impact(risk, Set.of(asked), Set.of(), Set.of(), List.of(), List.of(unread));
        }
        UnitStatus status = read.get();
        Mode mode = arguments.wanted();
        boolean interrupts = mode != Mode.RELOAD;
        Set<String> alsoHit =
                interrupts
                        ? deps.stream()
                                .flatMap(one -> one.stopsToo().stream())
                                .map(HostText::value)
                                .collect(Collectors.toSet())
                        : Set.of();
        List<Bilingual> obstacles = obstacles(asked, mode, status);
        if (!status.exists()) {
            return new Impact(risk, Set.of(asked), Set.of(), Set.of(), List.of(), obstacles);
        }
        List<Bilingual> lines = new ArrayList<>();
        lines.add(state(asked, status));
        if (interrupts) {
            deps.ifPresentOrElse(one -> hit(one, lines), () -> lines.add(unknownRadius()));
        }
        warnings(mode, status, lines);
        return new Impact(risk, Set.of(status.unit().value()), alsoHit, Set.of(), lines, obstacles);
    }

    private static Bilingual state(String asked, UnitStatus status) {
        String unit = status.unit().value();
        String alias = unit.equals(asked) ? "" : " (" + asked + ")";
        String state = status.active().word() + " (" + status.sub() + ")";
        String pid = status.mainPid().map(number -> ", main process " + number).orElse("");
        String pidZh = status.mainPid().map(number -> "，主进程 " + number).orElse("");
        return Bilingual.of(
                unit + alias + " is " + state + pid, unit + alias + " 当前为 " + state + pidZh);
    }

    private static void hit(ServiceDeps.Deps deps, List<Bilingual> lines) {
        if (!deps.stopsToo().isEmpty()) {
            String names = names(deps.stopsToo());
            lines.add(Bilingual.of("interrupted with it: " + names, "一并中断：" + names));
        }
        if (!deps.listening().isEmpty()) {
            String sockets = names(deps.listening());
            lines.add(Bilingual.of("not reachable meanwhile: " + sockets, "期间无法访问：" + sockets));
        }
        if (deps.clients() > 0) {
            lines.add(
                    Bilingual.of(
                            deps.clients() + " open connections will be cut",
                            deps.clients() + " 个已建立的连接将被断开"));
        }
        if (!deps.triggeredBy().isEmpty()) {
            String names = names(deps.triggeredBy());
            lines.add(Bilingual.of("it is also started by " + names, "它也会被以下单元触发：" + names));
        }
    }

    private static Bilingual unknownRadius() {
        return Bilingual.of("what is interrupted with it could not be read", "读不到会一并中断哪些单元");
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
                            "it failed before ("
                                    + reason.en()
                                    + "): a restart alone may fail again",
                            "它此前已失败（" + reason.zh() + "）：仅重启可能再次失败"));
        } else if (down && mode != Mode.RELOAD) {
            lines.add(Bilingual.of("it is not running: this starts it", "它没有运行：本操作会启动它"));
        }
    }

    private static List<Bilingual> obstacles(String asked, Mode mode, UnitStatus status) {
        List<Bilingual> obstacles = new ArrayList<>();
        loading(asked, status).ifPresent(obstacles::add);
        RestartRefusal.of(status.unit().value()).ifPresent(obstacles::add);
        if (!obstacles.isEmpty()) {
            return obstacles;
        }
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

    private static Optional<Bilingual> loading(String asked, UnitStatus status) {
        return switch (status.load()) {
            case NOT_FOUND -> {
                String near = names(status.similar());
                yield Optional.of(
                        Bilingual.of(
                                "there is no unit "
                                        + asked
                                        + " on this host"
                                        + (near.isEmpty() ? "" : "; similar: " + near),
                                "该主机上没有单元 " + asked + (near.isEmpty() ? "" : "；相近的有：" + near)));
            }
            case MASKED ->
                    Optional.of(
                            Bilingual.of(
                                    status.unit() + " is masked; it must be unmasked first",
                                    status.unit() + " 已被屏蔽（masked），须先解除"));
            case BAD_SETTING, ERROR -> {
                String why = status.loadError().map(HostText::value).orElse(status.load().word());
                yield Optional.of(
                        Bilingual.of(
                                "the definition of " + status.unit() + " is broken: " + why,
                                status.unit() + " 的定义有误：" + why));
            }
            case LOADED, MERGED, STUB -> Optional.empty();
        };
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
                            unit
                                    + " does a piece of work and ends; what it does cannot be"
                                    + " undone here",
                            unit + " 执行一次任务后即结束；它所做的事无法在此撤销"));
        }
        if (!reload && status.filter(one -> one.active() == UnitActive.INACTIVE).isPresent()) {
            return Undo.byHand(
                    Bilingual.of(
                            unit
                                    + " was not running before: to go back, stop it again"
                                    + " (service.stop)",
                            unit + " 此前没有运行：若要恢复原状，再次停止它（service.stop）"));
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

    private static String names(List<HostText> names) {
        return names.stream().map(HostText::value).collect(Collectors.joining(", "));
    }
}
