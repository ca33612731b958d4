package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.logs.Priority;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What the status of a unit says, gravest first.
final class StatusFindings {
    private static final int MOST_PROBLEMS = 5;

    /// More words at the end of a statement, or none.
    private record Tail(String en, String zh) {
        static final Tail NONE = new Tail("", "");
    }

    private StatusFindings() {}

    static List<Finding> of(UnitName asked, UnitStatus status) {
        if (!status.exists()) {
            return List.of(missing(status));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(resting(state(status), status));
        stability(status, findings);
        definition(status, findings);
        surroundings(asked, status, findings);
        logs(status, findings);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding resting(Finding finding, UnitStatus status) {
        return new Finding(
                finding.severity(),
                finding.statement(),
                List.of(
                        new Finding.Lines(
                                status.evidence().capture(),
                                status.evidence().line(),
                                status.evidence().line())));
    }

    /// The one sentence about a unit that does not exist.
    private static Finding missing(UnitStatus status) {
        String names = names(status.similar());
        Tail similar =
                names.isEmpty() ? Tail.NONE : new Tail("; similar: " + names, "；相近的有：" + names);
        return resting(
                Finding.of(
                        Severity.WARNING,
                        "no such unit on this host: " + status.unit() + similar.en(),
                        "该主机上没有这个单元：" + status.unit() + similar.zh()),
                status);
    }

    private static Finding state(UnitStatus status) {
        HostText unit = status.unit();
        return switch (status.load()) {
            case MASKED ->
                    Finding.of(
                            Severity.WARNING,
                            unit + " is masked: it cannot be started until it is unmasked",
                            unit + " 已被屏蔽（masked）：解除之前无法启动");
            case BAD_SETTING, ERROR, STUB, MERGED ->
                    Finding.of(
                            Severity.CRITICAL,
                            unit + " cannot be loaded (" + status.load().word() + ")" + why(status),
                            unit
                                    + " 无法加载（"
                                    + status.load().word()
                                    + "）"
                                    + why(status).replaceFirst(": ", "："));
            case LOADED, NOT_FOUND -> loaded(status);
        };
    }

    private static String why(UnitStatus status) {
        return status.loadError().map(error -> ": " + error).orElse("");
    }

    private static Finding loaded(UnitStatus status) {
        HostText unit = status.unit();
        Tail since = since(status);
        Bilingual reason = UnitReason.of(status);
        String state = status.active().word() + " (" + status.sub() + ")";
        return switch (status.active()) {
            case ACTIVE, RELOADING, REFRESHING ->
                    Finding.of(
                            status.watch().filter(watch -> !watch.stable()).isPresent()
                                    ? Severity.NOTICE
                                    : Severity.HEALTHY,
                            unit + " is " + state + since.en() + restarts(status).en(),
                            unit + " 状态为 " + state + since.zh() + restarts(status).zh());
            case FAILED ->
                    Finding.of(
                            Severity.CRITICAL,
                            unit + " failed" + since.en() + ": " + reason.en(),
                            unit + " 失败" + since.zh() + "：" + reason.zh());
            case ACTIVATING ->
                    status.sub().value().equals("auto-restart")
                            ? Finding.of(
                                    Severity.CRITICAL,
                                    unit
                                            + " ended and waits for its next automatic restart: "
                                            + reason.en()
                                            + restarts(status).en(),
                                    unit + " 已退出，正等待下一次自动重启：" + reason.zh() + restarts(status).zh())
                            : Finding.of(
                                    Severity.WARNING,
                                    unit + " is still starting: " + state,
                                    unit + " 仍在启动：" + state);
            case DEACTIVATING, MAINTENANCE ->
                    Finding.of(Severity.WARNING, unit + " is " + state, unit + " 状态为 " + state);
            case INACTIVE ->
                    Finding.of(
                            Severity.NOTICE,
                            unit + " is not running: " + state + since.en() + lastExit(status).en(),
                            unit + " 没有运行：" + state + since.zh() + lastExit(status).zh());
        };
    }

    private static Tail since(UnitStatus status) {
        return status.since()
                .map(HostTime::spoken)
                .map(time -> new Tail(" since " + time, "（自 " + time + " 起）"))
                .orElse(Tail.NONE);
    }

    private static Tail restarts(UnitStatus status) {
        return status.restarts()
                .map(count ->
                        new Tail(
                                ", "
                                        + count
                                        + (count == 1
                                                ? " automatic restart"
                                                : " automatic restarts"),
                                "，自动重启 " + count + " 次"))
                .orElse(Tail.NONE);
    }

    private static Tail lastExit(UnitStatus status) {
        return status.exit()
                .map(ExitStatus::meaning)
                .map(text -> new Tail("; it last ended with " + text.en(), "；上次结束：" + text.zh()))
                .orElse(new Tail("; systemd remembers no earlier run", "；systemd 没有它此前运行的记录"));
    }

    private static void stability(UnitStatus status, List<Finding> findings) {
        status.watch()
                .ifPresent(watch -> {
                    String states =
                            watch.states().stream()
                                    .map(HostText::value)
                                    .collect(Collectors.joining(" → "));
                    findings.add(
                            watch.stable()
                                    ? Finding.of(
                                            status.active() == UnitActive.ACTIVE
                                                    ? Severity.HEALTHY
                                                    : Severity.NOTICE,
                                            "stable: unchanged for " + watch.steadySeconds() + " s",
                                            "稳定：" + watch.steadySeconds() + " 秒内没有变化")
                                    : Finding.of(
                                            Severity.CRITICAL,
                                            "not stable: " + states,
                                            "不稳定：" + states));
                });
        long restarts = status.restarts().orElse(0L);
        if (restarts > 0 && status.active() == UnitActive.ACTIVE) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "systemd restarted it by itself "
                                    + restarts
                                    + (restarts == 1 ? " time" : " times")
                                    + " since it was last started by hand or at boot",
                            "自上次启动以来，systemd 已自动重启它 " + restarts + " 次"));
        }
    }

    private static void definition(UnitStatus status, List<Finding> findings) {
        if (status.needDaemonReload()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "its definition on disk changed after systemd read it; a restart still"
                                    + " uses the old one until a daemon-reload",
                            "磁盘上的定义在 systemd 读取之后有改动；执行 daemon-reload 之前，重启仍使用旧定义"));
        }
        status.problems().stream()
                .filter(problem -> problem.value().contains(status.unit().value()))
                .limit(MOST_PROBLEMS)
                .forEach(problem ->
                        findings.add(
                                Finding.of(
                                        Severity.WARNING,
                                        "definition check: " + problem,
                                        "定义检查：" + problem)));
    }

    private static void surroundings(UnitName asked, UnitStatus status, List<Finding> findings) {
        String enabled = status.enabled().map(HostText::value).orElse("");
        if (status.active() == UnitActive.ACTIVE && enabled.equals("disabled")) {
            boolean triggered = !status.triggeredBy().isEmpty();
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "it runs, but is not enabled: it will not start at boot by itself"
                                    + (triggered ? "; triggered by " : "")
                                    + names(status.triggeredBy()),
                            "正在运行，但没有设为开机启动"
                                    + (triggered ? "；由以下单元触发：" : "")
                                    + names(status.triggeredBy())));
        }
        boolean down = status.active() == UnitActive.INACTIVE && status.load() == UnitLoad.LOADED;
        boolean unmet = status.conditionsMet().filter(met -> !met).isPresent();
        if (down && unmet) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "the conditions in its definition were not met when it was to start",
                            "启动时其定义中的条件不满足"));
        }
        if (down && !unmet && !status.isOneShot() && enabled.equals("enabled")) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "it is enabled at boot, yet not running",
                            "已设为开机启动，但没有运行"));
        }
        if (!status.unit().value().equals(asked.full())) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            asked.full() + " is another name of " + status.unit(),
                            asked.full() + " 是 " + status.unit() + " 的别名"));
        }
    }

    private static void logs(UnitStatus status, List<Finding> findings) {
        long errors =
                status.logs().stream()
                        .filter(entry -> entry.isAtLeast(Priority.ERR))
                        .mapToLong(entry -> entry.times())
                        .sum();
        if (errors > 0) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "errors among its newest log entries: " + errors,
                            "其最新日志中有 " + errors + " 条错误"));
        }
    }

    private static String names(List<HostText> names) {
        return names.stream().map(HostText::value).collect(Collectors.joining(", "));
    }
}
