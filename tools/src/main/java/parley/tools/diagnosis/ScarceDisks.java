package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Lead;
import parley.tools.catalogue.load.Pressure;
import parley.tools.catalogue.load.ProcessTop;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.catalogue.storage.DiskHealth;
import parley.tools.catalogue.storage.DiskIo.DeviceTraffic;
import parley.tools.catalogue.storage.DiskIo.Traffic;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Bytes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether disks are what a host waits for, and who keeps them busy.
final class ScarceDisks {
    private static final double PRESSED = 10;

    private ScarceDisks() {}

    /// Whether a disk is slow, stands still, or all tasks wait for one.
    static boolean isScarce(Traffic traffic) {
        return traffic.devices().stream().anyMatch(one -> one.saturated() || one.stuck())
                || traffic.psi().stream().anyMatch(ScarceDisks::isPressed);
    }

    private static boolean isPressed(Pressure one) {
        return one.fullAvg60().value() > PRESSED;
    }

    static List<Conclusion> of(Case about, Seen<Traffic> seen) {
        List<Conclusion> found = new ArrayList<>(Borrowed.all(seen, "no disk is slow", "没有磁盘变慢"));
        if (!isScarce(seen.value())) {
            return found;
        }
        boolean stuck = seen.value().devices().stream().anyMatch(DeviceTraffic::stuck);
        Conclusion first = found.getFirst();
        Conclusion told =
                busiest(about)
                        .map(one ->
                                first.because(writes(one).en(), writes(one).zh())
                                        .citing(
                                                Citation.of(
                                                        traffic(about).orElseThrow().clue(),
                                                        List.of(one.evidence()))))
                        .orElse(first);
        found.set(0, stuck ? dead(about, told) : slow(told));
        return found;
    }

    private static Conclusion slow(Conclusion one) {
        return one.advising(
                        "whoever writes most is asked first: a backup or a report can wait or be"
                                + " slowed down; a cloud disk that always does the same is at the"
                                + " limit that was paid for",
                        "先问写入最多的程序：备份或报表可以推迟或限速；若云盘始终停在同一数值，则已到购买的性能上限")
                .disproved(
                        "requests are answered as slowly when that process does not run",
                        "该进程不运行时请求同样慢");
    }

    private static Conclusion dead(Case about, Conclusion one) {
        return one.advising(
                        "a disk that answers nothing is failing or cut off: save what is on it"
                                + " before anything is cleaned or restarted",
                        "没有响应的磁盘可能即将损坏或已断开：清理或重启之前先保存数据")
                .disproved("the next look sees requests that ended", "再看一次时有请求已完成")
                .proposing(
                        new Call<>(new DiskHealth(), new DiskHealth.Arguments(Optional.empty())),
                        about.host());
    }

    private static Optional<Seen<ProcessTop.Top>> traffic(Case about) {
        Lead lead = HostSlow.processes(about, ProcessTop.By.IO);
        return about.seen(lead, ProcessTop.Top.class);
    }

    private static Optional<RunningProcess> busiest(Case about) {
        return traffic(about).stream()
                .flatMap(seen -> seen.value().processes().stream())
                .filter(one -> rate(one).value() > 0)
                .max(Comparator.comparing(ScarceDisks::rate));
    }

    private static Bytes rate(RunningProcess one) {
        return new Bytes(
                one.readBps().map(Bytes::value).orElse(0L)
                        + one.writeBps().map(Bytes::value).orElse(0L));
    }

    private static Bilingual writes(RunningProcess one) {
        String unit = one.unit().map(name -> name + " ").orElse("");
        String who = unit + "(" + RunawayProcess.brief(one) + ", PID " + one.pid() + ")";
        String whoZh = unit + "（" + RunawayProcess.brief(one) + "，PID " + one.pid() + "）";
        Bytes none = new Bytes(0);
        return Bilingual.of(
                "; most of it is {0}: {1}/s read, {2}/s written",
                "；其中最多的是 {3}：每秒读 {1}、写 {2}",
                who,
                one.readBps().orElse(none),
                one.writeBps().orElse(none),
                whoZh);
    }
}
