package parley.tools.catalogue.kernel;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;

/// Whether a reboot is needed, why, and what else runs old code.
final class RebootFindings {
    private static final int MOST_NAMED = 6;

    private RebootFindings() {}

    static List<Finding> of(Reading<RebootNeed> reading) {
        RebootNeed need = reading.value();
        List<Finding> findings = new ArrayList<>();
        need.reasons().forEach(reason -> findings.add(reason(need, reason)));
        if (!need.toRestart().isEmpty()) {
            findings.add(units(need));
        }
        findings.add(answer(need));
        return findings;
    }

    private static Finding reason(RebootNeed need, RebootReason reason) {
        String detail = reason.detail().value();
        String running = need.runningKernel().value();
        Finding said =
                switch (reason.kind()) {
                    case KERNEL ->
                            warning(
                                    "a reboot is needed: kernel "
                                            + detail
                                            + " is installed, "
                                            + running
                                            + " runs",
                                    "需要重启主机：已安装内核 " + detail + "，正在运行的是 " + running);
                    case PACKAGE ->
                            warning(
                                    "a reboot is needed: " + detail + " asked for one",
                                    "需要重启主机：" + detail + " 要求重启");
                    case CORE ->
                            warning(
                                    "a reboot is needed: " + detail + " was updated since the boot",
                                    "需要重启主机：" + detail + " 在启动之后已更新");
                    case INIT ->
                            warning(
                                    "a reboot is needed: the init system runs old code ("
                                            + detail
                                            + ")",
                                    "需要重启主机：init 系统仍在运行旧代码（" + detail + "）");
                };
        return new Finding(said.severity(), said.statement(), List.of(reason.at()));
    }

    private static Finding warning(String en, String zh) {
        return Finding.of(Severity.WARNING, en, zh);
    }

    private static Finding units(RebootNeed need) {
        List<String> names =
                need.toRestart().stream().map(StaleUnit::unit).map(HostText::value).toList();
        String some = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        int left = Math.max(0, names.size() - MOST_NAMED);
        Finding said =
                warning(
                        names.size()
                                + (names.size() == 1 ? " unit runs" : " units run")
                                + " code that was replaced since the start: "
                                + some
                                + (left > 0 ? " and " + left + " more" : "")
                                + "; a restart of each renews it",
                        names.size()
                                + " 个单元仍在运行已被替换的旧代码："
                                + some
                                + (left > 0 ? " 等" : "")
                                + "；重启这些服务即可更新");
        return new Finding(
                said.severity(),
                said.statement(),
                need.toRestart().stream().flatMap(unit -> unit.at().stream()).toList());
    }

    private static Finding answer(RebootNeed need) {
        String helper = need.helper().map(HostText::value).orElse("");
        String basis =
                helper.isEmpty()
                        ? "; no program of the distribution could be asked, so this rests on"
                                + " kernels and mapped files"
                        : "";
        String basisZh = helper.isEmpty() ? "；没有可用的发行版工具，此结论依据内核版本与已映射文件" : "";
        String kernel =
                need.newestKernel().isEmpty() ? "; no package of this host brought a kernel" : "";
        String kernelZh = need.newestKernel().isEmpty() ? "；该主机没有安装内核软件包" : "";
        return switch (need.needed()) {
            case YES ->
                    Finding.of(
                            Severity.NOTICE,
                            "kernel {0} runs",
                            "运行中的内核为 {0}",
                            need.runningKernel());
            case NO ->
                    Finding.of(
                            need.toRestart().isEmpty() ? Severity.HEALTHY : Severity.NOTICE,
                            "no reboot is needed: kernel {0} runs{1}{2}",
                            "不需要重启主机：运行中的内核为 {0}{3}{4}",
                            need.runningKernel(),
                            kernel,
                            basis,
                            kernelZh,
                            basisZh);
            case UNKNOWN ->
                    Finding.of(
                            Severity.NOTICE,
                            "nothing seen asks for a reboot, but not everything could be"
                                    + " seen{0}{1}",
                            "所见范围内没有需要重启的迹象，但并非全部可见{2}{3}",
                            kernel,
                            basis,
                            kernelZh,
                            basisZh);
        };
    }
}
