package parley.tools.catalogue.network;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.network.TimeStatus.Clock;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What a clock says: right, wrong, or kept right by nobody.
final class ClockFindings {
    private static final double TOLERATED_MS = 50;
    private static final double GRAVE_MS = 1000;
    private static final double FAST_DRIFT_PPM = 100;

    /// Captures of [TimeStatus], the first being 1.
    private static final int DATE = 1;

    private static final int DAEMONS = 2;
    private static final int TRACKING = 4;
    private static final int SOURCES = 5;

    private ClockFindings() {}

    static List<Finding> of(Reading<Clock> reading) {
        Clock clock = reading.value();
        List<Finding> findings = new ArrayList<>();
        findings.add(keeper(clock, reading.status() == Reading.Status.PARTIAL));
        if (clock.daemons().size() > 1) {
            String names =
                    clock.daemons().stream().map(HostText::value).collect(Collectors.joining(", "));
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "several daemons set this clock: " + names,
                            "有多个守护进程在校准时钟：" + names));
        }
        if (clock.frequencyPpm().filter(ppm -> Math.abs(ppm) > FAST_DRIFT_PPM).isPresent()) {
            findings.add(
                    at(
                            TRACKING,
                            Severity.WARNING,
                            "its oscillator is off by %.0f ppm; virtual machines show this after a"
                                            .formatted(clock.frequencyPpm().get())
                                    + " pause",
                            "时钟频率误差 %.0f ppm；虚拟机暂停恢复后常见".formatted(clock.frequencyPpm().get())));
        }
        findings.add(console(clock));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding keeper(Clock clock, boolean partial) {
        if (clock.onlyItself()) {
            return at(
                    TRACKING,
                    Severity.CRITICAL,
                    "chronyd looks synchronised but follows only this host's own clock: "
                            + answered(clock).en(),
                    "chronyd 看似已同步，实际只跟随本机时钟：" + answered(clock).zh());
        }
        if (clock.offsetMs().isPresent()) {
            return clock.synced() ? followed(clock) : unfollowed(clock);
        }
        if (clock.daemons().isEmpty()) {
            return partial
                    ? Finding.of(
                            Severity.NOTICE,
                            "whether anything keeps this clock right is not known",
                            "无法得知是否有程序在校准时钟")
                    : new Finding(
                            Severity.WARNING,
                            Bilingual.of(
                                    "no time daemon runs: nothing on this host keeps its clock"
                                            + " right",
                                    "没有时间守护进程在运行：该主机上没有程序校准时钟"),
                            List.of(new Finding.Lines(DAEMONS, 1, 1)));
        }
        String name = clock.daemons().getFirst().value();
        return clock.synced()
                ? Finding.of(
                        Severity.HEALTHY,
                        name + " runs, and the kernel counts the clock as synchronised",
                        name + " 正在运行，内核认为时钟已同步")
                : Finding.of(
                        Severity.WARNING,
                        name + " runs, but the kernel counts the clock as not synchronised",
                        name + " 正在运行，但内核认为时钟未同步");
    }

    private static Finding followed(Clock clock) {
        double offset = clock.offsetMs().orElseThrow();
        double size = Math.abs(offset);
        Severity severity =
                size >= GRAVE_MS
                        ? Severity.CRITICAL
                        : size >= TOLERATED_MS ? Severity.WARNING : Severity.HEALTHY;
        String source = clock.source().map(HostText::value).orElse("-");
        String ms = Milliseconds.spoken(size);
        String error = Milliseconds.spoken(clock.maxErrorMs().orElse(size));
        return at(
                TRACKING,
                severity,
                "the clock follows "
                        + source
                        + " and is "
                        + ms
                        + (offset >= 0 ? " ahead" : " behind")
                        + ", at most "
                        + error
                        + " wrong",
                "时钟跟随 " + source + "，" + (offset >= 0 ? "快 " : "慢 ") + ms + "，最大误差 " + error);
    }

    private static Finding unfollowed(Clock clock) {
        return at(
                clock.sources().isEmpty() ? TRACKING : SOURCES,
                Severity.CRITICAL,
                "chronyd runs but the clock is not synchronised: " + answered(clock).en(),
                "chronyd 正在运行但时钟未同步：" + answered(clock).zh());
    }

    private static Bilingual answered(Clock clock) {
        int all = clock.sources().size();
        long reachable = clock.reachableSources();
        if (all == 0) {
            return Bilingual.of("it has no source", "没有配置时间源");
        }
        return reachable == 0
                ? Bilingual.of("none of its {0} sources answers", "{0} 个时间源都没有应答", all)
                : Bilingual.of(
                        "{0} of its {1} sources answer, none is followed yet",
                        "{1} 个时间源中 {0} 个有应答，但尚未跟随任何一个", reachable, all);
    }

    private static Finding console(Clock clock) {
        double size = Math.abs(clock.consoleOffsetMs());
        boolean wrong = size - clock.consoleErrorMs() >= GRAVE_MS;
        String ms = Milliseconds.spoken(size);
        String within = Milliseconds.spoken(size + clock.consoleErrorMs());
        boolean ahead = clock.consoleOffsetMs() >= 0;
        return wrong
                ? at(
                        DATE,
                        Severity.WARNING,
                        "it is " + ms + (ahead ? " ahead of" : " behind") + " this machine's clock",
                        "比本机时钟" + (ahead ? "快 " : "慢 ") + ms)
                : at(
                        DATE,
                        Severity.HEALTHY,
                        "it agrees with this machine's clock within " + within,
                        "与本机时钟一致（" + within + " 以内）");
    }

    private static Finding at(int capture, Severity severity, String en, String zh) {
        return Finding.of(severity, en, zh).at(capture, 1);
    }
}
