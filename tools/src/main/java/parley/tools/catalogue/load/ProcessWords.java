package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.catalogue.load.ProcessState.Found;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;

import java.util.Optional;

/// What is said of one process: what it is, whose, for how long.
final class ProcessWords {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private ProcessWords() {}

    /// `“nginx: master process” of root, for 3 h, main process of nginx.service`.
    static Bilingual whose(Found found) {
        RunningProcess process = found.process().orElseThrow();
        String cmd = process.cmd().value();
        String unit = process.unit().map(one -> one.value()).orElse("");
        boolean main = found.owner().filter(ProcessState.Owner::main).isPresent();
        Bilingual age = age(process.ageS());
        return Bilingual.of(
                "“"
                        + cmd
                        + "” of "
                        + process.user()
                        + ", for "
                        + age.en()
                        + (unit.isEmpty()
                                ? ", of no unit"
                                : (main ? ", main process of " : ", of ") + unit),
                "“"
                        + cmd
                        + "”，属主 "
                        + process.user()
                        + "，已运行 "
                        + age.zh()
                        + (unit.isEmpty()
                                ? "，不属于任何单元"
                                : "，" + (main ? "是 " + unit + " 的主进程" : "属于 " + unit)));
    }

    /// What is special about its state.
    static Optional<Bilingual> state(RunningProcess process) {
        return switch (process.state()) {
            case "Z" ->
                    Optional.of(
                            Bilingual.of(
                                    "; it has ended already and waits for its parent to collect it",
                                    "；它已结束，正等待父进程回收"));
            case "D" ->
                    Optional.of(
                            Bilingual.of(
                                    "; it waits in the kernel and takes no signal until that is"
                                            + " over"
                                            + process.wchan().map(at -> " (" + at + ")").orElse(""),
                                    "；它正在内核中等待，等待结束前不会响应任何信号"
                                            + process.wchan()
                                                    .map(at -> "（" + at + "）")
                                                    .orElse("")));
            case "T" -> Optional.of(Bilingual.of("; it is stopped", "；它已被暂停"));
            default -> Optional.empty();
        };
    }

    private static Bilingual age(long seconds) {
        if (seconds < MINUTE) {
            return Bilingual.of(seconds + " s", seconds + " 秒");
        }
        if (seconds < HOUR) {
            return Bilingual.of(seconds / MINUTE + " min", seconds / MINUTE + " 分钟");
        }
        return seconds < DAY
                ? Bilingual.of(seconds / HOUR + " h", seconds / HOUR + " 小时")
                : Bilingual.of(seconds / DAY + " d", seconds / DAY + " 天");
    }
}
