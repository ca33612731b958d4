package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a unit that does not run suggests to look at next, from its own state and last words.
final class UnitAdvice {
    private static final int EXEC_FAILED = 203;
    private static final int NO_USER = 217;

    private UnitAdvice() {}

    static Optional<Bilingual> of(UnitStatus status, List<String> said) {
        String log = String.join("\n", said).toLowerCase(Locale.ROOT);
        if (log.contains("address already in use")) {
            return look("which process holds the port", "哪个进程占用了端口", "net.sockets");
        }
        if (log.contains("no space left on device")) {
            return look("which file system is full", "哪个文件系统已满", "disk.usage");
        }
        if (status.needDaemonReload()) {
            return Optional.of(
                    Bilingual.of(
                            "its definition changed on disk and systemd still uses the old one",
                            "其定义文件已改动，systemd 仍在使用旧定义"));
        }
        String result = status.result().map(HostText::value).orElse("");
        int exit = status.exit().map(ExitStatus::status).orElse(0);
        return switch (result) {
            case "start-limit-hit" ->
                    Optional.of(
                            Bilingual.of(
                                    "mend the cause first, then service.start clears the limit",
                                    "先排除原因，再用 service.start 清除启动限制"));
            case "oom-kill" -> look("what uses the memory", "是什么占用了内存", "mem.usage");
            case "exit-code" ->
                    exit == EXEC_FAILED || exit == NO_USER
                            ? look(
                                    "its definition (include=definition)",
                                    "其定义（include=definition）",
                                    "service.status")
                            : look("more of its log", "更多日志", "log.journal");
            case "timeout", "signal", "core-dump", "watchdog" ->
                    look("more of its log", "更多日志", "log.journal");
            default -> Optional.empty();
        };
    }

    private static Optional<Bilingual> look(String en, String zh, String tool) {
        return Optional.of(Bilingual.of("look at {0}: {1}", "可查看{2}：{1}", en, tool, zh));
    }
}
