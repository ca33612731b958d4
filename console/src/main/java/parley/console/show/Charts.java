package parley.console.show;

import parley.safety.gate.Sanitiser;
import parley.tools.Language;
import parley.tools.catalogue.load.CpuUsage;
import parley.tools.catalogue.load.MemUsage;
import parley.tools.catalogue.load.MetricsHistory;
import parley.tools.catalogue.load.PastSeries;
import parley.tools.catalogue.network.NetProbe;
import parley.tools.catalogue.network.ProbeAttempt;
import parley.tools.catalogue.storage.DiskIo;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Load, memory, disks and latency as pictures of text: a line of samples, or bars side by side.
/// The figures stand beside them; what they mean is in the answer.
public final class Charts {
    private static final int MOST_LABEL = 22;
    private static final int WIDEST = 40;
    private static final int LEAST = 6;
    private static final int MOST_ROWS = 12;

    private final Language language;
    private final int columns;
    private final Ink ink;

    /// One row: what it is about, the picture once its width is known, and the figure.
    private record Row(String label, Picture picture, String figure) {}

    /// Draws into so many columns.
    private interface Picture {
        String in(int columns);
    }

    public Charts(Language language, int columns, Ink ink) {
        this.language = language;
        this.columns = columns;
        this.ink = ink;
    }

    /// Empty for a reading that has nothing to draw.
    public List<String> lines(Record reading) {
        List<Row> rows =
                switch (reading) {
                    case CpuUsage.Usage usage -> processors(usage);
                    case MemUsage.Usage usage -> memory(usage);
                    case DiskIo.Traffic traffic -> disks(traffic);
                    case MetricsHistory.History history -> history(history);
                    case NetProbe.Probe probe -> latency(probe);
                    default -> List.of();
                };
        return drawn(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
    }

    private List<String> drawn(List<Row> rows) {
        int label =
                Math.min(
                        Math.min(MOST_LABEL, columns / 3),
                        rows.stream().mapToInt(row -> Width.of(row.label())).max().orElse(0));
        int figure = rows.stream().mapToInt(row -> Width.of(row.figure())).max().orElse(0);
        int room = Math.max(LEAST, Math.min(WIDEST, columns - label - figure - 4));
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            String name = Width.pad(Width.cut(row.label(), label), label, false);
            String picture = Width.pad(row.picture().in(room), room, false);
            lines.add(
                    Width.cut(name + "  " + picture + "  " + row.figure(), Math.max(columns, 20))
                            .stripTrailing());
        }
        return lines;
    }

    private List<Row> processors(CpuUsage.Usage usage) {
        List<Double> busy = usage.samples().stream().map(split -> split.busy().value()).toList();
        List<Row> rows = new ArrayList<>();
        if (busy.size() > 1) {
            rows.add(samples(words("busy", "繁忙"), busy, 100, usage.util().busy().toString()));
        } else {
            rows.add(share(words("busy", "繁忙"), usage.util().busy()));
        }
        rows.add(share(words("user", "用户态"), usage.util().user()));
        rows.add(share(words("system", "内核态"), usage.util().system()));
        rows.add(share(words("waits for disk", "等待磁盘"), usage.util().iowait()));
        double most = Math.max((double) usage.nCpu(), Math.max(usage.load1(), usage.load15()));
        rows.add(bar(words("load, 1 min", "1 分钟负载"), usage.load1(), most));
        rows.add(bar(words("load, 5 min", "5 分钟负载"), usage.load5(), most));
        rows.add(bar(words("load, 15 min", "15 分钟负载"), usage.load15(), most));
        return rows;
    }

    private List<Row> memory(MemUsage.Usage usage) {
        double total = usage.total().value();
        return List.of(
                bytes(words("programs", "程序"), usage.anon(), total),
                bytes(words("page cache", "页缓存"), usage.pageCache(), total),
                bytes(words("shared", "共享内存"), usage.shmem(), total),
                bytes(words("kernel (slab)", "内核（slab）"), usage.slabUnreclaimable(), total),
                bytes(words("available", "可用"), usage.available(), total));
    }

    private List<Row> disks(DiskIo.Traffic traffic) {
        List<Row> rows = new ArrayList<>();
        double slowest =
                traffic.devices().stream()
                        .mapToDouble(DiskIo.DeviceTraffic::slowestMillis)
                        .max()
                        .orElse(0);
        for (DiskIo.DeviceTraffic device : traffic.devices()) {
            List<Double> busy =
                    traffic.samples().stream()
                            .filter(one -> one.device().equals(device.device()))
                            .map(one -> one.utilPct().value())
                            .toList();
            rows.add(
                    samples(
                            device.device() + words(" busy", " 繁忙"),
                            busy,
                            100,
                            device.utilPct().toString()));
            rows.add(
                    new Row(
                            device.device() + words(" answers in", " 延迟"),
                            room -> ink.bar(device.slowestMillis(), slowest, room),
                            millis(device.slowestMillis())));
        }
        return rows;
    }

    private List<Row> history(MetricsHistory.History history) {
        List<Row> rows = new ArrayList<>();
        for (PastSeries one : history.series()) {
            String of = one.of().map(HostText::value).map(name -> name + " ").orElse("");
            String unit = one.unit().isEmpty() ? "" : " " + one.unit();
            boolean share = one.unit().equals("%");
            rows.add(
                    samples(
                            of + one.what(),
                            one.values(),
                            share ? 100 : one.peak(),
                            number(one.last())
                                    + unit
                                    + words(", at most ", "，最高 ")
                                    + number(one.peak())));
        }
        return rows;
    }

    private List<Row> latency(NetProbe.Probe probe) {
        List<Row> rows = new ArrayList<>();
        double slowest =
                probe.attempts().stream()
                        .flatMap(one -> millisOf(one).stream())
                        .mapToDouble(one -> one)
                        .max()
                        .orElse(0);
        for (ProbeAttempt one : probe.attempts()) {
            millisOf(one)
                    .ifPresent(took ->
                            rows.add(
                                    new Row(
                                            one.address().toString(),
                                            room -> ink.bar(took, slowest, room),
                                            millis(took))));
        }
        return rows;
    }

    private static Optional<Double> millisOf(ProbeAttempt one) {
        return one.firstByteMs()
                .or(one::connectMs)
                .or(() -> one.roundTrip().map(ProbeAttempt.RoundTrip::avgMs));
    }

    private Row samples(String label, List<Double> values, double most, String figure) {
        return new Row(Sanitiser.line(label), room -> ink.spark(values, most, room), figure);
    }

    private Row share(String label, Percent share) {
        return new Row(label, room -> ink.bar(share.value(), 100, room), share.toString());
    }

    private Row bar(String label, double value, double most) {
        return new Row(label, room -> ink.bar(value, most, room), number(value));
    }

    private Row bytes(String label, Bytes value, double total) {
        return new Row(
                label, room -> ink.bar((double) value.value(), total, room), value.toString());
    }

    private String millis(double value) {
        return number(value) + words(" ms", " 毫秒");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private String words(String en, String zh) {
        return switch (language) {
            case EN -> en;
            case ZH -> zh;
        };
    }
}
