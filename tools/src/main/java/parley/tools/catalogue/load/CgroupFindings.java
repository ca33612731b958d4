package parley.tools.catalogue.load;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.load.CgroupUsage.Arguments;
import parley.tools.catalogue.load.CgroupUsage.Usage;
import parley.tools.value.Bytes;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the use of control groups means in words.
final class CgroupFindings {
    private static final double THROTTLED = 10;
    private static final double NEARLY = 90;

    private CgroupFindings() {}

    static List<Finding> of(Arguments arguments, Reading<Usage> reading) {
        Usage usage = reading.value();
        if (usage.groups().isEmpty()) {
            String unit = arguments.unit().map(one -> one.full()).orElse("");
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} runs nothing now, so it uses nothing and is held back nowhere.",
                            "{0} 当前没有运行任何进程，因此没有占用，也没有被限制。",
                            unit));
        }
        List<Finding> findings = new ArrayList<>();
        for (ControlGroup group : usage.groups()) {
            throttled(group).ifPresent(findings::add);
            nearLimit(group).ifPresent(findings::add);
            killed(group).ifPresent(findings::add);
            tasks(group).ifPresent(findings::add);
        }
        if (findings.isEmpty() && reading.gaps().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.HEALTHY,
                            "No group of processes is held back by a limit now.",
                            "当前没有控制组受到限额限制。"));
        }
        headline(usage).forEach(findings::add);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Optional<Finding> throttled(ControlGroup group) {
        return group.throttledPct()
                .filter(share -> share.value() > THROTTLED)
                .map(share ->
                        processor(
                                Severity.WARNING,
                                group,
                                "%s is held back by its processor quota: it may use %s of one processor, and ran out of it in %s of the periods while watched."
                                        .formatted(whom(group), limit(group), share),
                                "%s 受到 CPU 限额限制：最多可用单个 CPU 的 %s，观察期间有 %s 的周期用尽了限额。"
                                        .formatted(whomZh(group), limit(group), share)));
    }

    private static String limit(ControlGroup group) {
        return group.cpuLimitPct().map(Percent::toString).orElse("?");
    }

    private static Optional<Finding> nearLimit(ControlGroup group) {
        return group.memPct()
                .filter(share -> share.value() >= NEARLY)
                .map(share ->
                        finding(
                                Severity.WARNING,
                                group,
                                "%s uses %s of its memory limit of %s, page cache included%s."
                                        .formatted(
                                                whom(group),
                                                share,
                                                group.memMax().map(Bytes::toString).orElse("?"),
                                                group.memMaxHits()
                                                        .filter(hits -> hits > 0)
                                                        .map(hits ->
                                                                "; it came up against it "
                                                                        + hits
                                                                        + " times")
                                                        .orElse("")),
                                "%s 已用内存限额 %s 的 %s（含页缓存）%s。"
                                        .formatted(
                                                whomZh(group),
                                                group.memMax().map(Bytes::toString).orElse("?"),
                                                share,
                                                group.memMaxHits()
                                                        .filter(hits -> hits > 0)
                                                        .map(hits -> "；已触及限额 " + hits + " 次")
                                                        .orElse(""))));
    }

    /// Only where it happened: with version 2 every group above counts it, too.
    private static Optional<Finding> killed(ControlGroup group) {
        boolean above = group.unit().map(unit -> unit.value().endsWith(".slice")).orElse(true);
        return group.oomKills()
                .filter(kills -> kills > 0 && !above)
                .map(kills ->
                        finding(
                                Severity.WARNING,
                                group,
                                "In %s %d %s killed for lack of memory since it was started."
                                        .formatted(
                                                whom(group),
                                                kills,
                                                kills == 1 ? "process was" : "processes were"),
                                "%s 自启动以来有 %d 个进程因内存不足被杀。".formatted(whomZh(group), kills)));
    }

    private static Optional<Finding> tasks(ControlGroup group) {
        if (group.tasks().isEmpty() || group.tasksMax().isEmpty()) {
            return Optional.empty();
        }
        Percent share = Percent.of(group.tasks().get(), group.tasksMax().get());
        return share.value() < NEARLY
                ? Optional.empty()
                : Optional.of(
                        finding(
                                Severity.WARNING,
                                group,
                                "%s has %d tasks of at most %d."
                                        .formatted(
                                                whom(group),
                                                group.tasks().get(),
                                                group.tasksMax().get()),
                                "%s 的任务数为 %d，上限 %d。"
                                        .formatted(
                                                whomZh(group),
                                                group.tasks().get(),
                                                group.tasksMax().get())));
    }

    /// What uses most; of one unit, what it uses.
    private static List<Finding> headline(Usage usage) {
        List<Finding> findings = new ArrayList<>();
        String asked = usage.asked().map(one -> one.value()).orElse("/");
        List<ControlGroup> leaves =
                usage.groups().stream()
                        .filter(one ->
                                one.path().value().equals(asked)
                                        ? usage.groups().size() == 1 || !asked.equals("/")
                                        : asked.equals("/")
                                                && one.unit()
                                                        .filter(unit ->
                                                                !unit.value().endsWith(".slice"))
                                                        .isPresent())
                        .toList();
        leaves.stream()
                .filter(one -> one.cpuPct().filter(share -> share.value() > 0).isPresent())
                .max(Comparator.comparing(one -> one.cpuPct().orElseThrow()))
                .ifPresent(one ->
                        findings.add(
                                processor(
                                        Severity.NOTICE,
                                        one,
                                        "%s %s %s of one processor."
                                                .formatted(
                                                        whom(one),
                                                        asked.equals("/")
                                                                ? "uses most processor time:"
                                                                : "uses",
                                                        one.cpuPct().orElseThrow()),
                                        "%s %s单个 CPU 的 %s。"
                                                .formatted(
                                                        whomZh(one),
                                                        asked.equals("/") ? "占用 CPU 最多：" : "占用",
                                                        one.cpuPct().orElseThrow()))));
        leaves.stream()
                .filter(one -> one.memBytes().isPresent())
                .max(Comparator.comparing(one -> one.memBytes().orElseThrow()))
                .ifPresent(one -> findings.add(memory(one, asked.equals("/"))));
        return findings;
    }

    private static Finding memory(ControlGroup one, boolean most) {
        String limit = one.memMax().map(max -> " (limit " + max + ")").orElse("");
        String limitZh = one.memMax().map(max -> "（限额 " + max + "）").orElse("");
        return finding(
                Severity.NOTICE,
                one,
                "%s %s %s of memory, page cache included%s."
                        .formatted(
                                whom(one),
                                most ? "uses most memory:" : "uses",
                                one.memBytes().orElseThrow(),
                                limit),
                "%s %s内存 %s（含页缓存）%s。"
                        .formatted(
                                whomZh(one),
                                most ? "占用内存最多：" : "占用",
                                one.memBytes().orElseThrow(),
                                limitZh));
    }

    private static String whom(ControlGroup group) {
        return group.path().value().equals("/") ? "The whole host" : group.name();
    }

    private static String whomZh(ControlGroup group) {
        return group.path().value().equals("/") ? "整台主机" : group.name();
    }

    private static Finding finding(Severity severity, ControlGroup group, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), group.evidence());
    }

    private static Finding processor(Severity severity, ControlGroup group, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), group.cpuEvidence());
    }
}
