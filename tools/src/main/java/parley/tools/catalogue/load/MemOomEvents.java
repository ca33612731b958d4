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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.Boot;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.catalogue.logs.KernelBuffer;
import parley.tools.catalogue.logs.KernelLine;
import parley.tools.catalogue.logs.KernelMessages.Source;
import parley.tools.catalogue.logs.TimeFrame;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.KeyValues;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.Since;
import parley.tools.value.Whole;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Who was killed for lack of memory, by whose limit, and which units lost their process that way.
///
/// Source: what the kernel, systemd, systemd-oomd and earlyoom wrote to the journal, over all
/// boots; where the journal has nothing of the kernel, its own buffer (`dmesg`); and `systemctl
/// show` of the services. A service whose process was killed with signal 9 and that has a memory
/// limit is *suspected* where the kernel's messages cannot be seen, as in a container: signal 9
/// alone proves nothing. *Empty* means that the messages of that time were all visible and tell of
/// no kill.
public final class MemOomEvents
        implements Observation<MemOomEvents.Arguments, MemOomEvents.OomEvents> {
    /// The first systemd whose `journalctl` searches in messages.
    private static final int GREP = 237;

    private static final long MOST_LINES = 4000;
    private static final long DEFAULT_LIMIT = 20;
    private static final String KERNEL = "_TRANSPORT=kernel";
    private static final String UNIT_LOST_A_PROCESS = "fe6faa94e7774663a0da52717891d8ef";
    private static final List<String> SOURCES =
            List.of(
                    KERNEL,
                    "+",
                    "MESSAGE_ID=" + UNIT_LOST_A_PROCESS,
                    "+",
                    "SYSLOG_IDENTIFIER=systemd-oomd",
                    "+",
                    "SYSLOG_IDENTIFIER=earlyoom");
    private static final String KILLED = "2";
    private static final String SIGKILL = "9";
    private static final Argv UNITS =
            Argv.of(
                            "systemctl",
                            "--no-ask-password",
                            "--no-pager",
                            "show",
                            "--property=Id,Result,ExecMainCode,ExecMainStatus,MemoryMax",
                            "--",
                            "*.service")
                    .keeping(1024 * 1024);

    public record Arguments(
            @Means(en = "from this time on; default 7d", zh = "起始时间，默认 7d") Optional<Since> since,
            @Means(en = "how many kills, 1 to 50; default 20", zh = "条数，1 到 50，默认 20")
                    @Whole(least = 1, most = 50)
                    Optional<Count> limit) {
        public Arguments {
            requireNonNull(since, "since is null");
            requireNonNull(limit, "limit is null");
        }

        public static Arguments since(Since since) {
            return new Arguments(Optional.of(since), Optional.empty());
        }

        TimeFrame frame() {
            return TimeFrame.since(since.orElse(new Since("7d")));
        }
    }

    /// A service whose main process ended with signal 9.
    ///
    /// @param certain whether systemd itself says that it was for lack of memory
    /// @param memoryMax its limit; empty when it has none
    public record KilledUnit(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "result", zh = "结果") HostText result,
            @Means(en = "certain", zh = "确定") boolean certain,
            @Means(en = "memory limit", zh = "内存限额") Optional<Bytes> memoryMax,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public KilledUnit {
            requireNonNull(unit, "unit is null");
            requireNonNull(result, "result is null");
            requireNonNull(memoryMax, "memoryMax is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    /// @param since the exact beginning asked for; empty for "since boot"
    /// @param coverageFrom how far back what was looked at reaches; empty where nobody could tell
    /// @param total how many kills there were
    /// @param kills the newest first, at most as many as asked for
    /// @param units services whose process was killed, by what systemd keeps of their last run
    public record OomEvents(
            @Means(en = "since", zh = "起始") Optional<Instant> since,
            @Means(en = "reaches back to", zh = "最早可查") Optional<Instant> coverageFrom,
            @Means(en = "source", zh = "来源") Source source,
            @Means(en = "killed", zh = "被杀次数") long total,
            @Means(en = "kills", zh = "事件") List<OomKill> kills,
            @Means(en = "killed units", zh = "被杀单元") List<KilledUnit> units) {
        public OomEvents {
            requireNonNull(since, "since is null");
            requireNonNull(coverageFrom, "coverageFrom is null");
            requireNonNull(source, "source is null");
            kills = List.copyOf(kills);
            units = List.copyOf(units);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "mem.oom_events",
                "load",
                Bilingual.of("Who was killed for lack of memory", "哪些进程因内存不足被杀"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of(
                        "did the oom killer fire on db-1 since yesterday", "db-1 昨天以来有没有触发 OOM"),
                Bilingual.of("oom kills on batch-1", "batch-1 的 OOM 事件"),
                Bilingual.of(
                        "show oom events of web-1 in the last 3 days", "web-1 最近 3 天的 OOM 事件"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        String sources = String.join(" ", SOURCES);
        return List.of(
                JournalLines.rootCommand(
                        "[[ --boot=0 ]] [[ --since=<moment> ]] --case-sensitive=yes --grep="
                                + OomLines.SEARCH
                                + " "
                                + sources),
                JournalLines.rootCommand(KERNEL),
                RootCommand.of(String.join(" ", Boot.list().words())),
                RootCommand.of(String.join(" ", KernelBuffer.show().words())));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.known(soFar, () -> commands(arguments, platform, soFar));
    }

    /// The commands known so far.
    private static List<Argv> commands(Arguments arguments, Platform platform, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(arguments.frame().commands());
        if (!platform.hasSystemd()) {
            commands.add(KernelBuffer.show());
            return commands;
        }
        Optional<HostClock> clock = arguments.frame().clock(soFar);
        if (!commands.isEmpty() && clock.isEmpty()) {
            return commands;
        }
        Argv journal = journal(arguments, platform, clock);
        commands.addAll(List.of(UNITS, journal, any(platform)));
        Optional<Capture> any = Captures.find(soFar, any(platform));
        if (any.isPresent()) {
            commands.add(nothing(any.get()) ? KernelBuffer.show() : Boot.list());
            if (!any.get().asRoot()) {
                commands.add(JournalLines.groups());
            }
        }
        return commands;
    }

    private static Argv journal(Arguments arguments, Platform platform, Optional<HostClock> clock) {
        List<String> conditions = new ArrayList<>(arguments.frame().conditions(clock));
        if (platform.systemdVersion() >= GREP) {
            conditions.add("--case-sensitive=yes");
            conditions.add("--grep=" + OomLines.SEARCH);
        }
        conditions.addAll(SOURCES);
        return JournalLines.newest(platform, MOST_LINES + 1, conditions)
                .keeping(4L * 1024 * 1024)
                .within(Duration.ofSeconds(30));
    }

    /// The newest message of any time: tells a quiet kernel from a journal without its messages.
    private static Argv any(Platform platform) {
        return JournalLines.newest(platform, 1, List.of(KERNEL));
    }

    private static boolean nothing(Capture journal) throws Unreadable {
        return JournalLines.read(journal).isEmpty();
    }

    @Override
    public Reading<OomEvents> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Optional<HostClock> clock = arguments.frame().clock(captures);
        Optional<Instant> since = arguments.frame().start(clock);
        List<Bilingual> gaps = new ArrayList<>();
        List<OomKill> kills = new ArrayList<>();
        List<KilledUnit> units = new ArrayList<>();
        Source source = Source.JOURNAL;
        Optional<Instant> reach = Optional.empty();
        if (platform.hasSystemd()) {
            units.addAll(units(Captures.need(captures, UNITS), Captures.number(captures, UNITS)));
            Argv command = journal(arguments, platform, clock);
            kills.addAll(
                    journal(Captures.need(captures, command), Captures.number(captures, command)));
            Capture any = Captures.need(captures, any(platform));
            if (Captures.find(captures, KernelBuffer.show()).isEmpty()) {
                reach =
                        Boot.read(Captures.number(captures, Boot.list()), captures).stream()
                                .findFirst()
                                .map(Boot::first);
                gaps.addAll(
                        JournalLines.gaps(
                                any,
                                Captures.find(captures, JournalLines.groups()),
                                Optional.empty()));
            }
        }
        int buffer = Captures.number(captures, KernelBuffer.show());
        if (buffer > 0) {
            Capture dmesg = captures.get(buffer - 1);
            boolean closed = KernelBuffer.isClosed(dmesg);
            source = closed ? Source.NONE : Source.BUFFER;
            if (closed) {
                gaps.add(closed(dmesg));
            } else {
                List<KernelLine> lines = KernelBuffer.read(buffer, captures);
                reach = lines.stream().findFirst().map(KernelLine::time);
                kills.addAll(buffer(lines, since, buffer));
            }
        }
        List<OomKill> newest = kills.reversed();
        long most = arguments.limit().map(Count::value).orElse(DEFAULT_LIMIT);
        return Reading.of(
                new OomEvents(
                        since,
                        reach,
                        source,
                        kills.size(),
                        newest.stream().limit(most).toList(),
                        units),
                kills.isEmpty() && units.isEmpty(),
                gaps);
    }

    private static Bilingual closed(Capture dmesg) {
        String said = dmesg.stderr().lines().findFirst().orElse("");
        return Bilingual.of(
                "the journal keeps no kernel messages that this login may see, and dmesg may not be"
                        + " read here: {0}",
                "日志（journal）中没有当前登录可见的内核消息，dmesg 也无权读取：{0}", said);
    }

    private static List<OomKill> journal(Capture journal, int number) throws Unreadable {
        OomLines lines = new OomLines(number);
        List<JournalEntry> entries = JournalLines.read(journal);
        for (JournalEntry entry : entries) {
            String text = entry.message().value();
            int line = Math.toIntExact(entry.line());
            switch (entry.identifier().value()) {
                case "kernel" -> lines.kernel(entry.time(), text, line);
                case "systemd-oomd", "earlyoom" -> lines.program(entry.time(), text, line);
                default -> {}
            }
        }
        for (JournalEntry entry : entries) {
            if (entry.message().value().contains("killed by the OOM killer")) {
                lines.systemd(entry.time(), entry.unit(), Math.toIntExact(entry.line()));
            }
        }
        return lines.kills().stream().sorted(Comparator.comparing(OomKill::time)).toList();
    }

    private static List<OomKill> buffer(List<KernelLine> all, Optional<Instant> since, int number) {
        OomLines lines = new OomLines(number);
        all.forEach(line -> lines.kernel(line.time(), line.message(), line.line()));
        return lines.kills().stream()
                .filter(kill -> since.filter(kill.time()::isBefore).isEmpty())
                .toList();
    }

    /// systemd says `oom-kill` itself under cgroup v2; under v1 it only sees the signal.
    private static List<KilledUnit> units(Capture show, int number) throws Unreadable {
        List<KilledUnit> units = new ArrayList<>();
        for (KeyValues block : KeyValues.blocks(show.readable())) {
            String result = block.find("Result").orElse("");
            Optional<Bytes> most = block.number("MemoryMax").map(Bytes::new);
            boolean certain = result.equals("oom-kill");
            boolean suspected =
                    result.equals("signal")
                            && block.find("ExecMainCode").equals(Optional.of(KILLED))
                            && block.find("ExecMainStatus").equals(Optional.of(SIGKILL))
                            && most.isPresent();
            if (certain || suspected) {
                units.add(
                        new KilledUnit(
                                new HostText(block.text("Id")),
                                new HostText(result),
                                certain,
                                most,
                                new Finding.Lines(
                                        number, block.line("Result"), block.line("Result"))));
            }
        }
        return units;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<OomEvents> reading) {
        return OomFindings.of(reading);
    }
}
