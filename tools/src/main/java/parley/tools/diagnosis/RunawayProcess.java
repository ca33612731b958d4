package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.catalogue.load.ProcessTop.Top;
import parley.tools.catalogue.services.ServiceStatus;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Processes that take most of a processor for themselves.
final class RunawayProcess {
    /// Of one processor.
    private static final double MUCH = 60;

    /// Where processors are scarce, nobody gets as much as they would take.
    private static final double MUCH_UNDER_PRESSURE = 8;

    private static final int MOST_NAMED = 3;

    private RunawayProcess() {}

    static List<Conclusion> of(Case about, Seen<Top> seen) {
        List<Conclusion> found = new ArrayList<>();
        double much = ScarceProcessors.mayBePressed(about) ? MUCH_UNDER_PRESSURE : MUCH;
        seen.value().processes().stream()
                .filter(one -> one.cpuPct().value() >= much)
                .limit(MOST_NAMED)
                .forEach(one -> found.add(runaway(about, one, seen)));
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "no process takes more than "
                                    + (int) much
                                    + " % of a processor"
                                    + highest(seen, " (the most: ", ")"),
                            "没有进程占用超过单个处理器的 " + (int) MUCH + " %" + highest(seen, "（最高：", "）"),
                            Citation.of(seen.clue())));
        }
        return found;
    }

    private static String highest(Seen<Top> seen, String before, String after) {
        return seen.value().processes().stream()
                .findFirst()
                .map(one -> before + brief(one) + ", " + one.cpuPct() + after)
                .orElse("");
    }

    static String brief(RunningProcess one) {
        String[] words = one.cmd().value().split("\\s+", 3);
        String cmd = words.length > 1 ? words[0] + " " + words[1] : words[0];
        return cmd.length() <= 60 ? cmd : cmd.substring(0, 60) + "…";
    }

    private static Conclusion runaway(Case about, RunningProcess one, Seen<Top> seen) {
        String unit = one.unit().map(HostText::value).orElse("");
        String who = unit.isEmpty() ? brief(one) : unit + " (" + brief(one) + ")";
        Conclusion conclusion =
                Conclusion.confirmed(
                                Severity.WARNING,
                                who
                                        + ", PID "
                                        + one.pid()
                                        + ", takes "
                                        + one.cpuPct()
                                        + " of a processor and has run for "
                                        + minutes(one.ageS(), "min"),
                                who
                                        + "（PID "
                                        + one.pid()
                                        + "）占用单个处理器的 "
                                        + one.cpuPct()
                                        + "，已运行 "
                                        + minutes(one.ageS(), "分钟"),
                                Citation.of(seen.clue(), List.of(one.evidence())))
                        .advising(
                                "see whether that is its work or a loop, before anything is"
                                        + " stopped",
                                "先弄清这是正常工作还是死循环，再决定是否停止")
                        .disproved("the host is as slow when it does not run", "该进程不运行时主机同样慢");
        return name(unit)
                .map(name ->
                        conclusion.proposing(
                                new Call<>(
                                        new ServiceStatus(),
                                        new ServiceStatus.Arguments(
                                                name, Optional.empty(), Optional.empty())),
                                about.host()))
                .orElse(conclusion);
    }

    private static String minutes(long seconds, String unit) {
        return Math.max(1, seconds / 60) + " " + unit;
    }

    private static Optional<UnitName> name(String unit) {
        try {
            return unit.endsWith(".service") ? Optional.of(new UnitName(unit)) : Optional.empty();
        } catch (BadValue odd) {
            return Optional.empty();
        }
    }
}
