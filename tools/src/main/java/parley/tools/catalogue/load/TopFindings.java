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
                                "No process is in uninterruptible sleep (of {0} looked at).",
                                "没有处于不可中断睡眠（D 状态）的进程（共查看 {0} 个）。",
                                reading.value().looked()));
            }
            if (by == By.IO) {
                return List.of(
                        Finding.of(
                                Severity.NOTICE,
                                "None of the {0} processes looked at read from or wrote to storage"
                                        + " meanwhile.",
                                "查看的 {0} 个进程在此期间都没有读写存储。",
                                reading.value().looked()));
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
                            "None of the {0} processes used a measurable share of a processor"
                                    + " meanwhile.",
                            "查看的 {0} 个进程在此期间都没有可测的 CPU 占用。",
                            reading.value().looked()));
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
                            "{0} uses {1} of one processor.",
                            "{2}占用单个 CPU 的 {1}。", whom, one.cpuPct(), whomZh);
            case RSS ->
                    Bilingual.of(
                            "{0} holds {1} of memory.", "{2}占用内存 {1}。", whom, one.rss(), whomZh);
            case IO -> {
                Bytes read = one.readBps().orElse(new Bytes(0));
                Bytes written = one.writeBps().orElse(new Bytes(0));
                yield Bilingual.of(
                        "{0} reads {1}/s and writes {2}/s, counting programs it started that have"
                                + " ended.",
                        "{3}每秒读 {1}，写 {2}（含它启动且已结束的程序）。", whom, read, written, whomZh);
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
