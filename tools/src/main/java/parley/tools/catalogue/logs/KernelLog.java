package parley.tools.catalogue.logs;

import com.fasterxml.jackson.annotation.JsonProperty;

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
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.value.Since;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the kernel reported, sorted into kinds.
///
/// Source: the kernel's entries of the journal, over all boots (`journalctl -k` would mean the
/// running boot only, and a crash lies in the one before); where the journal has none at all, as
/// without systemd or in a container, the kernel's own buffer (`dmesg`). The newest 5000 messages
/// are looked at. *Empty* means that the messages of that time were all visible and none tells of
/// trouble; where neither source may be read the reading is partial. Exit 1 of `dmesg` means that
/// it may not be read.
public final class KernelLog implements Observation<KernelLog.Arguments, KernelMessages> {
    private static final long MOST_LINES = 5000;
    private static final String KERNEL = "_TRANSPORT=kernel";

    public record Arguments(
            @Means(en = "from this time on (default 24h)", zh = "起始时间（默认 24h）")
                    Optional<Since> since,
            @JsonProperty("class") @Means(en = "only events of this class", zh = "只看该类事件")
                    Optional<KernelClass> kind) {
        TimeFrame frame() {
            return TimeFrame.since(since.orElse(new Since("24h")));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "kernel.log",
                "logs",
                Bilingual.of("What the kernel reported, by kind", "内核日志分类"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("kernel errors on db-1 since yesterday", "db-1 昨天以来的内核报错"),
                Bilingual.of("anything in dmesg on web-1?", "看下 web-1 的 dmesg"),
                Bilingual.of("show the kernel log of batch-1", "查看 batch-1 的内核日志"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                JournalLines.rootCommand(
                        "[[ --since=<moment> ]] [[ --until=<moment> ]] [[ --boot=<~-?[0-9]+> ]]"
                                + " [[ --priority=<word> ]] _TRANSPORT=kernel"
                                + " [[ --case-sensitive=no --grep=<literal> ]]"),
                RootCommand.exactly(KernelBuffer.show()),
                RootCommand.exactly(Boot.list()));
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
        Optional<HostClock> clock = arguments.frame().clock(soFar);
        if (!platform.hasSystemd()) {
            commands.add(KernelBuffer.show());
            return commands;
        }
        if (!commands.isEmpty() && clock.isEmpty()) {
            return commands;
        }
        Argv journal = journal(arguments, platform, clock);
        commands.add(journal);
        Optional<Capture> entries = Captures.find(soFar, journal);
        if (entries.isPresent() && JournalLines.isEmpty(entries.get())) {
            commands.add(any(platform));
            Optional<Capture> any = Captures.find(soFar, any(platform));
            if (any.isPresent() && JournalLines.isEmpty(any.get())) {
                commands.add(KernelBuffer.show());
                return commands;
            }
        }
        commands.add(Boot.list());
        if (entries.filter(one -> !one.asRoot()).isPresent()) {
            commands.add(JournalLines.groups());
        }
        return commands;
    }

    private static Argv journal(Arguments arguments, Platform platform, Optional<HostClock> clock) {
        List<String> conditions = new ArrayList<>(arguments.frame().conditions(clock));
        conditions.add(KERNEL);
        return JournalLines.newest(platform, MOST_LINES + 1, conditions)
                .keeping(8L * 1024 * 1024)
                .within(Duration.ofSeconds(30));
    }

    /// The newest message of any time: tells a quiet kernel from a journal without its messages.
    private static Argv any(Platform platform) {
        return JournalLines.newest(platform, 1, List.of(KERNEL));
    }

    @Override
    public Reading<KernelMessages> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        Optional<HostClock> clock = arguments.frame().clock(captures);
        Optional<Instant> since = arguments.frame().start(clock);
        if (Captures.find(captures, KernelBuffer.show()).isPresent()) {
            return buffer(arguments, platform, since, captures);
        }
        Argv command = journal(arguments, platform, clock);
        Capture journal = Captures.need(captures, command);
        List<KernelLine> lines = new ArrayList<>();
        for (JournalEntry entry : JournalLines.read(journal)) {
            lines.add(
                    new KernelLine(
                            entry.time(),
                            entry.priority(),
                            entry.message().value(),
                            Math.toIntExact(entry.line())));
        }
        boolean cut = lines.size() > MOST_LINES || journal.truncated();
        Optional<Instant> reach =
                cut && !lines.isEmpty()
                        ? Optional.of(lines.getFirst().time())
                        : Boot.read(Captures.number(captures, Boot.list()), captures).stream()
                                .findFirst()
                                .map(Boot::first);
        List<Bilingual> gaps =
                new ArrayList<>(
                        JournalLines.gaps(
                                journal,
                                Captures.find(captures, JournalLines.groups()),
                                Optional.empty()));
        if (cut && !journal.truncated()) {
            gaps.add(
                    Bilingual.of(
                            "only the newest {0} kernel messages were looked at",
                            "只检查了最新的 {0} 条内核消息", MOST_LINES));
        }
        return reading(arguments, lines, KernelMessages.Source.JOURNAL, since, reach, cut, gaps);
    }

    private static Reading<KernelMessages> buffer(
            Arguments arguments, Platform platform, Optional<Instant> since, List<Capture> captures)
            throws Unreadable {
        int number = Captures.number(captures, KernelBuffer.show());
        Capture buffer = captures.get(number - 1);
        if (KernelBuffer.isClosed(buffer)) {
            Optional<Capture> any = Captures.find(captures, any(platform));
            if (any.isPresent()) {
                // a journal that could not be asked is not one without such entries
                JournalLines.read(any.get());
            }
            String said = buffer.stderr().lines().findFirst().orElse("");
            Bilingual gap =
                    Bilingual.of(
                            "the journal keeps no kernel messages that this login may see, and"
                                    + " dmesg may not be read here: {0}",
                            "日志（journal）中没有当前登录可见的内核消息，dmesg 也无权读取：{0}", said);
            return reading(
                    arguments,
                    List.of(),
                    KernelMessages.Source.NONE,
                    since,
                    Optional.empty(),
                    false,
                    List.of(gap));
        }
        List<KernelLine> all = KernelBuffer.read(number, captures);
        List<KernelLine> lines =
                all.stream().filter(line -> since.filter(line.time()::isBefore).isEmpty()).toList();
        return reading(
                arguments,
                lines,
                KernelMessages.Source.BUFFER,
                since,
                all.stream().findFirst().map(KernelLine::time),
                buffer.truncated(),
                List.of());
    }

    private static Reading<KernelMessages> reading(
            Arguments arguments,
            List<KernelLine> lines,
            KernelMessages.Source source,
            Optional<Instant> since,
            Optional<Instant> reach,
            boolean cut,
            List<Bilingual> gaps) {
        List<KernelEvent> events =
                KernelEvents.of(lines).stream()
                        .filter(event ->
                                arguments.kind().filter(kind -> kind != event.kind()).isEmpty())
                        .toList();
        return Reading.of(
                new KernelMessages(events, source, since, reach, lines.size(), cut),
                events.isEmpty(),
                gaps);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<KernelMessages> reading) {
        int capture = arguments.frame().commands().size() + 1;
        boolean buffer = reading.value().source() == KernelMessages.Source.BUFFER;
        return KernelFindings.of(arguments.kind(), reading, buffer ? capture + 2 : capture);
    }
}
