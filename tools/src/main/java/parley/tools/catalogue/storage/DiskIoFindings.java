package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.load.Pressure;
import parley.tools.catalogue.storage.DiskIo.DeviceTraffic;
import parley.tools.catalogue.storage.DiskIo.Traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the traffic of disks means in words.
final class DiskIoFindings {
    private static final double STALLED = 10;

    private DiskIoFindings() {}

    static List<Finding> of(Reading<Traffic> reading) {
        Traffic traffic = reading.value();
        if (traffic.devices().isEmpty()) {
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            "No disk of this host did anything since its start.",
                            "该主机启动以来没有磁盘读写。"));
        }
        List<Finding> findings = new ArrayList<>();
        for (DeviceTraffic device : traffic.devices()) {
            if (device.stuck()) {
                findings.add(stuck(device, traffic));
            } else if (device.saturated()) {
                findings.add(saturated(device));
            }
        }
        boolean shown = !findings.isEmpty();
        traffic.psi().stream()
                .filter(pressure -> pressure.fullAvg60().value() > STALLED)
                .map(pressure -> stalled(pressure, shown))
                .forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(calm(traffic.devices().getFirst(), traffic));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding stuck(DeviceTraffic device, Traffic traffic) {
        return finding(
                Severity.CRITICAL,
                device,
                String.format(
                        Locale.ROOT,
                        "%s answers nothing: %d requests are under way and none ended within"
                                + " %.1f s.",
                        device.device(),
                        device.inFlight(),
                        traffic.seconds()),
                String.format(
                        Locale.ROOT,
                        "%s 没有响应：有 %d 个请求在进行中，%.1f 秒内没有一个完成。",
                        device.device(),
                        device.inFlight(),
                        traffic.seconds()));
    }

    private static Finding saturated(DeviceTraffic device) {
        return finding(
                Severity.WARNING,
                device,
                String.format(
                        Locale.ROOT,
                        "%s is a bottleneck: %s, %s (more than %.0f is"
                                + " slow for its kind, %s), %.1f requests at a time; %s/s read,"
                                + " %s/s written.",
                        device.device(),
                        time("read", device.readMillis()),
                        time("write", device.writeMillis()),
                        device.kind().slowMillis(),
                        device.kind(),
                        device.queue(),
                        device.readPerS(),
                        device.writtenPerS()),
                String.format(
                        Locale.ROOT,
                        "%s 是瓶颈：%s，%s（该类磁盘 %s 超过 %.0f 毫秒即为慢），平均有 %.1f 个请求；每秒读 %s、写" + " %s。",
                        device.device(),
                        timeZh("读", device.readMillis()),
                        timeZh("写", device.writeMillis()),
                        device.kind(),
                        device.kind().slowMillis(),
                        device.queue(),
                        device.readPerS(),
                        device.writtenPerS()));
    }

    /// @param shown whether a disk shows why
    private static Finding stalled(Pressure pressure, boolean shown) {
        String more =
                shown
                        ? ""
                        : "; no disk is slow now: if it goes on, process.top by=dstate shows who"
                                + " waits for what";
        String moreZh = shown ? "" : "；但目前没有磁盘变慢：若持续如此，可用 process.top by=dstate 查看谁在等什么";
        return new Finding(
                Severity.WARNING,
                Bilingual.of(
                        "In the last 60 s all tasks at once waited for disks {0} of the time{1}.",
                        "最近 60 秒内，全部任务同时等待磁盘的时间占 {0}{2}。", pressure.fullAvg60(), more, moreZh),
                List.of(pressure.evidence()));
    }

    private static Finding calm(DeviceTraffic busiest, Traffic traffic) {
        return finding(
                Severity.HEALTHY,
                busiest,
                String.format(
                        Locale.ROOT,
                        "No disk is slow: %s, the busiest, was busy %s of %.1f s; %s, %s; %s/s"
                                + " read, %s/s written.",
                        busiest.device(),
                        busiest.utilPct(),
                        traffic.seconds(),
                        time("read", busiest.readMillis()),
                        time("write", busiest.writeMillis()),
                        busiest.readPerS(),
                        busiest.writtenPerS()),
                String.format(
                        Locale.ROOT,
                        "磁盘不慢：最忙的 %s 在 %.1f 秒中有 %s 的时间繁忙；%s，%s；每秒读 %s、写 %s。",
                        busiest.device(),
                        traffic.seconds(),
                        busiest.utilPct(),
                        timeZh("读", busiest.readMillis()),
                        timeZh("写", busiest.writeMillis()),
                        busiest.readPerS(),
                        busiest.writtenPerS()));
    }

    private static String time(String what, Optional<Double> millis) {
        return millis.map(one -> String.format(Locale.ROOT, "a %s takes %.1f ms", what, one))
                .orElse("no " + what + " ended");
    }

    private static String timeZh(String what, Optional<Double> millis) {
        return millis.map(one -> String.format(Locale.ROOT, "每次%s %.1f 毫秒", what, one))
                .orElse("没有完成的" + what);
    }

    private static Finding finding(Severity severity, DeviceTraffic device, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), device.evidence());
    }
}
