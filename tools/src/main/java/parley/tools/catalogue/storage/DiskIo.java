package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.Pressure;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.DeviceName;
import parley.tools.value.Percent;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How long disks take for a request, how many queue, and how busy they are.
///
/// Source: `/proc/pressure/io` (absent on old kernels: a gap), then `/proc/diskstats` once more
/// than there are samples: what `iostat` counts from, there on every host and never the average
/// since the start. What a disk is made of is in `/sys/block`. Rates are per second over the whole
/// time; amounts are bytes. A whole disk is listed once it did anything since the start; partitions
/// and volumes only when asked for; loops and the like only while they work. *Empty* means that the
/// host has no disk. Any exit but those of missing files is unreadable.
public final class DiskIo implements Observation<DiskIo.Arguments, DiskIo.Traffic> {
    private static final long DEFAULT_INTERVAL = 2;
    private static final long DEFAULT_SAMPLES = 2;
    private static final int FIRST = 2;
    private static final int KINDS = 3;
    private static final int MOST_DEVICES = 64;
    private static final List<String> RESOURCES = List.of("io");
    private static final Argv LOOK = Argv.of("cat", "/proc/uptime", "/proc/diskstats");
    private static final Pattern KIND =
            Pattern.compile("/sys/block/([^/]+)/queue/rotational:([01])");
    private static final Pattern NO_DISK = Pattern.compile("(loop|ram|zram|sr|fd|nbd|rbd)\\d+");
    private static final Pattern MISSING = Pattern.compile(".*: No such file or directory");

    public record Arguments(
            @Means(en = "seconds between two looks, 1 to 5; default 2", zh = "两次采样的间隔秒数，1 到 5，默认 2")
                    @Whole(least = 1, most = 5)
                    Optional<Count> intervalS,
            @Means(en = "number of samples, 1 to 3; default 2", zh = "采样次数，1 到 3，默认 2")
                    @Whole(least = 1, most = 3)
                    Optional<Count> samples,
            @Means(en = "only this device", zh = "只看该设备") Optional<DeviceName> device) {
        public Arguments {
            requireNonNull(intervalS, "intervalS is null");
            requireNonNull(samples, "samples is null");
            requireNonNull(device, "device is null");
        }

        Duration interval() {
            return Duration.ofSeconds(intervalS.map(Count::value).orElse(DEFAULT_INTERVAL));
        }

        long looks() {
            return 1 + samples.map(Count::value).orElse(DEFAULT_SAMPLES);
        }
    }

    /// What one device did between two looks.
    ///
    /// @param readMillis time a read took; empty when none ended
    /// @param writeMillis time a write took; empty when none ended
    /// @param queue how many requests there were on average, waiting or being served
    /// @param utilPct share of the time with a request under way; 100 % of an NVMe disk or a RAID
    ///   says little
    /// @param inFlight requests under way at the last look
    public record DeviceTraffic(
            @Means(en = "device", zh = "设备") String device,
            @Means(en = "kind", zh = "类型") DiskKind kind,
            @Means(en = "reads/s", zh = "每秒读次数") double readsPerS,
            @Means(en = "writes/s", zh = "每秒写次数") double writesPerS,
            @Means(en = "read/s", zh = "每秒读取") Bytes readPerS,
            @Means(en = "written/s", zh = "每秒写入") Bytes writtenPerS,
            @Means(en = "a read takes (ms)", zh = "读延迟（毫秒）") Optional<Double> readMillis,
            @Means(en = "a write takes (ms)", zh = "写延迟（毫秒）") Optional<Double> writeMillis,
            @Means(en = "queue", zh = "队列") double queue,
            @Means(en = "busy", zh = "繁忙") Percent utilPct,
            @Means(en = "in flight", zh = "进行中") long inFlight,
            @Means(en = "evidence", zh = "出处") List<Finding.Lines> evidence) {
        public DeviceTraffic {
            requireNonNull(device, "device is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(readPerS, "readPerS is null");
            requireNonNull(writtenPerS, "writtenPerS is null");
            requireNonNull(readMillis, "readMillis is null");
            requireNonNull(writeMillis, "writeMillis is null");
            requireNonNull(utilPct, "utilPct is null");
            evidence = List.copyOf(evidence);
        }

        /// The longer of the two times a request takes.
        public double slowestMillis() {
            return Math.max(readMillis.orElse(0.0), writeMillis.orElse(0.0));
        }

        /// Whether it is a bottleneck: slow for its kind, with requests queued.
        public boolean saturated() {
            return slowestMillis() > kind.slowMillis() && queue > 1;
        }

        /// Whether requests are under way and none ended.
        public boolean stuck() {
            return inFlight > 0 && readsPerS + writesPerS == 0 && utilPct.value() >= 90;
        }

        static DeviceTraffic between(
                String device, DiskKind kind, DiskStats first, DiskStats last) {
            DiskStats.Counters from = requireNonNull(first.devices().get(device));
            DiskStats.Counters to = requireNonNull(last.devices().get(device));
            double seconds = Math.max(0.001, last.uptime() - first.uptime());
            long reads = Math.max(0, to.reads() - from.reads());
            long writes = Math.max(0, to.writes() - from.writes());
            return new DeviceTraffic(
                    device,
                    kind,
                    tenths(reads / seconds),
                    tenths(writes / seconds),
                    rate(from.readBytes(), to.readBytes(), seconds),
                    rate(from.writtenBytes(), to.writtenBytes(), seconds),
                    each(to.readMillis() - from.readMillis(), reads),
                    each(to.writeMillis() - from.writeMillis(), writes),
                    tenths(Math.max(0, to.waitedMillis() - from.waitedMillis()) / seconds / 1000),
                    Percent.of(
                            Math.min(
                                    seconds,
                                    Math.max(0, to.busyMillis() - from.busyMillis()) / 1000.0),
                            seconds),
                    to.inFlight(),
                    List.of(from.line().at(), to.line().at()));
        }

        private static Bytes rate(long from, long to, double seconds) {
            return new Bytes(Math.round(Math.max(0, to - from) / seconds));
        }

        private static Optional<Double> each(long millis, long requests) {
            return requests == 0
                    ? Optional.empty()
                    : Optional.of(tenths(Math.max(0, millis) / (double) requests));
        }

        private static double tenths(double number) {
            return Math.round(number * 10) / 10.0;
        }
    }

    /// @param seconds between the first look and the last
    /// @param devices the longest queue first
    /// @param samples each device from look to look, in the order of time
    public record Traffic(
            @Means(en = "seconds", zh = "秒数") double seconds,
            @Means(en = "devices", zh = "设备") List<DeviceTraffic> devices,
            @Means(en = "samples", zh = "各次采样") List<DeviceTraffic> samples,
            @Means(en = "pressure", zh = "压力") List<Pressure> psi) {
        public Traffic {
            devices = List.copyOf(devices);
            samples = List.copyOf(samples);
            psi = List.copyOf(psi);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "disk.io",
                "storage",
                Bilingual.of("How fast disks answer and how busy they are", "磁盘延迟、队列与繁忙程度"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("is the disk slow on db-1", "db-1 的磁盘是不是很慢"),
                Bilingual.of("show disk io of db-2", "看一下 db-2 的磁盘 IO"),
                Bilingual.of("iostat on batch-1", "batch-1 上 iostat 看看"),
                Bilingual.of("is the disk of web-1 slow", "web-1 的磁盘延迟高吗"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (soFar.size() < FIRST) {
            return Next.sequence(soFar, Pressure.command(RESOURCES), LOOK);
        }
        if (soFar.size() == FIRST) {
            try {
                List<String> devices = candidates(arguments, DiskStats.read(FIRST, soFar));
                return devices.isEmpty() ? Next.done() : Next.run(askKinds(devices));
            } catch (Unreadable refused) {
                // read() meets the same line again and refuses it there
                return Next.done();
            }
        }
        return soFar.size() - KINDS < arguments.looks() - 1
                ? new Next.Run(LOOK, arguments.interval())
                : Next.done();
    }

    private static List<String> candidates(Arguments arguments, DiskStats stats) {
        if (arguments.device().isPresent()) {
            String asked = arguments.device().get().name();
            return stats.devices().containsKey(asked) ? List.of(asked) : List.of();
        }
        return stats.devices().keySet().stream().limit(MOST_DEVICES).toList();
    }

    /// Whole disks answer; a partition has no such file.
    private static Argv askKinds(List<String> devices) {
        return Argv.of("grep", "-H", "", "--")
                .plus(
                        devices.stream()
                                .map(one -> "/sys/block/" + one.replace('/', '!'))
                                .map(folder -> folder + "/queue/rotational")
                                .toArray(String[]::new))
                .alsoReadableWhenExit(2);
    }

    @Override
    public Reading<Traffic> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<Pressure> pressure = Pressure.read(1, captures, RESOURCES, gaps);
        DiskStats first = DiskStats.read(FIRST, captures);
        if (arguments.device().isPresent() && candidates(arguments, first).isEmpty()) {
            String asked = arguments.device().get().name();
            throw new Unreadable(
                    Bilingual.of(
                            "there is no block device {0} on this host; disk.layout shows those"
                                    + " there are",
                            "该主机上没有块设备 {0}；可用 disk.layout 查看有哪些", asked));
        }
        List<DiskStats> looks = new ArrayList<>(List.of(first));
        for (int number = KINDS + 1; number <= captures.size(); number++) {
            looks.add(DiskStats.read(number, captures));
        }
        DiskStats last = looks.getLast();
        if (looks.size() > 1 && last.uptime() <= first.uptime()) {
            throw new Unreadable(
                    Bilingual.of("the host was started anew between two looks", "两次采样之间主机重新启动过"));
        }
        Map<String, DiskKind> kinds = kinds(captures);
        List<String> names =
                first.devices().keySet().stream()
                        .filter(name ->
                                looks.stream().allMatch(one -> one.devices().containsKey(name)))
                        .filter(name -> listed(arguments, name, kinds, first, last))
                        .toList();
        List<DeviceTraffic> devices =
                names.stream()
                        .map(name -> traffic(name, kinds, first, last))
                        .sorted(
                                Comparator.comparingDouble(DeviceTraffic::queue)
                                        .thenComparing(DeviceTraffic::utilPct)
                                        .reversed()
                                        .thenComparing(DeviceTraffic::device))
                        .toList();
        List<DeviceTraffic> samples = new ArrayList<>();
        for (int look = 1; look < looks.size(); look++) {
            for (String name : names) {
                samples.add(traffic(name, kinds, looks.get(look - 1), looks.get(look)));
            }
        }
        double seconds = Math.round((last.uptime() - first.uptime()) * 100) / 100.0;
        return Reading.of(
                new Traffic(seconds, devices, samples, pressure), devices.isEmpty(), gaps);
    }

    private static DeviceTraffic traffic(
            String name, Map<String, DiskKind> kinds, DiskStats from, DiskStats to) {
        return DeviceTraffic.between(name, kinds.getOrDefault(name, DiskKind.UNKNOWN), from, to);
    }

    private static Map<String, DiskKind> kinds(List<Capture> captures) throws Unreadable {
        Map<String, DiskKind> kinds = new HashMap<>();
        if (captures.size() < KINDS) {
            return kinds;
        }
        for (Line error : Lines.errors(KINDS, captures)) {
            error.match(MISSING, "a file that is not there");
        }
        for (Line line : Lines.of(KINDS, captures)) {
            Matcher form = line.match(KIND, "/sys/block/DEVICE/queue/rotational:0 or 1");
            String name = form.group(1).replace('!', '/');
            kinds.put(name, DiskKind.of(name, form.group(2).equals("1")));
        }
        return kinds;
    }

    private static boolean listed(
            Arguments arguments,
            String name,
            Map<String, DiskKind> kinds,
            DiskStats first,
            DiskStats last) {
        if (arguments.device().isPresent()) {
            return arguments.device().get().name().equals(name);
        }
        DiskStats.Counters now = requireNonNull(last.devices().get(name));
        DiskStats.Counters then = requireNonNull(first.devices().get(name));
        boolean works =
                Stream.of(now.reads() - then.reads(), now.writes() - then.writes(), now.inFlight())
                        .anyMatch(one -> one > 0);
        boolean everWorked = now.reads() + now.writes() > 0;
        return kinds.containsKey(name) && (NO_DISK.matcher(name).matches() ? works : everWorked);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Traffic> reading) {
        return DiskIoFindings.of(reading);
    }
}
