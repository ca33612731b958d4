package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.catalogue.services.ServiceRestart.Mode;
import parley.tools.value.HostText;

import java.util.Optional;

/// Whether a restart or reload took: decided from the unit itself, before and after.
final class RestartProof {
    private RestartProof() {}

    static Proof of(Mode mode, Optional<UnitStatus> before, UnitStatus after) {
        Optional<Proof> down = UnitProof.notRunning(before, after);
        if (down.isPresent()) {
            return down.get();
        }
        UnitStatus was = before.orElseThrow();
        return after.active() == UnitActive.INACTIVE
                ? UnitProof.ended(was, after)
                : running(mode, was, after);
    }

    private static Proof running(Mode mode, UnitStatus before, UnitStatus after) {
        Optional<Proof> unsteady = UnitProof.unsteady(after);
        if (unsteady.isPresent()) {
            return unsteady.get();
        }
        boolean anew = after.enteredMicros() > before.enteredMicros();
        return switch (mode) {
            case RESTART -> restarted(before, after, anew);
            case RELOAD -> reloaded(before, after);
            case RELOAD_OR_RESTART ->
                    anew ? restarted(before, after, true) : reloaded(before, after);
        };
    }

    private static Proof restarted(UnitStatus before, UnitStatus after, boolean anew) {
        boolean sameProcess =
                before.mainPid().isPresent() && before.mainPid().equals(after.mainPid());
        if (!anew || sameProcess) {
            String pid = after.mainPid().map(number -> " " + number).orElse("");
            return UnitProof.failed(
                    after,
                    "is still the one that ran before (main process"
                            + pid
                            + "): it was not restarted",
                    "仍是之前的那次运行（主进程" + pid + "）：没有被重启");
        }
        String pids =
                after.mainPid()
                        .map(now -> before.mainPid().map(old -> old + " → ").orElse("") + now)
                        .orElse("");
        long restarts = after.restarts().orElse(0L);
        return new Proof(
                true,
                Bilingual.of(
                        after.unit()
                                + " was restarted and is stable: "
                                + after.active().word()
                                + " ("
                                + after.sub()
                                + "), unchanged for "
                                + UnitProof.seconds(after)
                                + " s"
                                + (pids.isEmpty() ? "" : ", main process " + pids)
                                + (restarts > 0
                                        ? "; systemd had to restart it " + restarts + " times first"
                                        : ""),
                        after.unit()
                                + " 已重启且稳定："
                                + after.active().word()
                                + "（"
                                + after.sub()
                                + "），"
                                + UnitProof.seconds(after)
                                + " 秒内无变化"
                                + (pids.isEmpty() ? "" : "，主进程 " + pids)
                                + (restarts > 0 ? "；此前 systemd 自动重启了 " + restarts + " 次" : "")));
    }

    private static Proof reloaded(UnitStatus before, UnitStatus after) {
        String result = after.reloadResult().map(HostText::value).orElse("success");
        if (!result.equals("success")) {
            return UnitProof.failed(after, "failed to reload: " + result, "重新加载失败：" + result);
        }
        if (after.changedMicros() <= before.changedMicros()) {
            return UnitProof.failed(
                    after,
                    "has not changed its state since before: it did not reload",
                    "状态自操作前没有变化：没有重新加载");
        }
        return new Proof(
                true,
                Bilingual.of(
                        "{0} reloaded and is stable: {1} ({2}), unchanged for {3} s",
                        "{0} 已重新加载且稳定：{1}（{2}），{3} 秒内无变化",
                        after.unit(),
                        after.active().word(),
                        after.sub(),
                        UnitProof.seconds(after)));
    }
}
