package parley.tools.catalogue.kernel;

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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.Boot;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.read.Captures;
import parley.tools.value.Count;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The boots of a host: when, how the ones before ended, how long the last took, and whether the
/// host is about to go down.
///
/// Source: the kernel's boot id; `systemctl is-system-running`, which exits with 1 for every answer
/// but `running`; `/run/systemd/shutdown/scheduled`; the list of boots of the journal and the last
/// entries of each; `systemd-analyze`; files in `/var/crash` and `/sys/fs/pstore`. A journal that
/// is kept in memory knows the running boot only. Never empty. Without root, and outside the groups
/// that may read the journal, how boots ended is not seen and the reading is partial.
public final class BootReport implements Observation<BootReport.Arguments, Boots> {
    private static final long DEFAULT_LIMIT = 5;
    private static final long LAST_LINES = 40;
    static final Argv BOOT_ID = Argv.of("cat", "--", "/proc/sys/kernel/random/boot_id");
    static final Argv STATE = Argv.of("systemctl", "is-system-running").alsoReadableWhenExit(1);
    static final Argv SCHEDULED =
            Argv.of("cat", "--", "/run/systemd/shutdown/scheduled").alsoReadableWhenExit(1);
    static final Argv CRASHES =
            Argv.of(
                            "find",
                            "/var/crash",
                            "/sys/fs/pstore",
                            "-maxdepth",
                            "2",
                            "-type",
                            "f",
                            "-printf",
                            "%p\\0")
                    .betterAsRoot()
                    .alsoReadableWhenExit(1);

    public record Arguments(
            @Means(en = "how many boots (default 5)", zh = "多少次启动（默认 5）")
                    @Whole(least = 1, most = 12)
                    Optional<Count> limit) {
        static Arguments latest() {
            return new Arguments(Optional.of(new Count(1)));
        }

        long wanted() {
            return limit.map(Count::value).orElse(DEFAULT_LIMIT);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "boot.report",
                "kernel",
                Bilingual.of("Boots, how they ended, and slow units", "启动记录、异常重启与启动耗时"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("boot history of web-1", "web-1 的启动历史"),
                Bilingual.of("when did db-1 boot", "db-1 的启动历史"),
                Bilingual.of("how long did the boot of batch-1 take", "batch-1 启动花了多长时间"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("find /var/crash /sys/fs/pstore -maxdepth 2 -type f -printf %p\\0"),
                RootCommand.of("journalctl --no-pager --list-boots --utc"),
                JournalLines.rootCommand("--boot=<~-?[0-9]+>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    /// The last entries of boot `index`.
    static Argv lastWords(Platform platform, long index) {
        return JournalLines.newest(platform, LAST_LINES, List.of("--boot=" + index));
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (!platform.hasSystemd()) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "this host does not run systemd, which keeps the record of boots",
                            "该主机没有运行 systemd，没有启动记录"));
        }
        return Next.known(soFar, () -> commands(arguments, platform, soFar));
    }

    private static List<Argv> commands(Arguments arguments, Platform platform, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands =
                new ArrayList<>(
                        List.of(
                                BOOT_ID,
                                STATE,
                                SCHEDULED,
                                BootTimes.TIME,
                                BootTimes.BLAME,
                                CRASHES,
                                JournalLines.groups(),
                                Boot.list()));
        if (soFar.size() >= commands.size()) {
            ended(arguments, soFar)
                    .forEach(boot -> commands.add(lastWords(platform, boot.index())));
        }
        return commands;
    }

    /// The newest boots, the running one first.
    static List<Boot> newest(Arguments arguments, List<Capture> captures) throws Unreadable {
        List<Boot> boots = Boot.read(Captures.number(captures, Boot.list()), captures).reversed();
        return boots.subList(0, (int) Math.min(arguments.wanted(), boots.size()));
    }

    /// Those of them that are over.
    static List<Boot> ended(Arguments arguments, List<Capture> captures) throws Unreadable {
        return newest(arguments, captures).stream().filter(boot -> boot.index() < 0).toList();
    }

    @Override
    public Reading<Boots> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return BootReportReading.of(arguments, platform, captures);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Boots> reading) {
        return BootFindings.of(reading);
    }
}
