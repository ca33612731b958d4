package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.Priority;
import parley.tools.catalogue.services.ServiceRestart.Mode;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether a restart or reload took: decided from the unit itself, before and after.
final class RestartProof {
    /// Log entries this long before the last change of state belong to it.
    private static final Duration LEAD = Duration.ofSeconds(10);

    private static final int MOST_QUOTED = 200;

    private RestartProof() {}

    static Proof of(Mode mode, Optional<UnitStatus> before, UnitStatus after) {
        if (after.load() != UnitLoad.LOADED) {
            String load = after.load().word();
            return failed(after, "can no longer be loaded: " + load, "已无法加载：" + load);
        }
        if (before.isEmpty()) {
            return failed(
                    after,
                    "was not read before the change, so nothing shows that it took",
                    "在操作之前没有读到状态，无法证明操作生效");
        }
        return switch (after.active()) {
            case FAILED -> {
                Bilingual reason = UnitReason.of(after);
                yield failed(after, "failed: " + reason.en(), "失败：" + reason.zh());
            }
            case ACTIVATING -> starting(after);
            case INACTIVE -> ended(before.get(), after);
            case DEACTIVATING, MAINTENANCE ->
                    failed(
                            after,
                            "is " + after.active().word() + " and not running",
                            "状态为 " + after.active().word() + "，没有运行");
            case ACTIVE, RELOADING, REFRESHING -> running(mode, before.get(), after);
        };
    }

    private static Proof starting(UnitStatus after) {
        Bilingual reason = UnitReason.of(after);
        return after.sub().value().equals("auto-restart")
                ? failed(
                        after,
                        "does not stay up and waits for its next automatic restart: " + reason.en(),
                        "无法保持运行，正等待下一次自动重启：" + reason.zh())
                : failed(after, "is still starting", "仍在启动中");
    }

    /// A oneshot service ends when its work is done: then having run anew, with success, is enough.
    private static Proof ended(UnitStatus before, UnitStatus after) {
        boolean ranAnew = after.changedMicros() > before.changedMicros();
        if (after.isOneShot() && after.succeeded() && ranAnew) {
            return new Proof(
                    true,
                    Bilingual.of(
                            after.unit() + " ran again and ended with success",
                            after.unit() + " 已重新运行并成功结束"));
        }
        Bilingual reason = UnitReason.of(after);
        return failed(after, "is not running: " + reason.en(), "没有运行：" + reason.zh());
    }

    private static Proof running(Mode mode, UnitStatus before, UnitStatus after) {
        Optional<UnitWatch> watch = after.watch();
        if (watch.isEmpty() || !watch.get().stable()) {
            String states =
                    watch.stream()
                            .flatMap(one -> one.states().stream())
                            .map(HostText::value)
                            .collect(Collectors.joining(" → "));
            long restarts = watch.map(UnitWatch::restarts).orElse(0L);
            return failed(
                    after,
                    "is not stable: " + states + ", " + restarts + " restarts while watched",
                    "不稳定：" + states + "，观察期间重启 " + restarts + " 次");
        }
        if (!after.succeeded()) {
            Bilingual reason = UnitReason.of(after);
            return failed(
                    after, "is up, but its last run: " + reason.en(), "正在运行，但上次结果：" + reason.zh());
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
            return failed(
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
                                + seconds(after)
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
                                + seconds(after)
                                + " 秒内无变化"
                                + (pids.isEmpty() ? "" : "，主进程 " + pids)
                                + (restarts > 0 ? "；此前 systemd 自动重启了 " + restarts + " 次" : "")));
    }

    private static Proof reloaded(UnitStatus before, UnitStatus after) {
        String result = after.reloadResult().map(HostText::value).orElse("success");
        if (!result.equals("success")) {
            return failed(after, "failed to reload: " + result, "重新加载失败：" + result);
        }
        if (after.changedMicros() <= before.changedMicros()) {
            return failed(
                    after,
                    "has not changed its state since before: it did not reload",
                    "状态自操作前没有变化：没有重新加载");
        }
        return new Proof(
                true,
                Bilingual.of(
                        after.unit()
                                + " reloaded and is stable: "
                                + after.active().word()
                                + " ("
                                + after.sub()
                                + "), unchanged for "
                                + seconds(after)
                                + " s",
                        after.unit()
                                + " 已重新加载且稳定："
                                + after.active().word()
                                + "（"
                                + after.sub()
                                + "），"
                                + seconds(after)
                                + " 秒内无变化"));
    }

    private static long seconds(UnitStatus after) {
        return after.watch().map(UnitWatch::steadySeconds).orElse(0L);
    }

    private static Proof failed(UnitStatus after, String en, String zh) {
        Optional<String> said = lastWords(after);
        return new Proof(
                false,
                Bilingual.of(
                        after.unit()
                                + " "
                                + en
                                + said.map(text -> "; its log says: " + text).orElse(""),
                        after.unit() + " " + zh + said.map(text -> "；其日志：" + text).orElse("")));
    }

    /// What the service itself wrote last, around its last change of state: an error where there is
    /// one.
    private static Optional<String> lastWords(UnitStatus after) {
        Optional<Instant> earliest = after.since().map(since -> since.minus(LEAD));
        return after.logs().stream()
                .filter(entry -> !entry.identifier().value().equals("systemd"))
                .filter(entry -> earliest.filter(from -> entry.time().isBefore(from)).isEmpty())
                .max(
                        Comparator.comparing((JournalEntry entry) -> entry.isAtLeast(Priority.ERR))
                                .thenComparing(JournalEntry::time))
                .map(entry -> entry.message().value())
                .map(text ->
                        text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…");
    }
}
