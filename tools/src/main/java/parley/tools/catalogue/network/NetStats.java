package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.value.Count;
import parley.tools.value.Percent;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the network loses while it is watched: retransmits, overflows, drops, full tables.
///
/// Source: the kernel's counters under `/proc`, twice. Rates are per second over the time between
/// the two looks, never since boot. Never empty. A host without connection tracking has no such
/// table; that is no gap. A share of retransmits is only given from a hundred segments on.
public final class NetStats implements Observation<NetStats.Arguments, NetStats.Stats> {
    private static final long DEFAULT_INTERVAL = 5;
    private static final long ENOUGH_SEGMENTS = 100;
    private static final double LOSSY_FAR = 1;
    private static final double LOSSY_NEAR = 0.1;
    private static final double FULL = 90;

    public record Arguments(
            @Means(en = "seconds to watch, 1 to 10; default 5", zh = "观察秒数，1 到 10，默认 5")
                    @Whole(least = 1, most = 10)
                    Optional<Count> intervalS) {
        public Arguments {
            requireNonNull(intervalS, "intervalS is null");
        }

        Duration interval() {
            return Duration.ofSeconds(intervalS.map(Count::value).orElse(DEFAULT_INTERVAL));
        }
    }

    /// Rates per second, and how full tables are.
    ///
    /// @param segmentsOut TCP segments sent while watched
    /// @param retransPct share of them sent again; empty under a hundred segments
    /// @param synRetransPerS connections that had to knock again
    /// @param listenOverflowsPerS connections dropped because a program did not accept in time
    /// @param conntrackPct how full the table of connections is; empty where there is none
    /// @param filesPct how many of the files that may be open are
    public record Stats(
            @Means(en = "seconds", zh = "秒数") double seconds,
            @Means(en = "segments sent", zh = "发送段数") long segmentsOut,
            @Means(en = "segments/s", zh = "每秒发送段") double tcpOutPerS,
            @Means(en = "retransmitted", zh = "重传率") Optional<Percent> retransPct,
            @Means(en = "retransmits/s", zh = "每秒重传") double retransPerS,
            @Means(en = "SYN retransmits/s", zh = "每秒 SYN 重传") double synRetransPerS,
            @Means(en = "listen overflows/s", zh = "每秒监听溢出") double listenOverflowsPerS,
            @Means(en = "listen drops/s", zh = "每秒监听丢弃") double listenDropsPerS,
            @Means(en = "TCP timeouts/s", zh = "每秒 TCP 超时") double tcpTimeoutsPerS,
            @Means(en = "UDP buffer errors/s", zh = "每秒 UDP 缓冲错误") double udpRcvbufErrorsPerS,
            @Means(en = "reassembly failures/s", zh = "每秒重组失败") double ipReasmFailsPerS,
            @Means(en = "softnet drops/s", zh = "每秒软中断丢弃") double softnetDropsPerS,
            @Means(en = "device drops/s", zh = "每秒网卡丢弃") double nicDropsPerS,
            @Means(en = "tracked connections", zh = "连接跟踪数") Optional<Long> conntrackCount,
            @Means(en = "tracking full", zh = "连接跟踪占用") Optional<Percent> conntrackPct,
            @Means(en = "open files", zh = "打开文件数") long filesOpen,
            @Means(en = "files full", zh = "文件句柄占用") Percent filesPct,
            @Means(en = "overflows since boot", zh = "开机以来监听溢出") long listenOverflowsTotal,
            @Means(en = "evidence", zh = "依据") Places at) {
        public Stats {
            requireNonNull(retransPct, "retransPct is null");
            requireNonNull(conntrackCount, "conntrackCount is null");
            requireNonNull(conntrackPct, "conntrackPct is null");
            requireNonNull(filesPct, "filesPct is null");
            requireNonNull(at, "at is null");
        }
    }

    /// Where the numbers of the last look stand.
    public record Places(
            @Means(en = "TCP", zh = "TCP") Optional<Finding.Lines> tcp,
            @Means(en = "TCP, more", zh = "TCP 扩展") Optional<Finding.Lines> tcpExt,
            @Means(en = "UDP", zh = "UDP") Optional<Finding.Lines> udp,
            @Means(en = "connection tracking", zh = "连接跟踪") Optional<Finding.Lines> conntrack) {
        public Places {
            requireNonNull(tcp, "tcp is null");
            requireNonNull(tcpExt, "tcpExt is null");
            requireNonNull(udp, "udp is null");
            requireNonNull(conntrack, "conntrack is null");
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "net.stats",
                "network",
                Bilingual.of("Network drops, retransmits and full tables", "网络丢包、重传与表项占用"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("any packet loss on web-1?", "web-1 有没有丢包"),
                Bilingual.of("how many tcp retransmits on db-1", "db-1 的 TCP 重传多吗"),
                Bilingual.of("is conntrack full on lb-1", "lb-1 的 conntrack 满了吗"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return switch (soFar.size()) {
            case 0 -> Next.run(KernelCounters.command());
            case 1 -> new Next.Run(KernelCounters.command(), arguments.interval());
            default -> Next.done();
        };
    }

    @Override
    public Reading<Stats> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        KernelCounters first = KernelCounters.read(1, captures);
        KernelCounters last = KernelCounters.read(2, captures);
        double seconds = last.uptimeS() - first.uptimeS();
        if (seconds <= 0) {
            throw new Unreadable(
                    Bilingual.of("the host was started anew between two looks", "两次采样之间主机重新启动过"));
        }
        Rates rates = new Rates(first, last, seconds);
        long sent = rates.difference("TcpOutSegs");
        long again = rates.difference("TcpRetransSegs");
        return Reading.ok(
                new Stats(
                        Math.round(seconds * 100) / 100.0,
                        sent,
                        rates.perS("TcpOutSegs"),
                        sent < ENOUGH_SEGMENTS
                                ? Optional.empty()
                                : Optional.of(Percent.of(again, sent)),
                        rates.perS("TcpRetransSegs"),
                        rates.perS("TcpExtTCPSynRetrans"),
                        rates.perS("TcpExtListenOverflows"),
                        rates.perS("TcpExtListenDrops"),
                        rates.perS("TcpExtTCPTimeouts"),
                        rates.perS("UdpRcvbufErrors"),
                        rates.perS("IpReasmFails"),
                        rates.perS(first.softnetDrops(), last.softnetDrops()),
                        rates.perS(first.deviceDrops(), last.deviceDrops()),
                        last.conntrackCount(),
                        last.conntrackCount()
                                .flatMap(count ->
                                        last.conntrackMax().map(max -> Percent.of(count, max))),
                        last.filesOpen(),
                        Percent.of(last.filesOpen(), last.filesMax()),
                        last.value("TcpExtListenOverflows"),
                        new Places(
                                last.at("Tcp"),
                                last.at("TcpExt"),
                                last.at("Udp"),
                                last.atFile(KernelCounters.COUNT))));
    }

    /// What happened between two looks. Counters that went back count as 0.
    private record Rates(KernelCounters first, KernelCounters last, double seconds) {
        long difference(String name) {
            return Math.max(0, last.value(name) - first.value(name));
        }

        double perS(String name) {
            return perS(first.value(name), last.value(name));
        }

        double perS(long before, long after) {
            return Math.round(100 * Math.max(0, after - before) / seconds) / 100.0;
        }
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Stats> reading) {
        Stats stats = reading.value();
        List<Finding> findings = new ArrayList<>();
        findings.add(retransmits(stats));
        rate(
                findings,
                Severity.CRITICAL,
                stats.listenOverflowsPerS(),
                stats.at().tcpExt(),
                "%.1f connections a second are dropped because a program does not accept them in"
                        + " time",
                "每秒有 %.1f 个连接因程序来不及接受而被丢弃");
        rate(
                findings,
                Severity.NOTICE,
                stats.synRetransPerS(),
                stats.at().tcpExt(),
                "%.1f attempts a second to connect get no answer and are repeated",
                "每秒有 %.1f 次建立连接的尝试没有应答而重发");
        rate(
                findings,
                Severity.WARNING,
                stats.udpRcvbufErrorsPerS(),
                stats.at().udp(),
                "%.1f UDP packets a second are dropped because a program does not read in time",
                "每秒有 %.1f 个 UDP 包因程序来不及读取而被丢弃");
        rate(
                findings,
                Severity.WARNING,
                stats.softnetDropsPerS(),
                Optional.empty(),
                "%.1f packets a second are dropped because a processor is too slow for them",
                "每秒有 %.1f 个包因处理器来不及处理而被丢弃");
        rate(
                findings,
                Severity.WARNING,
                stats.nicDropsPerS(),
                Optional.empty(),
                "devices drop %.1f packets a second",
                "网卡每秒丢弃 %.1f 个包");
        rate(
                findings,
                Severity.WARNING,
                stats.ipReasmFailsPerS(),
                Optional.empty(),
                "%.1f packets a second could not be put together from their fragments",
                "每秒有 %.1f 个分片包重组失败");
        full(
                findings,
                stats.conntrackPct(),
                stats.at().conntrack(),
                "the table of tracked connections is %s full: new connections are dropped when it"
                        + " is",
                "连接跟踪表已用 %s：写满后新连接会被丢弃");
        full(
                findings,
                Optional.of(stats.filesPct()),
                Optional.empty(),
                "%s of the files that may be open on this host are open",
                "该主机允许打开的文件已用 %s");
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding retransmits(Stats stats) {
        List<Finding.Lines> at = stats.at().tcp().stream().toList();
        if (stats.retransPct().isEmpty()) {
            return new Finding(
                    Severity.HEALTHY,
                    Bilingual.of(
                            "too little traffic for a share of retransmits: %d segments in %.1f s, %.1f sent again a second"
                                    .formatted(
                                            stats.segmentsOut(),
                                            stats.seconds(),
                                            stats.retransPerS()),
                            "流量太小，无法给出重传率：%.1f 秒内 %d 段，每秒重传 %.1f"
                                    .formatted(
                                            stats.seconds(),
                                            stats.segmentsOut(),
                                            stats.retransPerS())),
                    at);
        }
        Percent share = stats.retransPct().get();
        Severity severity =
                share.value() > LOSSY_FAR
                        ? Severity.WARNING
                        : share.value() > LOSSY_NEAR ? Severity.NOTICE : Severity.HEALTHY;
        String near =
                severity == Severity.NOTICE
                        ? " (much for a local network, little for a far one)"
                        : "";
        String nearZh = severity == Severity.NOTICE ? "（对局域网偏高，对广域网正常）" : "";
        return new Finding(
                severity,
                Bilingual.of(
                        "{0} of the TCP segments had to be sent again{1}",
                        "TCP 段重传率 {0}{2}", share, near, nearZh),
                at);
    }

    private static void rate(
            List<Finding> findings,
            Severity severity,
            double perS,
            Optional<Finding.Lines> at,
            String en,
            String zh) {
        if (perS > 0) {
            findings.add(
                    new Finding(
                            severity,
                            Bilingual.of(
                                    String.format(Locale.ROOT, en, perS),
                                    String.format(Locale.ROOT, zh, perS)),
                            at.stream().toList()));
        }
    }

    private static void full(
            List<Finding> findings,
            Optional<Percent> share,
            Optional<Finding.Lines> at,
            String en,
            String zh) {
        share.filter(one -> one.value() > FULL)
                .ifPresent(one ->
                        findings.add(
                                new Finding(
                                        Severity.CRITICAL,
                                        Bilingual.of(en.formatted(one), zh.formatted(one)),
                                        at.stream().toList())));
    }
}
