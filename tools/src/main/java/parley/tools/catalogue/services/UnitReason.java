package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.value.HostText;

/// Why a unit is not running, in systemd's own terms and in words.
final class UnitReason {
    private UnitReason() {}

    /// `exit status 203 (exec failed: …)`, `it did not start in time`, …
    static Bilingual of(UnitStatus status) {
        String result = status.result().map(HostText::value).orElse("");
        return switch (result) {
            case "exit-code", "signal", "core-dump" -> ended(status, result);
            case "timeout" ->
                    Bilingual.of("it did not start or stop within its time limit", "启动或停止超过了时限");
            case "watchdog" ->
                    Bilingual.of("it no longer answered systemd's watchdog", "未响应 systemd 看门狗");
            case "start-limit-hit" ->
                    Bilingual.of(
                            "it was started too often in too short a time (start-limit-hit)",
                            "短时间内启动次数过多（start-limit-hit）");
            case "oom-kill" -> Bilingual.of("it was killed because memory ran out", "因内存耗尽被终止");
            case "resources" ->
                    Bilingual.of(
                            "systemd could not set up what it needs (resources)",
                            "systemd 无法为其准备所需资源（resources）");
            case "protocol" ->
                    Bilingual.of(
                            "it did not announce itself as its type demands (protocol)",
                            "未按其类型的要求完成启动通知（protocol）");
            case "exec-condition" -> Bilingual.of("its start condition said no", "其启动条件不满足");
            case "success", "" -> Bilingual.of("systemd states no reason", "systemd 没有给出原因");
            default -> Bilingual.of("result " + result, "结果为 " + result);
        };
    }

    private static Bilingual ended(UnitStatus status, String result) {
        boolean mainFailed = status.exit().filter(exit -> exit.status() != 0).isPresent();
        return mainFailed
                ? status.exit().get().meaning()
                : Bilingual.of(
                        "a command around its main process failed ({0}); see log.journal",
                        "其主进程前后的某个命令失败（{0}）；请看 log.journal", result);
    }
}
