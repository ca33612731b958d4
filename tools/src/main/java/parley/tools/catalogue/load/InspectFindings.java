package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What is known of one process, in words.
final class InspectFindings {
    private static final double NEARLY = 80;
    private static final double BUSY = 80;

    private InspectFindings() {}

    static List<Finding> of(Inspection read) {
        RunningProcess process = read.process();
        List<Finding> findings = new ArrayList<>();
        findings.add(headline(read));
        switch (process.state()) {
            case "D" -> findings.add(stuck(read));
            case "Z" -> findings.add(ended(read));
            default -> {}
        }
        if (read.deletedExe()) {
            findings.add(
                    finding(
                            Severity.WARNING,
                            process,
                            "It still runs a program whose file was replaced or deleted since: %s."
                                    .formatted(text(read.exe().orElseThrow())),
                            "它运行的程序文件在启动后已被替换或删除：%s。".formatted(text(read.exe().orElseThrow()))));
        }
        read.openFilesPct()
                .filter(share -> share.value() >= NEARLY)
                .ifPresent(share ->
                        findings.add(
                                finding(
                                        Severity.WARNING,
                                        process,
                                        "It has %d files open of the %d it may have (%s)."
                                                .formatted(
                                                        read.openFiles().orElse(0L),
                                                        read.openFilesLimit().orElse(0L),
                                                        share),
                                        "它已打开 %d 个文件，上限 %d（%s）。"
                                                .formatted(
                                                        read.openFiles().orElse(0L),
                                                        read.openFilesLimit().orElse(0L),
                                                        share))));
        if (process.cpuPct().value() > BUSY) {
            findings.add(
                    finding(
                            Severity.NOTICE,
                            process,
                            "It used %s of one processor while watched."
                                    .formatted(process.cpuPct()),
                            "观察期间它占用单个 CPU 的 %s。".formatted(process.cpuPct())));
        }
        if (!read.deletedFiles().isEmpty()) {
            findings.add(
                    finding(
                            Severity.NOTICE,
                            process,
                            "It holds deleted files open: %s.".formatted(list(read.deletedFiles())),
                            "它仍打开着已删除的文件：%s。".formatted(list(read.deletedFiles()))));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding headline(Inspection read) {
        RunningProcess process = read.process();
        if (read.kernelThread()) {
            return finding(
                    Severity.NOTICE,
                    process,
                    "%s (process %s) is part of the kernel."
                            .formatted(process.program(), process.pid()),
                    "%s（进程 %s）是内核线程。".formatted(process.program(), process.pid()));
        }
        String unit = process.unit().map(one -> ", " + one).orElse("");
        String unitZh = process.unit().map(one -> "，" + one).orElse("");
        String files =
                read.openFiles()
                        .map(open ->
                                ", %d files open%s"
                                        .formatted(
                                                open,
                                                read.openFilesLimit()
                                                        .map(limit -> " of " + limit)
                                                        .orElse("")))
                        .orElse("");
        String filesZh =
                read.openFiles()
                        .map(open ->
                                "，打开文件 %d 个%s"
                                        .formatted(
                                                open,
                                                read.openFilesLimit()
                                                        .map(limit -> "（上限 " + limit + "）")
                                                        .orElse("")))
                        .orElse("");
        String program =
                read.exe()
                        .map(exe ->
                                "; program %s%s"
                                        .formatted(
                                                exe,
                                                read.packageName()
                                                        .map(name -> " of package " + name)
                                                        .orElse("")))
                        .orElse("");
        String programZh =
                read.exe()
                        .map(exe ->
                                "；程序 %s%s"
                                        .formatted(
                                                exe,
                                                read.packageName()
                                                        .map(name -> "（软件包 " + name + "）")
                                                        .orElse("")))
                        .orElse("");
        String listens = read.listening().isEmpty() ? "" : "; listens on " + list(read.listening());
        String listensZh = read.listening().isEmpty() ? "" : "；监听 " + list(read.listening());
        return finding(
                Severity.NOTICE,
                process,
                "%s (process %s, user %s%s) has run for %d s: %s of one processor, %s of memory, %d %s%s%s%s."
                        .formatted(
                                process.program(),
                                process.pid(),
                                process.user(),
                                unit,
                                process.ageS(),
                                process.cpuPct(),
                                process.rss(),
                                process.threads(),
                                process.threads() == 1 ? "thread" : "threads",
                                files,
                                program,
                                listens),
                "%s（进程 %s，用户 %s%s）已运行 %d 秒：占用单个 CPU 的 %s，内存 %s，%d 个线程%s%s%s。"
                        .formatted(
                                process.program(),
                                process.pid(),
                                process.user(),
                                unitZh,
                                process.ageS(),
                                process.cpuPct(),
                                process.rss(),
                                process.threads(),
                                filesZh,
                                programZh,
                                listensZh));
    }

    private static Finding stuck(Inspection read) {
        RunningProcess process = read.process();
        String where =
                process.wchan()
                        .or(() -> read.kernelStack().stream().findFirst())
                        .map(one -> ", in " + one)
                        .orElse("");
        List<Finding.Lines> lines = new ArrayList<>(List.of(process.evidence()));
        lines.addAll(read.evidence());
        return new Finding(
                Severity.WARNING,
                Bilingual.of(
                        "It is in uninterruptible sleep%s: no signal reaches it until the kernel is done."
                                .formatted(where),
                        "它处于不可中断睡眠%s：内核操作完成之前，任何信号都不起作用。"
                                .formatted(where.replace(", in ", "，位于 "))),
                lines);
    }

    private static Finding ended(Inspection read) {
        String parent = read.parent().map(one -> " " + one).orElse("");
        return finding(
                Severity.WARNING,
                read.process(),
                "It has ended and only waits for its parent%s to take note; it cannot be killed."
                        .formatted(parent),
                "它已结束，只等父进程%s回收；无法再被杀死。".formatted(parent.isEmpty() ? "" : parent + " "));
    }

    private static String text(HostText text) {
        return text.value();
    }

    private static String list(List<HostText> texts) {
        return texts.stream().limit(4).map(HostText::value).collect(Collectors.joining(", "));
    }

    private static Finding finding(
            Severity severity, RunningProcess process, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), List.of(process.evidence()));
    }
}
