package parley.tools.catalogue.services;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Bilingual;
import parley.tools.Means;

import java.util.Locale;
import java.util.Map;

/// How a unit's main process ended, in words: what systemd's numbers mean.
///
/// @param how whether it exited, was killed by a signal, or was killed and dumped its memory
/// @param status the exit status or the signal's number
public record ExitStatus(
        @Means(en = "how", zh = "方式") How how, @Means(en = "status", zh = "状态码") int status) {
    /// `ExecMainCode` of systemd.
    public enum How {
        @Means(en = "exited", zh = "退出")
        EXITED,
        @Means(en = "killed", zh = "被信号终止")
        KILLED,
        @Means(en = "killed with a core dump", zh = "被信号终止并转储")
        DUMPED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// systemd.exec(5), "Process Exit Codes": set by systemd itself before the program runs.
    private static final Map<Integer, String> STAGES =
            Map.ofEntries(
                    Map.entry(200, "CHDIR"),
                    Map.entry(201, "NICE"),
                    Map.entry(202, "FDS"),
                    Map.entry(203, "EXEC"),
                    Map.entry(204, "MEMORY"),
                    Map.entry(205, "LIMITS"),
                    Map.entry(206, "OOM_ADJUST"),
                    Map.entry(207, "SIGNAL_MASK"),
                    Map.entry(208, "STDIN"),
                    Map.entry(209, "STDOUT"),
                    Map.entry(210, "CHROOT"),
                    Map.entry(211, "IOPRIO"),
                    Map.entry(212, "TIMERSLACK"),
                    Map.entry(213, "SECUREBITS"),
                    Map.entry(214, "SETSCHEDULER"),
                    Map.entry(215, "CPUAFFINITY"),
                    Map.entry(216, "GROUP"),
                    Map.entry(217, "USER"),
                    Map.entry(218, "CAPABILITIES"),
                    Map.entry(219, "CGROUP"),
                    Map.entry(220, "SETSID"),
                    Map.entry(221, "CONFIRM"),
                    Map.entry(222, "STDERR"),
                    Map.entry(224, "PAM"),
                    Map.entry(225, "NETWORK"),
                    Map.entry(226, "NAMESPACE"),
                    Map.entry(227, "NO_NEW_PRIVILEGES"),
                    Map.entry(228, "SECCOMP"),
                    Map.entry(229, "SELINUX_CONTEXT"),
                    Map.entry(230, "PERSONALITY"),
                    Map.entry(231, "APPARMOR_PROFILE"),
                    Map.entry(232, "ADDRESS_FAMILIES"),
                    Map.entry(233, "RUNTIME_DIRECTORY"),
                    Map.entry(235, "CHOWN"),
                    Map.entry(236, "SMACK_PROCESS_LABEL"),
                    Map.entry(237, "KEYRING"),
                    Map.entry(238, "STATE_DIRECTORY"),
                    Map.entry(239, "CACHE_DIRECTORY"),
                    Map.entry(240, "LOGS_DIRECTORY"),
                    Map.entry(241, "CONFIGURATION_DIRECTORY"),
                    Map.entry(242, "NUMA_POLICY"),
                    Map.entry(243, "CREDENTIALS"),
                    Map.entry(245, "BPF"));

    private static final Map<Integer, String> SIGNALS =
            Map.ofEntries(
                    Map.entry(1, "HUP"),
                    Map.entry(2, "INT"),
                    Map.entry(3, "QUIT"),
                    Map.entry(4, "ILL"),
                    Map.entry(5, "TRAP"),
                    Map.entry(6, "ABRT"),
                    Map.entry(7, "BUS"),
                    Map.entry(8, "FPE"),
                    Map.entry(9, "KILL"),
                    Map.entry(10, "USR1"),
                    Map.entry(11, "SEGV"),
                    Map.entry(12, "USR2"),
                    Map.entry(13, "PIPE"),
                    Map.entry(14, "ALRM"),
                    Map.entry(15, "TERM"),
                    Map.entry(24, "XCPU"),
                    Map.entry(25, "XFSZ"),
                    Map.entry(31, "SYS"));

    /// As `systemctl status` writes it: `203/EXEC`, `9/KILL`, `1`.
    public String code() {
        Map<Integer, String> names = how == How.EXITED ? STAGES : SIGNALS;
        String name = names.get(status);
        return name == null ? Integer.toString(status) : status + "/" + name;
    }

    /// `exit status 203 (exec failed: …)`.
    public Bilingual meaning() {
        return switch (how) {
            case EXITED -> exited();
            case KILLED -> Bilingual.of("killed by signal {0}", "被信号 {0} 终止", code());
            case DUMPED ->
                    Bilingual.of(
                            "crashed with signal {0} and dumped core",
                            "因信号 {0} 崩溃并产生 core", code());
        };
    }

    private Bilingual exited() {
        Bilingual why = why();
        return Bilingual.of(
                "exit status " + status + (why.en().equals("-") ? "" : " (" + why.en() + ")"),
                "退出码 " + status + (why.zh().equals("-") ? "" : "（" + why.zh() + "）"));
    }

    private Bilingual why() {
        return switch (status) {
            case 126 ->
                    Bilingual.of(
                            "a shell found the program but could not run it", "shell 找到了程序，但无法执行");
            case 127 -> Bilingual.of("a shell did not find the program", "shell 没有找到程序");
            case 137 ->
                    Bilingual.of(
                            "signal 9/KILL seen through a shell: out of memory, or killed by"
                                    + " somebody",
                            "经 shell 转述的信号 9/KILL：内存不足或被人终止");
            case 143 ->
                    Bilingual.of("signal 15/TERM seen through a shell", "经 shell 转述的信号 15/TERM");
            case 200 -> Bilingual.of("its working directory cannot be entered", "无法进入其工作目录");
            case 203 ->
                    Bilingual.of(
                            "exec failed: the program is missing, not executable, or of another"
                                    + " architecture",
                            "exec 失败：程序不存在、不可执行或架构不符");
            case 216 -> Bilingual.of("its group does not exist", "其所属组不存在");
            case 217 -> Bilingual.of("its user does not exist", "其运行用户不存在");
            case 226 ->
                    Bilingual.of(
                            "a path that its sandbox settings name is missing", "其沙箱设置引用的路径不存在");
            default -> {
                String stage = STAGES.get(status);
                yield stage == null
                        ? Bilingual.same("-")
                        : Bilingual.of(
                                "systemd could not prepare the process: " + stage,
                                "systemd 未能准备好进程：" + stage);
            }
        };
    }
}
