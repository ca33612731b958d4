package parley.tools.catalogue.jobs;

import parley.tools.Argv;
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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.value.Count;
import parley.tools.value.JobId;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a transaction of Parley's runs on a host, how far it is, and how the last one ended.
///
/// Source: `systemctl show parley-tx.service` while the unit is there, and the journal: systemd's
/// own entries say how a transaction ended whose unit is gone, also after a reboot. A unit that
/// never existed says "success, exit 0" too, so only `LoadState=loaded` counts. Without `jobId` it
/// is about the newest. *Empty* means that this host knows of no transaction and that the whole
/// journal was visible.
public final class JobStatus implements Observation<JobStatus.Arguments, JobState> {
    /// How many lines are looked through for progress, shown or not.
    private static final long LEAST_LINES = 200;

    private static final long DEFAULT_TAIL = 100;
    private static final Argv BOOT = Argv.of("cat", "--", "/proc/sys/kernel/random/boot_id");

    public record Arguments(
            @Means(en = "the job; the newest unless said", zh = "任务编号；缺省为最近一次")
                    Optional<JobId> jobId,
            @Means(en = "the newest so many lines of output (default 100)", zh = "输出的最新多少行（默认 100）")
                    @Whole(least = 0, most = 500)
                    Optional<Count> tail) {
        long wanted() {
            return tail.map(Count::value).orElse(DEFAULT_TAIL);
        }

        long read() {
            return Math.max(LEAST_LINES, wanted() + 1);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "job.status",
                "jobs",
                Bilingual.of(
                        "Whether a long change is still running, and how it ended", "后台事务的进度与结果"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("is the upgrade on web-1 still running?", "web-1 上的升级还在跑吗"),
                Bilingual.of("status of the background job on lb-1", "查看 lb-1 的后台任务"),
                Bilingual.of("how did the last transaction on db-1 end", "db-1 上一次事务结果如何"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return JobJournal.rootCommands();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    static Argv show(Platform platform) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "systemctl",
                                "--no-ask-password",
                                "--no-pager",
                                "show",
                                "--property=" + JobUnit.PROPERTIES));
        if (platform.systemdVersion() >= 247) {
            words.add("--timestamp=unix");
        }
        words.addAll(List.of("--", Transaction.UNIT));
        return Argv.of(words);
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (!platform.hasSystemd()) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "this host does not run systemd; transactions need it",
                            "该主机没有运行 systemd；后台事务依赖 systemd"));
        }
        if (platform.systemdVersion() < Transaction.LEAST_SYSTEMD) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "this host's systemd {0} is too old for transactions; {1} or newer is"
                                    + " needed",
                            "该主机的 systemd {0} 过旧，无法执行后台事务；需要 {1} 或更新版本",
                            platform.systemdVersion(),
                            Transaction.LEAST_SYSTEMD));
        }
        return Next.known(soFar, () -> commands(arguments, platform, soFar));
    }

    /// The commands known so far.
    private static List<Argv> commands(Arguments arguments, Platform platform, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>();
        commands.add(show(platform));
        if (soFar.isEmpty()) {
            return commands;
        }
        JobUnit unit = JobUnit.read(soFar.getFirst());
        Optional<JobId> id = arguments.jobId().or(unit::id);
        if (unit.isStarting() && arguments.jobId().isEmpty()) {
            return commands;
        }
        if (id.isEmpty()) {
            commands.add(JobJournal.newest(platform));
            if (soFar.size() < commands.size()) {
                return commands;
            }
            id = JobJournal.id(soFar.get(1));
        }
        if (id.isPresent()) {
            commands.add(JobJournal.own(platform, id.get()));
            commands.add(JobJournal.output(platform, id.get(), arguments.read()));
        }
        if (id.isPresent() && !unit.id().equals(id)) {
            commands.add(BOOT);
        }
        if (id.isEmpty()) {
            commands.add(JournalLines.volume());
        }
        if (soFar.stream().anyMatch(JobStatus::isPartial)) {
            commands.add(JournalLines.groups());
        }
        return commands;
    }

    private static boolean isPartial(Capture capture) {
        return capture.argv().program().equals("journalctl") && !capture.asRoot();
    }

    @Override
    public Reading<JobState> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        JobUnit unit = JobUnit.read(captures.getFirst());
        if (unit.isStarting() && arguments.jobId().isEmpty()) {
            return Reading.ok(JobReading.starting(unit));
        }
        Optional<JobId> id = arguments.jobId().or(unit::id);
        int next = 1;
        List<Bilingual> gaps = new ArrayList<>();
        if (id.isEmpty()) {
            id = JobJournal.id(captures.get(1));
            next = 2;
        }
        Optional<Capture> groups = find(captures, "id");
        if (id.isEmpty()) {
            Optional<Capture> volume =
                    captures.stream()
                            .filter(one -> one.argv().equals(JournalLines.volume()))
                            .findFirst();
            gaps.addAll(JournalLines.gaps(captures.get(1), groups, volume));
            return Reading.of(JobReading.none(), true, gaps);
        }
        Capture own = captures.get(next);
        Capture output = captures.get(next + 1);
        gaps.addAll(JournalLines.gaps(output, groups, Optional.empty()));
        JobReading reading =
                new JobReading(
                        id.get(),
                        unit,
                        JobJournal.read(own),
                        JournalLines.read(output),
                        boot(find(captures, "cat")),
                        arguments.wanted());
        return Reading.of(reading.state(), gaps);
    }

    private static Optional<String> boot(Optional<Capture> boot) throws Unreadable {
        if (boot.isEmpty()) {
            return Optional.empty();
        }
        String id = boot.get().readable().stdout().strip();
        if (!id.matches("[0-9a-f-]{36}")) {
            throw Unreadable.line(boot.get().argv(), 1, "a boot id", id);
        }
        return Optional.of(id.replace("-", ""));
    }

    private static Optional<Capture> find(List<Capture> captures, String program) {
        return captures.stream().filter(one -> one.argv().program().equals(program)).findFirst();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<JobState> reading) {
        JobState state = reading.value();
        Severity severity =
                switch (state.state()) {
                    case OK -> state.said().isEmpty() ? Severity.NOTICE : Severity.WARNING;
                    case RUNNING, NONE -> Severity.NOTICE;
                    case STOPPED, LOST -> Severity.WARNING;
                    case FAILED, INTERRUPTED -> Severity.CRITICAL;
                };
        if (state.state() == JobState.State.NONE && reading.status() == Reading.Status.PARTIAL) {
            return List.of(
                    Finding.of(
                            Severity.WARNING,
                            "no transaction of Parley's is running; whether there ever was one"
                                    + " cannot be seen",
                            "当前没有 Parley 的事务在执行；是否曾经有过则无法看到"));
        }
        Bilingual says = JobWords.of(state);
        return List.of(Finding.of(severity, says.en(), says.zh()));
    }
}
