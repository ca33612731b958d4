package parley.tools.catalogue.kernel;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// How the boots of a host went.
final class BootFindings {
    private static final long SLOW_MS = 60_000;
    private static final int MOST_QUOTED = 160;
    private static final int BLAME = 5;

    private BootFindings() {}

    static List<Finding> of(Reading<Boots> reading) {
        Boots boots = reading.value();
        List<Finding> findings = new ArrayList<>();
        boots.boots().stream()
                .filter(boot -> boot.endedCleanly().filter(clean -> !clean).isPresent())
                .forEach(boot -> findings.add(unclean(boot)));
        if (!boots.crashes().isEmpty()) {
            String files =
                    boots.crashes().stream()
                            .limit(3)
                            .map(HostText::value)
                            .collect(Collectors.joining(", "));
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "a crash left files behind: " + files,
                            "崩溃留下了文件：" + files));
        }
        boots.scheduled()
                .ifPresent(when ->
                        findings.add(
                                Finding.of(
                                                Severity.WARNING,
                                                "the host will go down at {0}",
                                                "主机计划于 {0} 关机或重启",
                                                HostTime.spoken(when))
                                        .at(3, 1)));
        boots.times().ifPresent(times -> findings.add(times(times)));
        findings.add(summary(boots, reading.status() == Reading.Status.PARTIAL));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding unclean(BootPast boot) {
        String when = HostTime.spoken(boot.last());
        String words = boot.lastWords().isEmpty() ? "" : boot.lastWords().getLast().value();
        String quoted =
                words.length() <= MOST_QUOTED ? words : words.substring(0, MOST_QUOTED) + "…";
        return Finding.of(
                Severity.WARNING,
                "boot {0} ended at {1} without a shutdown: a crash, a reset or a loss of power; its"
                        + " last message: \"{2}\"",
                "启动 {0} 于 {1} 中断，没有正常关机：崩溃、重置或断电；最后一条消息：“{2}”",
                boot.index(),
                when,
                quoted);
    }

    private static Finding times(BootTimes times) {
        String seconds = "%.1f".formatted(times.totalMs() / 1000.0);
        String slowest =
                times.slowest().stream()
                        .limit(3)
                        .map(unit -> unit.unit() + " " + unit.ms() + " ms")
                        .collect(Collectors.joining(", "));
        Finding said =
                Finding.of(
                        times.totalMs() > SLOW_MS ? Severity.WARNING : Severity.NOTICE,
                        "the boot took {0} s; slowest: {1}",
                        "启动耗时 {0} 秒；最慢：{1}",
                        seconds,
                        slowest);
        return times.slowest().isEmpty()
                ? said
                : said.at(BLAME, Math.toIntExact(times.slowest().getFirst().line()));
    }

    private static Finding summary(Boots boots, boolean partial) {
        long held = boots.boots().size();
        // entries that are hidden may be older than the first that is seen
        String since =
                boots.boots().stream()
                        .filter(boot -> boot.index() == 0 && !partial)
                        .findFirst()
                        .map(boot -> HostTime.spoken(boot.first()))
                        .orElse("");
        return Finding.of(
                Severity.NOTICE,
                (since.isEmpty() ? "when this boot began could not be seen" : "up since " + since)
                        + ", state "
                        + boots.state()
                        + "; the journal holds "
                        + held
                        + (held == 1 ? " boot" : " boots")
                        + " of those asked for",
                (since.isEmpty() ? "看不到本次启动的时间" : "自 " + since + " 起运行")
                        + "，状态 "
                        + boots.state()
                        + "；日志中有其中 "
                        + held
                        + " 次启动的记录");
    }
}
