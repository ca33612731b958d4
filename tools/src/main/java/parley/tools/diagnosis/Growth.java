package parley.tools.diagnosis;

import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.catalogue.load.ProcessTop.Top;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which processes take more memory at the second look than at the first.
final class Growth {
    /// What any busy program may take or give back meanwhile.
    private static final long NOISE = 3L << 20;

    private Growth() {}

    static List<Conclusion> of(Case about, Lead first, Seen<Top> second) {
        Optional<Seen<Top>> before = about.seen(first, Top.class);
        if (before.isEmpty()) {
            return List.of(Conclusion.open("a process that grows", "可能有进程在持续增长", about.why(first)));
        }
        Duration between =
                Duration.between(
                        before.get().clue().captures().getLast().midpoint(),
                        second.clue().captures().getLast().midpoint());
        List<Conclusion> found = new ArrayList<>();
        for (RunningProcess now : second.value().processes()) {
            before.get().value().processes().stream()
                    .filter(one ->
                            one.pid().equals(now.pid()) && one.startTicks() == now.startTicks())
                    .filter(one -> now.rss().value() - one.rss().value() >= NOISE)
                    .findFirst()
                    .ifPresent(one -> found.add(grows(one, now, between, before.get(), second)));
        }
        if (found.isEmpty()) {
            found.add(
                    Conclusion.fine(
                            "none of the largest processes grew within "
                                    + between.toSeconds()
                                    + " s",
                            "最大的进程在 " + between.toSeconds() + " 秒内都没有增长",
                            Citation.of(before.get().clue()),
                            Citation.of(second.clue())));
        }
        return found;
    }

    private static Conclusion grows(
            RunningProcess one,
            RunningProcess now,
            Duration between,
            Seen<Top> before,
            Seen<Top> second) {
        String unit = now.unit().map(HostText::value).orElse("");
        String name = RunawayProcess.brief(now);
        String who = unit.isEmpty() ? name : unit + " (" + name + ")";
        Bytes more = new Bytes(now.rss().value() - one.rss().value());
        return Conclusion.likely(
                        Severity.WARNING,
                        who
                                + ", PID "
                                + now.pid()
                                + ", grows: "
                                + more
                                + " more within "
                                + between.toSeconds()
                                + " s, "
                                + now.rss()
                                + " now; a leak, if it goes on",
                        who
                                + "（PID "
                                + now.pid()
                                + "）在增长："
                                + between.toSeconds()
                                + " 秒内增加 "
                                + more
                                + "，现为 "
                                + now.rss()
                                + "；若持续增长即为内存泄漏",
                        Citation.of(before.clue(), List.of(one.evidence())),
                        Citation.of(second.clue(), List.of(now.evidence())))
                .advising(
                        "look again in a minute; a leak is mended in the program, a restart only"
                                + " buys time",
                        "一分钟后再看一次；泄漏要在程序里修复，重启只能争取时间")
                .disproved("its memory stays the same for a minute", "其内存在一分钟内保持不变");
    }
}
