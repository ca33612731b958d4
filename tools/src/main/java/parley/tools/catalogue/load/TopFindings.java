package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.load.ProcessTop.By;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.catalogue.load.ProcessTop.Top;
import parley.tools.value.Bytes;

import java.util.ArrayList;
import java.util.List;

/// What a ranking of processes says in words: the first three, or who is stuck.
final class TopFindings {
    private static final int MOST_NAMED = 3;

    private TopFindings() {}

    static List<Finding> of(By by, Reading<Top> reading) {
        List<RunningProcess> processes = reading.value().processes();
        if (processes.isEmpty()) {
            if (by == By.DSTATE && reading.gaps().isEmpty()) {
                return List.of(
                        Finding.of(
                                Severity.HEALTHY,
                                "No process is in uninterruptible sleep (of "
                                        + reading.value().looked()
                                        + " looked at).",
                                "没有处于不可中断睡眠（D 状态）的进程（共查看 " + reading.value().looked() + " 个）。"));
            }
            if (by == By.IO) {
                return List.of(
                        Finding.of(
                                Severity.NOTICE,
                                "None of the "
                                        + reading.value().looked()
                                        + " processes looked at read from or wrote to storage"
                                        + " meanwhile.",
                                "查看的 " + reading.value().looked() + " 个进程在此期间都没有读写存储。"));
            }
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        List<RunningProcess> named =
                processes.stream()
                        .filter(one -> by != By.CPU || one.cpuPct().value() > 0)
                        .limit(MOST_NAMED)
                        .toList();
        if (named.isEmpty()) {
            return List.of(
                    Finding.of(
                            Severity.HEALTHY,
                            "None of the "
                                    + reading.value().looked()
                                    + " processes used a measurable share of a processor"
                                    + " meanwhile.",
                            "查看的 " + reading.value().looked() + " 个进程在此期间都没有可测的 CPU 占用。"));
        }
        for (RunningProcess one : named) {
            findings.add(
                    new Finding(
                            by == By.DSTATE ? Severity.WARNING : Severity.NOTICE,
                            statement(by, one),
                            List.of(one.evidence())));
        }
        return List.copyOf(findings);
    }

    private static Bilingual statement(By by, RunningProcess one) {
        String whom =
                "%s (process %s, user %s%s)"
                        .formatted(
                                one.program(),
                                one.pid(),
                                one.user(),
                                one.unit().map(unit -> ", " + unit).orElse(""));
        String whomZh =
                "%s（进程 %s，用户 %s%s）"
                        .formatted(
                                one.program(),
                                one.pid(),
                                one.user(),
                                one.unit().map(unit -> "，" + unit).orElse(""));
        return switch (by) {
            case CPU ->
                    Bilingual.of(
                            whom + " uses " + one.cpuPct() + " of one processor.",
                            whomZh + "占用单个 CPU 的 " + one.cpuPct() + "。");
            case RSS ->
                    Bilingual.of(
                            whom + " holds " + one.rss() + " of memory.",
                            whomZh + "占用内存 " + one.rss() + "。");
            case IO -> {
                Bytes read = one.readBps().orElse(new Bytes(0));
                Bytes written = one.writeBps().orElse(new Bytes(0));
                yield Bilingual.of(
                        whom
                                + " reads "
                                + read
                                + "/s and writes "
                                + written
                                + "/s, counting programs it started that have ended.",
                        whomZh + "每秒读 " + read + "，写 " + written + "（含它启动且已结束的程序）。");
            }
            case FDS ->
                    Bilingual.of(
                            whom
                                    + " has "
                                    + one.fds().orElse(0L)
                                    + (one.fds().orElse(0L) == 1 ? " file open." : " files open."),
                            whomZh + "打开了 " + one.fds().orElse(0L) + " 个文件。");
            case THREADS ->
                    Bilingual.of(
                            whom
                                    + " has "
                                    + one.threads()
                                    + (one.threads() == 1 ? " thread." : " threads."),
                            whomZh + "有 " + one.threads() + " 个线程。");
            case DSTATE ->
                    Bilingual.of(
                            whom
                                    + " was in uninterruptible sleep"
                                    + one.wchan().map(where -> ", waiting in " + where).orElse("")
                                    + "; it has run for "
                                    + one.ageS()
                                    + " s.",
                            whomZh
                                    + "处于不可中断睡眠"
                                    + one.wchan().map(where -> "，等待于 " + where).orElse("")
                                    + "；已运行 "
                                    + one.ageS()
                                    + " 秒。");
        };
    }
}
