package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Pid;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which processes use most of something now: processor, memory, storage, open files, threads; or
/// which are stuck in uninterruptible sleep.
///
/// Source: the ranking from `top` (second block; processor), `ps` (memory, threads, state), two
/// reads of `/proc/PID/io` or the entries of `/proc/PID/fd`; then `ps` and `/proc/PID/stat` for the
/// processes chosen. Processor shares are of one processor, over the interval, never over the life
/// of the process. Empty means: no process is stuck (`dstate`). Command lines are cut after 200
/// characters and secrets in them masked.
public final class ProcessTop implements Observation<ProcessTop.Arguments, ProcessTop.Top> {
    /// The programs that look are themselves among what they see.
    private static final Set<String> OURS = Set.of("ps", "top", "sudo", "timeout");

    private static final long DEFAULT_LIMIT = 15;
    private static final long DEFAULT_INTERVAL = 1;

    /// What to rank by.
    public enum By {
        CPU,
        RSS,
        IO,
        FDS,
        THREADS,
        DSTATE
    }

    public record Arguments(
            @Means(
                            en =
                                    "rank by cpu, rss (memory), io, fds (open files), threads or"
                                            + " dstate; default cpu",
                            zh = "排序依据：cpu、rss（内存）、io、fds（打开文件数）、threads 或 dstate，默认 cpu")
                    Optional<By> by,
            @Means(en = "how many processes, 1 to 50; default 15", zh = "进程数，1 到 50，默认 15")
                    @Whole(least = 1, most = 50)
                    Optional<Count> limit,
            @Means(en = "seconds to watch, 1 to 5; default 1", zh = "观察秒数，1 到 5，默认 1")
                    @Whole(least = 1, most = 5)
                    Optional<Count> intervalS) {
        public Arguments {
            requireNonNull(by, "by is null");
            requireNonNull(limit, "limit is null");
            requireNonNull(intervalS, "intervalS is null");
        }

        By ranking() {
            return by.orElse(By.CPU);
        }

        long most() {
            return limit.map(Count::value).orElse(DEFAULT_LIMIT);
        }

        Duration interval() {
            return Duration.ofSeconds(intervalS.map(Count::value).orElse(DEFAULT_INTERVAL));
        }
    }

    /// @param startTicks when it started, in ticks since boot: tells a process from a later one of
    ///   the same id
    /// @param unit the systemd unit it belongs to; empty when it has none
    /// @param cpuPct share of one processor
    /// @param state one letter as `ps` has it: R, S, D, Z, T, I
    /// @param wchan where in the kernel it waits; empty when it does not, or it is hidden
    public record RunningProcess(
            @Means(en = "process", zh = "进程号") Pid pid,
            @Means(en = "started (ticks)", zh = "启动刻度") long startTicks,
            @Means(en = "user", zh = "用户") HostText user,
            @Means(en = "unit", zh = "单元") Optional<HostText> unit,
            @Means(en = "cpu", zh = "CPU") Percent cpuPct,
            @Means(en = "resident", zh = "常驻内存") Bytes rss,
            @Means(en = "read/s", zh = "每秒读取") Optional<Bytes> readBps,
            @Means(en = "written/s", zh = "每秒写入") Optional<Bytes> writeBps,
            @Means(en = "open files", zh = "打开文件数") Optional<Long> fds,
            @Means(en = "threads", zh = "线程数") long threads,
            @Means(en = "state", zh = "状态") String state,
            @Means(en = "waits in", zh = "等待位置") Optional<HostText> wchan,
            @Means(en = "age (s)", zh = "运行秒数") long ageS,
            @Means(en = "command", zh = "命令") HostText cmd,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public RunningProcess {
            requireNonNull(pid, "pid is null");
            requireNonNull(user, "user is null");
            requireNonNull(unit, "unit is null");
            requireNonNull(cpuPct, "cpuPct is null");
            requireNonNull(rss, "rss is null");
            requireNonNull(readBps, "readBps is null");
            requireNonNull(writeBps, "writeBps is null");
            requireNonNull(fds, "fds is null");
            requireNonNull(state, "state is null");
            requireNonNull(wchan, "wchan is null");
            requireNonNull(cmd, "cmd is null");
            requireNonNull(evidence, "evidence is null");
        }

        /// `nginx` of `/usr/sbin/nginx -g …` and of `nginx: worker process`.
        String program() {
            String first = cmd.value().split(" ", 2)[0];
            String name = first.endsWith(":") ? first.substring(0, first.length() - 1) : first;
            return name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
        }
    }

    /// @param looked how many processes were ranked
    /// @param processes the greatest first
    public record Top(
            @Means(en = "ranked by", zh = "排序依据") String by,
            @Means(en = "processes looked at", zh = "查看的进程数") long looked,
            @Means(en = "processes", zh = "进程") List<RunningProcess> processes) {
        public Top {
            requireNonNull(by, "by is null");
            processes = List.copyOf(processes);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "process.top",
                "load",
                Bilingual.of("Which processes use most", "占用资源最多的进程"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("top processes on web-1", "web-1 上占 CPU 最高的进程"),
                Bilingual.of("what is eating memory on db-1", "db-1 上谁最吃内存"),
                Bilingual.of("which process writes most to disk", "哪个进程写盘最多"),
                Bilingual.of("who has the most open files", "哪个进程打开的文件最多"),
                Bilingual.of("any processes stuck in D state", "有没有卡在 D 状态的进程"),
                Bilingual.of("which process has most threads", "哪个进程线程最多"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return PerProcessRanking.rootCommands();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        try {
            Ranking ranking = Ranking.of(arguments);
            Optional<Next> rank = ranking.next(soFar);
            if (rank.isPresent()) {
                return rank.get();
            }
            int ranked = ranking.commands(soFar);
            List<Pid> chosen = ranking.read(soFar).greatest();
            if (chosen.isEmpty()) {
                return Next.done();
            }
            List<Capture> details = soFar.subList(ranked, soFar.size());
            return switch (details.size()) {
                case 0 -> Next.run(Details.ps(chosen));
                case 1 -> Next.run(Details.stat(chosen));
                case 2 ->
                        ranking.measuresProcessor()
                                ? Next.done()
                                : new Next.Run(Details.stat(chosen), arguments.interval());
                default -> Next.done();
            };
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    @Override
    public Reading<Top> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Ranking ranking = Ranking.of(arguments);
        Ranking.Ranked ranked = ranking.read(captures);
        List<Bilingual> gaps = new ArrayList<>(ranked.gaps());
        List<RunningProcess> processes = new ArrayList<>();
        if (!ranked.scores().isEmpty()) {
            Details details = Details.read(ranking.commands(captures) + 1, captures);
            long gone = 0;
            for (Ranking.Score score : ranked.scores()) {
                if (processes.size() == arguments.most()) {
                    break;
                }
                Optional<RunningProcess> process = details.process(score);
                process.ifPresent(processes::add);
                gone += process.isEmpty() && !OURS.contains(score.program()) ? 1 : 0;
            }
            if (gone > 0) {
                gaps.add(
                        Bilingual.of(
                                "{0} of the processes that used most ended meanwhile",
                                "占用最多的进程中有 {0} 个已在查看期间结束", gone));
            }
        }
        return Reading.of(
                new Top(ranking.word(), ranked.looked(), processes), processes.isEmpty(), gaps);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Top> reading) {
        return TopFindings.of(arguments.ranking(), reading);
    }
}
