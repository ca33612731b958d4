package parley.tools.catalogue.logs;

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
import parley.tools.read.KeyValues;
import parley.tools.value.BadValue;
import parley.tools.value.BootOffset;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.NamePart;
import parley.tools.value.SearchText;
import parley.tools.value.Since;
import parley.tools.value.UnitName;
import parley.tools.value.Whole;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the journal of a host says.
///
/// Source: `journalctl -o json`, newest entries first. For a unit `systemctl show` comes before it,
/// since the journal knows units by their own names only (`sshd` may be another name of `ssh`); for
/// `today` and `yesterday` comes `date`, since those are days of the host. *Empty* means that there
/// is no such entry and that the login may see all; without root, and outside the groups that may,
/// the reading is partial. A boot that the journal does not hold, and a wrong time, make
/// `journalctl` exit with 1: that is an error, never "nothing".
public final class LogJournal implements Observation<LogJournal.Arguments, LogJournal.Journal> {
    /// The first systemd whose `journalctl` searches in messages.
    private static final int GREP = 237;

    private static final long DEFAULT_LINES = 200;

    public record Arguments(
            @Means(en = "only entries of and about this unit", zh = "只看该单元的日志")
                    Optional<UnitName> unit,
            @Means(
                            en =
                                    "from this time on (default: the last hour, unless until, boot"
                                            + " or lines is given)",
                            zh = "起始时间（默认最近一小时；给出 until、boot 或 lines 时不限）")
                    Optional<Since> since,
            @Means(en = "up to this time", zh = "截止时间") Optional<Since> until,
            @Means(en = "this grave or graver", zh = "该级别及更严重") Optional<Priority> priority,
            @Means(
                            en = "only this boot: 0 is the running one, -1 the one before",
                            zh = "只看某次启动：0 为本次，-1 为上一次")
                    Optional<BootOffset> boot,
            @Means(en = "the newest so many entries (default 200)", zh = "最新的多少条（默认 200）")
                    @Whole(least = 1, most = 1000)
                    Optional<Count> lines,
            @Means(en = "only messages with this text, in any case", zh = "只看包含该文字的消息（不分大小写）")
                    Optional<SearchText> contains,
            @Means(en = "only entries of the program that calls itself so", zh = "只看该程序标识的日志")
                    Optional<NamePart> identifier) {
        public Arguments {
            if (until.filter(Since::isBoot).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "\"until\" takes a moment, not \"boot\"",
                                "参数“until”需要一个时刻，不能是 boot"));
            }
            if (boot.isPresent() && since.filter(Since::isBoot).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "give \"boot\" or since=boot, not both",
                                "“boot”与 since=boot 只能给一个"));
            }
        }

        boolean needsDate() {
            return since.filter(Since::isWallTime).isPresent()
                    || until.filter(Since::isWallTime).isPresent();
        }

        long wanted() {
            return lines.map(Count::value).orElse(DEFAULT_LINES);
        }

        /// The time to begin at: what was asked for, else the last hour, else none.
        Optional<Since> from() {
            boolean free =
                    until.isPresent() || boot.isPresent() || lines.isPresent() || since.isPresent();
            return free ? since : Optional.of(new Since("1h"));
        }
    }

    /// @param first when the oldest of these entries was written
    /// @param more whether there are older entries that fit
    /// @param unit the unit's own name
    public record Journal(
            @Means(en = "entries", zh = "条目") List<JournalEntry> entries,
            @Means(en = "since", zh = "起始") Optional<Instant> first,
            @Means(en = "older ones left out", zh = "另有更早的条目") boolean more,
            @Means(en = "unit", zh = "单元") Optional<HostText> unit,
            @Means(en = "no such unit", zh = "单元不存在") boolean unitMissing) {
        public Journal {
            entries = List.copyOf(entries);
        }

        /// How many entries, counting repeated ones.
        long total() {
            return entries.stream().mapToLong(JournalEntry::times).sum();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "log.journal",
                "logs",
                Bilingual.of("What the journal says", "查询系统日志（journal）"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("nginx errors since yesterday on web-1", "web-1 上 nginx 昨天以来的报错"),
                Bilingual.of("last 50 lines of the haproxy log", "haproxy 日志最后 50 条"),
                Bilingual.of("warnings from the previous boot", "上次启动的告警"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                JournalLines.rootCommand(
                        "[[ --unit=<unit> ]] [[ --since=<moment> ]] [[ --until=<moment> ]]"
                                + " [[ --boot=<~-?[0-9]+> ]] [[ --priority=<word> ]]"
                                + " [[ --identifier=<~[A-Za-z0-9@._-]+> ]]"
                                + " [[ --case-sensitive=no --grep=<literal> ]]"),
                JournalLines.rootVolume());
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (!platform.hasSystemd()) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "this host does not run systemd and so has no journal",
                            "该主机没有运行 systemd，因此没有 journal 日志"));
        }
        if (arguments.contains().isPresent() && platform.systemdVersion() < GREP) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "systemd "
                                    + platform.systemdVersion()
                                    + " cannot search in messages; ask again without \"contains\"",
                            "systemd " + platform.systemdVersion() + " 不支持按内容查找；请去掉“contains”再试"));
        }
        Optional<Capture> show = find(soFar, "systemctl");
        if (arguments.unit().isPresent() && show.isEmpty()) {
            return Next.run(identify(arguments.unit().get()));
        }
        Optional<Capture> date = find(soFar, "date");
        if (arguments.needsDate() && date.isEmpty()) {
            return Next.run(Argv.of("date", "+%F"));
        }
        Optional<Capture> journal = find(soFar, "journalctl");
        if (journal.isEmpty()) {
            try {
                return Next.run(journal(arguments, platform, show, date));
            } catch (Unreadable leftToRead) {
                return Next.done();
            }
        }
        if (JournalLines.isEmpty(journal.get()) && volume(soFar).isEmpty()) {
            return Next.run(JournalLines.volume());
        }
        boolean asksGroups = !journal.get().asRoot() && find(soFar, "id").isEmpty();
        return asksGroups ? Next.run(JournalLines.groups()) : Next.done();
    }

    private static Argv identify(UnitName unit) {
        return Argv.of(
                "systemctl",
                "--no-ask-password",
                "--no-pager",
                "show",
                "--property=Id,LoadState",
                "--",
                unit.full());
    }

    private static Argv journal(
            Arguments arguments, Platform platform, Optional<Capture> show, Optional<Capture> date)
            throws Unreadable {
        List<String> conditions = new ArrayList<>();
        if (arguments.unit().isPresent() && show.isPresent()) {
            conditions.add("--unit=" + ownName(arguments.unit().get(), show.get()));
        }
        Optional<LocalDate> today =
                date.isPresent() ? Optional.of(today(date.get())) : Optional.empty();
        Optional<Since> from = arguments.from();
        if (from.filter(Since::isBoot).isPresent()) {
            conditions.add("--boot=0");
        } else {
            from.ifPresent(since -> conditions.add("--since=" + moment(since, today)));
        }
        arguments.until().ifPresent(until -> conditions.add("--until=" + moment(until, today)));
        arguments.boot().ifPresent(boot -> conditions.add("--boot=" + boot));
        arguments.priority().ifPresent(level -> conditions.add("--priority=" + level.word()));
        arguments.identifier().ifPresent(name -> conditions.add("--identifier=" + name));
        arguments
                .contains()
                .ifPresent(text -> {
                    conditions.add("--case-sensitive=no");
                    conditions.add("--grep=" + literally(text.value()));
                });
        return JournalLines.newest(platform, arguments.wanted() + 1, conditions)
                .within(Duration.ofSeconds(30));
    }

    /// The unit's own name, or the name asked for when that is not one a unit can be asked by.
    private static String ownName(UnitName asked, Capture show) throws Unreadable {
        String id = KeyValues.only(show.readable()).text("Id");
        try {
            return new UnitName(id).full();
        } catch (BadValue refused) {
            return asked.full();
        }
    }

    private static LocalDate today(Capture date) throws Unreadable {
        String text = date.readable().stdout().strip();
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException refused) {
            throw Unreadable.line(date.argv(), 1, "a date such as 2026-11-21", text);
        }
    }

    private static String moment(Since since, Optional<LocalDate> today) {
        if (since.ago().isPresent()) {
            return "-" + since.ago().get().toSeconds() + "s";
        }
        return since.isWallTime()
                ? since.wallTime(today.orElseThrow())
                : "@" + OffsetDateTime.parse(since.value()).toEpochSecond();
    }

    /// A regular expression that matches `text` and nothing else.
    private static String literally(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints()
                .forEach(point -> {
                    if (point < 128 && !Character.isLetterOrDigit(point)) {
                        pattern.append('\\');
                    }
                    pattern.appendCodePoint(point);
                });
        return pattern.toString();
    }

    private static Optional<Capture> find(List<Capture> captures, String program) {
        return captures.stream().filter(one -> one.argv().program().equals(program)).findFirst();
    }

    private static Optional<Capture> volume(List<Capture> captures) {
        return captures.stream()
                .filter(one -> one.argv().equals(JournalLines.volume()))
                .findFirst();
    }

    @Override
    public Reading<Journal> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Optional<HostText> unit = Optional.empty();
        boolean missing = false;
        Optional<Capture> show = find(captures, "systemctl");
        if (show.isPresent()) {
            KeyValues block = KeyValues.only(show.get().readable());
            unit = Optional.of(new HostText(block.text("Id")));
            missing = block.text("LoadState").equals("not-found");
        }
        Optional<Capture> date = find(captures, "date");
        if (date.isPresent()) {
            today(date.get());
        }
        Capture journal = find(captures, "journalctl").orElseThrow();
        List<JournalEntry> entries = JournalLines.read(journal);
        boolean more = entries.size() > arguments.wanted();
        List<JournalEntry> newest = more ? entries.subList(1, entries.size()) : entries;
        List<Bilingual> gaps = JournalLines.gaps(journal, find(captures, "id"), volume(captures));
        Journal value =
                new Journal(
                        JournalLines.fold(newest),
                        newest.stream().findFirst().map(JournalEntry::time),
                        more,
                        unit,
                        missing);
        return Reading.of(value, entries.isEmpty(), gaps);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Journal> reading) {
        int capture = 1 + (arguments.unit().isPresent() ? 1 : 0) + (arguments.needsDate() ? 1 : 0);
        return JournalFindings.of(arguments, reading, capture);
    }
}
