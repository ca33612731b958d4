package parley.tools.catalogue.load;

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
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where memory is, whether it is short, and whether the host swaps now.
///
/// Source: `/proc/meminfo`, two looks at `/proc/vmstat` one second apart, `/proc/pressure/memory`
/// (absent on old kernels: a gap), and `ps` for the ten largest processes. Amounts are bytes.
/// Judged by what is available without swapping, never by what is free. Never empty.
public final class MemUsage implements Observation<MemUsage.Arguments, MemUsage.Usage> {
    private static final int LARGEST = 10;
    private static final List<String> RESOURCES = List.of("memory");
    private static final Argv LOOK = Argv.of("cat", "/proc/uptime", "/proc/vmstat");
    private static final Pattern UPTIME = Pattern.compile("(\\d+\\.\\d+) \\d+\\.\\d+");

    public record Arguments() {}

    /// @param total 0 when there is no swap
    /// @param inPerS pages read back from swap per second, between the two looks
    public record Swap(
            @Means(en = "total", zh = "总量") Bytes total,
            @Means(en = "used", zh = "已用") Bytes used,
            @Means(en = "pages in/s", zh = "每秒换入页数") long inPerS,
            @Means(en = "pages out/s", zh = "每秒换出页数") long outPerS,
            @Means(en = "evidence", zh = "出处") List<Finding.Lines> evidence) {
        public Swap {
            evidence = List.copyOf(evidence);
            requireNonNull(total, "total is null");
            requireNonNull(used, "used is null");
        }
    }

    public record HugePages(
            @Means(en = "total", zh = "总量") Bytes total,
            @Means(en = "free", zh = "空闲") Bytes free) {
        public HugePages {
            requireNonNull(total, "total is null");
            requireNonNull(free, "free is null");
        }
    }

    /// @param rss resident bytes; pages shared between processes count in each
    public record Largest(
            @Means(en = "process", zh = "进程号") Pid pid,
            @Means(en = "user", zh = "用户") HostText user,
            @Means(en = "resident", zh = "常驻内存") Bytes rss,
            @Means(en = "program", zh = "程序") HostText command,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public Largest {
            requireNonNull(pid, "pid is null");
            requireNonNull(user, "user is null");
            requireNonNull(rss, "rss is null");
            requireNonNull(command, "command is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    /// @param available what new work can get without swapping
    /// @param anon memory of programs themselves
    /// @param pageCache file contents, without what is shared memory
    /// @param shmem shared memory and memory filesystems: counts as cache but cannot be dropped
    /// @param committedPct promised memory as a share of the limit
    /// @param directReclaimPerS pages programs had to search for themselves, per second
    /// @param unaccounted held by drivers and the kernel outside its own counters
    /// @param oomKills processes killed for lack of memory since boot; empty on old kernels
    public record Usage(
            @Means(en = "total", zh = "总量") Bytes total,
            @Means(en = "available", zh = "可用") Bytes available,
            @Means(en = "available %", zh = "可用比例") Percent availablePct,
            @Means(en = "free", zh = "空闲") Bytes free,
            @Means(en = "programs", zh = "程序") Bytes anon,
            @Means(en = "page cache", zh = "页缓存") Bytes pageCache,
            @Means(en = "shared", zh = "共享内存") Bytes shmem,
            @Means(en = "slab, reclaimable", zh = "可回收 slab") Bytes slabReclaimable,
            @Means(en = "slab, fixed", zh = "不可回收 slab") Bytes slabUnreclaimable,
            @Means(en = "page tables", zh = "页表") Bytes pageTables,
            @Means(en = "kernel stacks", zh = "内核栈") Bytes kernelStack,
            @Means(en = "huge pages", zh = "大页") HugePages hugepages,
            @Means(en = "committed", zh = "已承诺比例") Percent committedPct,
            @Means(en = "swap", zh = "交换区") Swap swap,
            @Means(en = "direct reclaim/s", zh = "每秒直接回收页数") long directReclaimPerS,
            @Means(en = "unaccounted", zh = "未归类") Bytes unaccounted,
            @Means(en = "killed since boot", zh = "启动以来因内存不足被杀") Optional<Long> oomKills,
            @Means(en = "killed between looks", zh = "采样期间因内存不足被杀") long oomKillsMeanwhile,
            @Means(en = "seconds between looks", zh = "采样间隔秒数") double seconds,
            @Means(en = "pressure", zh = "压力") List<Pressure> psi,
            @Means(en = "largest processes", zh = "最大的进程") List<Largest> largest,
            @Means(en = "evidence", zh = "出处") List<Finding.Lines> evidence) {
        public Usage {
            evidence = List.copyOf(evidence);
            requireNonNull(total, "total is null");
            requireNonNull(available, "available is null");
            requireNonNull(availablePct, "availablePct is null");
            requireNonNull(free, "free is null");
            requireNonNull(anon, "anon is null");
            requireNonNull(pageCache, "pageCache is null");
            requireNonNull(shmem, "shmem is null");
            requireNonNull(slabReclaimable, "slabReclaimable is null");
            requireNonNull(slabUnreclaimable, "slabUnreclaimable is null");
            requireNonNull(pageTables, "pageTables is null");
            requireNonNull(kernelStack, "kernelStack is null");
            requireNonNull(hugepages, "hugepages is null");
            requireNonNull(committedPct, "committedPct is null");
            requireNonNull(swap, "swap is null");
            requireNonNull(unaccounted, "unaccounted is null");
            requireNonNull(oomKills, "oomKills is null");
            psi = List.copyOf(psi);
            largest = List.copyOf(largest);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "mem.usage",
                "load",
                Bilingual.of("Where memory is and whether it is short", "内存使用情况与是否紧张"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("how much memory is free on db-1", "db-1 还剩多少内存"),
                Bilingual.of("is batch-1 swapping", "batch-1 在用 swap 吗"),
                Bilingual.of("is memory running out", "内存是不是不够了"),
                Bilingual.of("where did all the RAM go", "内存都被什么占了"),
                Bilingual.of("free -m on cache-1", "看看 cache-1 的内存使用率"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return switch (soFar.size()) {
            case 0 -> Next.run(Argv.of("cat", "/proc/meminfo"));
            case 1 -> Next.run(LOOK);
            case 2 ->
                    Next.run(
                            Argv.of(
                                    "ps",
                                    "-eo",
                                    "pid,user:20,rss,comm",
                                    "--no-headers",
                                    "--sort=-rss"));
            case 3 -> Next.run(Pressure.command(RESOURCES));
            case 4 -> new Next.Run(LOOK, Duration.ofSeconds(1));
            default -> Next.done();
        };
    }

    @Override
    public Reading<Usage> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        Counters memory = Counters.memory(Lines.of(1, captures));
        Look first = Look.read(2, captures);
        List<Largest> largest = largest(3, captures);
        List<Pressure> pressure = Pressure.read(4, captures, RESOURCES, gaps);
        Look last = Look.read(5, captures);
        double seconds = last.uptime() - first.uptime();
        if (seconds <= 0) {
            throw new Unreadable(
                    Bilingual.of("the host was started anew between two looks", "两次采样之间主机重新启动过"));
        }
        HugePages huge = huge(memory);
        return Reading.of(
                new Usage(
                        new Bytes(memory.get("MemTotal")),
                        new Bytes(memory.get("MemAvailable")),
                        Percent.of(memory.get("MemAvailable"), memory.get("MemTotal")),
                        new Bytes(memory.get("MemFree")),
                        new Bytes(memory.get("AnonPages")),
                        new Bytes(cache(memory)),
                        new Bytes(memory.get("Shmem")),
                        new Bytes(memory.get("SReclaimable")),
                        new Bytes(memory.get("SUnreclaim")),
                        new Bytes(memory.get("PageTables")),
                        new Bytes(memory.get("KernelStack")),
                        huge,
                        Percent.of(memory.get("Committed_AS"), memory.get("CommitLimit")),
                        new Swap(
                                new Bytes(memory.get("SwapTotal")),
                                new Bytes(
                                        Math.max(
                                                0,
                                                memory.get("SwapTotal") - memory.get("SwapFree"))),
                                first.perSecond(last, "pswpin"),
                                first.perSecond(last, "pswpout"),
                                evidence(memory, first, last)),
                        first.perSecond(last, "pgscan_direct"),
                        new Bytes(unaccounted(memory, huge)),
                        last.counters().find("oom_kill").stream().boxed().findFirst(),
                        Math.max(
                                0,
                                last.counters().sum("oom_kill") - first.counters().sum("oom_kill")),
                        Math.round(seconds * 100) / 100.0,
                        pressure,
                        largest,
                        memory.lines("MemTotal", "MemAvailable")),
                gaps);
    }

    /// One look at the counters of virtual memory.
    private record Look(double uptime, Counters counters) {
        static Look read(int number, List<Capture> captures) throws Unreadable {
            List<Line> lines = Lines.of(number, captures);
            if (lines.size() < 2) {
                throw new Unreadable(
                        Bilingual.of("cat printed less than two files", "cat 输出的内容不足两个文件"));
            }
            Line head = lines.getFirst();
            return new Look(
                    head.decimal(head.match(UPTIME, "two numbers of seconds").group(1)),
                    Counters.plain(lines.subList(1, lines.size())));
        }

        long perSecond(Look later, String name) {
            long difference = later.counters.sum(name) - counters.sum(name);
            return Math.round(Math.max(0, difference) / (later.uptime - uptime));
        }
    }

    private static List<Finding.Lines> evidence(Counters memory, Look first, Look last) {
        List<Finding.Lines> evidence = new ArrayList<>(memory.lines("SwapTotal", "SwapFree"));
        evidence.addAll(first.counters().lines("pswpin", "pswpout"));
        evidence.addAll(last.counters().lines("pswpin", "pswpout"));
        return evidence;
    }

    private static long cache(Counters memory) throws Unreadable {
        long files = memory.get("Cached") + memory.get("Buffers");
        return Math.max(0, files - memory.get("Shmem"));
    }

    private static HugePages huge(Counters memory) {
        long size = memory.find("Hugepagesize").orElse(0);
        long total = memory.find("HugePages_Total").orElse(0) * size;
        return new HugePages(
                // all sizes together, where the kernel says so
                new Bytes(memory.find("Hugetlb").orElse(total)),
                new Bytes(memory.find("HugePages_Free").orElse(0) * size));
    }

    private static long unaccounted(Counters memory, HugePages huge) throws Unreadable {
        long known =
                memory.get("MemFree")
                        + memory.get("AnonPages")
                        + memory.get("Cached")
                        + memory.get("Buffers")
                        + memory.get("SReclaimable")
                        + memory.get("SUnreclaim")
                        + memory.get("PageTables")
                        + memory.get("KernelStack")
                        + memory.find("Percpu").orElse(0)
                        + huge.total().value();
        return Math.max(0, memory.get("MemTotal") - known);
    }

    private static List<Largest> largest(int number, List<Capture> captures) throws Unreadable {
        List<Largest> all = new ArrayList<>();
        // sorted by the host, so what a cut leaves out is smaller than what is kept
        for (Line line : Lines.whole(number, captures)) {
            List<String> words = line.words(4, 4, "process, user, resident KiB, program");
            all.add(
                    new Largest(
                            line.pid(words.get(0)),
                            new HostText(words.get(1)),
                            line.bytes(words.get(2), 1024),
                            new HostText(words.get(3)),
                            line.at()));
        }
        return all.stream().limit(LARGEST).toList();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Usage> reading) {
        return MemFindings.of(reading);
    }
}
