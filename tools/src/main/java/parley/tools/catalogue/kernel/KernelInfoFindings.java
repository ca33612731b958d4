package parley.tools.catalogue.kernel;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kernel in sentences: parameters asked for, what it has been through, what comes next.
final class KernelInfoFindings {
    private static final int TAINTED = 3;
    private static final int VALUES = 8;

    private KernelInfoFindings() {}

    static List<Finding> of(KernelFacts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.parameters().forEach(parameter -> findings.add(parameter(parameter)));
        for (Taint taint : facts.taints()) {
            findings.add(
                    Finding.of(
                                    taint.severity(),
                                    "the kernel is marked: " + taint.meaning().en(),
                                    "内核带有标记：" + taint.meaning().zh())
                            .at(TAINTED, 1));
        }
        findings.add(running(facts));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding parameter(KernelParameter parameter) {
        String key = parameter.key();
        if (parameter.value().isEmpty()) {
            return Finding.of(
                    Severity.WARNING,
                    "the kernel has no parameter {0}, or it may not be read",
                    "内核没有参数 {0}，或无权读取",
                    key);
        }
        HostText value = parameter.value().get();
        String files =
                parameter.setBy().stream().map(HostText::value).collect(Collectors.joining(", "));
        Optional<String> boot =
                parameter.setBy().isEmpty()
                        ? Optional.empty()
                        : Optional.of(parameter.setBy().getLast().value())
                                .map(text -> text.substring(text.lastIndexOf(": ") + 2));
        boolean differs = boot.filter(set -> !set.equals(value.value())).isPresent();
        return Finding.of(
                        differs ? Severity.WARNING : Severity.NOTICE,
                        key
                                + " = "
                                + value
                                + (differs ? ", but the next boot sets " + boot.get() : "")
                                + (files.isEmpty() ? ", set by no file" : " (" + files + ")"),
                        key
                                + " = "
                                + value
                                + (differs ? "，但下次启动会设为 " + boot.get() : "")
                                + (files.isEmpty() ? "，没有配置文件设置它" : "（" + files + "）"))
                .at(VALUES, Math.toIntExact(parameter.line()));
    }

    private static Finding running(KernelFacts facts) {
        String running = facts.running().value();
        Optional<String> newer =
                facts.newestInstalled()
                        .map(HostText::value)
                        .filter(newest -> !newest.equals(running));
        String next = facts.bootDefault().map(HostText::value).orElse("");
        String patches =
                facts.livePatches().isEmpty()
                        ? ""
                        : "; live patches: "
                                + facts.livePatches().stream()
                                        .map(HostText::value)
                                        .collect(Collectors.joining(", "));
        return Finding.of(
                        newer.isPresent() ? Severity.WARNING : Severity.NOTICE,
                        "kernel "
                                + running
                                + " runs"
                                + newer.map(one ->
                                                "; " + one + " is installed and waits for a reboot")
                                        .orElse("")
                                + (next.isEmpty() ? "" : "; the next boot takes " + next)
                                + "; "
                                + facts.modules()
                                + " modules"
                                + patches,
                        "运行中的内核为 "
                                + running
                                + newer.map(one -> "；已安装 " + one + "，等待重启").orElse("")
                                + (next.isEmpty() ? "" : "；下次启动使用 " + next)
                                + "；"
                                + facts.modules()
                                + " 个模块"
                                + patches.replace("; live patches: ", "；热补丁："))
                .at(1, 1);
    }
}
