package parley.tools.catalogue.kernel;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Following;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.jobs.JobState;
import parley.tools.catalogue.jobs.JobStatus;
import parley.tools.catalogue.packages.ManagerLocks;
import parley.tools.catalogue.packages.PackageLockStatus;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.WallReason;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reboots a host in an orderly way, and waits until it is back.
///
/// Command: `shutdown -r +MINUTES REASON` as root, which schedules it and comes back at once; at
/// least one minute ahead, so that it can be called off (`shutdown -c`) and is seen to be
/// scheduled. It is followed while it is scheduled, while the host is out of reach and until
/// systemd says that it is up. Exit 0 proves nothing: the boot id does, which changes with every
/// boot.
public final class BootReboot implements Change<BootReboot.Arguments, BootReboot.Scheduled> {
    private static final long DEFAULT_DELAY = 1;
    private static final String REBOOT = "reboot.target";

    public record Arguments(
            @Means(en = "in how many minutes, 1 to 60 (default 1)", zh = "多少分钟后，1 到 60（默认 1）")
                    @Whole(least = 1, most = 60)
                    Optional<Count> delayMin,
            @Means(en = "why, as everybody logged in is told", zh = "原因，会告知所有已登录用户")
                    Optional<WallReason> reason) {
        long minutes() {
            return delayMin.map(Count::value).orElse(DEFAULT_DELAY);
        }
    }

    /// What `shutdown` accepted.
    public record Scheduled(@Means(en = "said", zh = "回复") HostText said) {}

    @Override
    public Card card() {
        return new Card(
                "boot.reboot",
                "kernel",
                Bilingual.of("Reboot a host", "重启主机"),
                Risk.DISRUPTIVE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("reboot web-1", "重启主机 web-1"),
                        Bilingual.of("reboot batch-1", "重启主机 batch-1"),
                        Bilingual.of("restart the host lb-1", "重启主机 lb-1")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Call<?> look() {
        return new Call<>(new BootReport(), BootReport.Arguments.latest());
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(
                look(),
                new Call<>(
                        new JobStatus(),
                        new JobStatus.Arguments(Optional.empty(), Optional.empty())),
                new Call<>(new PackageLockStatus(), new PackageLockStatus.Arguments()),
                new Call<>(new BootRebootRequired(), new BootRebootRequired.Arguments()));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        Optional<Boots> boots = preview.find(Boots.class);
        if (boots.isEmpty()) {
            obstacles.add(
                    Bilingual.of(
                            "the host's boot id could not be read, so nothing could prove the"
                                    + " reboot",
                            "读不到主机的启动标识，无法证实是否已重启"));
        }
        boots.ifPresent(now -> obstacles.addAll(RebootImpact.obstacles(now)));
        if (preview.find(JobState.class)
                .filter(job -> job.state() == JobState.State.RUNNING)
                .isPresent()) {
            obstacles.add(
                    Bilingual.of(
                            "a transaction of Parley's is running: a reboot would break it off",
                            "Parley 的事务正在执行：重启会使其中断"));
        }
        if (preview.find(ManagerLocks.class).filter(ManagerLocks::busy).isPresent()) {
            obstacles.add(
                    Bilingual.of(
                            "the package manager is at work: a reboot now could leave packages half"
                                    + " done",
                            "软件包管理器正在工作：此时重启可能留下未完成的软件包"));
        }
        lines.add(
                Bilingual.of(
                        "everything on the host stops, in "
                                + arguments.minutes()
                                + (arguments.minutes() == 1 ? " minute" : " minutes")
                                + "; until it is back nobody can reach it",
                        arguments.minutes() + " 分钟后主机上的一切服务都会停止；恢复之前无法连接"));
        boots.ifPresent(now -> lines.addAll(RebootImpact.lines(now)));
        preview.find(RebootNeed.class).ifPresent(need -> lines.add(RebootImpact.kernel(need)));
        return new Impact(Risk.DISRUPTIVE, Set.of(REBOOT), Set.of(), Set.of(), lines, obstacles);
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        List<String> words = new ArrayList<>(List.of("shutdown", "-r", "+" + arguments.minutes()));
        // No space: sudo compares all words as one text, and what stands behind a space could be
        // sent as a word of its own.
        arguments.reason().ifPresent(reason -> words.add(reason.value().replace(' ', '_')));
        return List.of(Argv.of(words).asRoot());
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("shutdown -r +<number> [[ <~[A-Za-z0-9][A-Za-z0-9._-]{0,79}> ]]"));
    }

    @Override
    public Optional<Following> following(Arguments arguments) {
        return Optional.of(new RebootFollowing(arguments.minutes()));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return Undo.byHand(
                Bilingual.of(
                        "until it fires, on the host: shutdown -c; a reboot that happened cannot be"
                                + " taken back",
                        "触发之前可在主机上执行 shutdown -c 取消；已经发生的重启无法撤销"));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look());
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        List<Boots> seen =
                after.stream()
                        .map(one -> one.reading().value())
                        .filter(Boots.class::isInstance)
                        .map(Boots.class::cast)
                        .toList();
        return RebootImpact.proof(
                preview.find(Boots.class),
                seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast()));
    }

    /// `shutdown` says on standard error when it will be; older ones on standard output.
    @Override
    public Reading<Scheduled> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.getFirst().readable();
        String said = (capture.stdout() + capture.stderr()).lines().findFirst().orElse("");
        if (!said.matches("(?:Shutdown|Reboot) scheduled for .{1,120}")) {
            throw Unreadable.line(capture.argv(), 1, "when the shutdown is scheduled", said);
        }
        return Reading.ok(new Scheduled(new HostText(said)));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Scheduled> reading) {
        String said = reading.value().said().value();
        return List.of(Finding.of(Severity.NOTICE, said, "已安排重启：" + said));
    }

    /// Waits while the reboot is scheduled, and until the host is up again.
    private record RebootFollowing(long minutes) implements Following {
        @Override
        public Call<?> look(Optional<Observed> first) {
            return BootReboot.look();
        }

        @Override
        public Stage stage(Observed look) {
            if (!(look.reading().value() instanceof Boots boots)) {
                throw new IllegalArgumentException("not a look at the boots");
            }
            return RebootImpact.stage(boots);
        }

        @Override
        public List<Argv> clear() {
            return List.of();
        }

        @Override
        public Duration every() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration alertAfter() {
            return Duration.ofMinutes(minutes + 10);
        }
    }
}
