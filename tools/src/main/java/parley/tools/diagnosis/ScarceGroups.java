package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.catalogue.load.CgroupUsage.Usage;
import parley.tools.catalogue.load.ControlGroup;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;

/// Units that are held back by limits of their own, while the host may be idle.
final class ScarceGroups {
    private static final double THROTTLED = 10;
    private static final double NEAR_LIMIT = 90;

    private ScarceGroups() {}

    static List<Conclusion> of(Seen<Usage> seen) {
        List<Conclusion> found = new ArrayList<>();
        for (ControlGroup one : seen.value().groups()) {
            String who = one.unit().map(HostText::value).orElse(one.path().value());
            one.throttledPct()
                    .filter(percent -> percent.value() >= THROTTLED)
                    .ifPresent(percent ->
                            found.add(
                                    Conclusion.confirmed(
                                                    Severity.CRITICAL,
                                                    who
                                                            + " is held back by its CPU quota"
                                                            + limit(one)
                                                            + ": throttled in "
                                                            + percent
                                                            + " of all periods",
                                                    who
                                                            + " 受 CPU 配额"
                                                            + one.cpuLimitPct()
                                                                    .map(quota -> "（" + quota + "）")
                                                                    .orElse("")
                                                            + "限制：在 "
                                                            + percent
                                                            + " 的周期内被节流",
                                                    Citation.of(seen.clue(), one.cpuEvidence()))
                                            .advising(
                                                    "it is slow by its limit, not by the host;"
                                                        + " raise or remove the quota if that is"
                                                        + " not wanted",
                                                    "慢是由其限额造成，而非主机；若非有意，可调高或取消配额")
                                            .disproved(
                                                    "its count of throttled periods does not grow",
                                                    "其被节流的周期数不再增长")));
            one.memPct()
                    .filter(percent -> percent.value() >= NEAR_LIMIT)
                    .ifPresent(percent ->
                            found.add(
                                    Conclusion.confirmed(
                                            Severity.WARNING,
                                            who + " uses " + percent + " of the memory it may use",
                                            who + " 已用到其内存上限的 " + percent,
                                            Citation.of(seen.clue(), one.evidence()))));
        }
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "no unit is held back by a CPU quota or near its memory limit ("
                                    + seen.value().groups().size()
                                    + " looked at)",
                            "没有单元被 CPU 配额限制或接近内存上限（查看了 " + seen.value().groups().size() + " 个）",
                            Citation.of(seen.clue())));
        }
        return found;
    }

    private static String limit(ControlGroup one) {
        return one.cpuLimitPct().map(percent -> " of " + percent).orElse("");
    }
}
