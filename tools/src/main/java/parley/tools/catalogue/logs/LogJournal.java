package parley.tools.catalogue.logs;

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
import parley.tools.value.BadValue;
import parley.tools.value.BootOffset;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.NamePart;
import parley.tools.value.SearchText;
import parley.tools.value.Since;
import parley.tools.value.UnitName;
import parley.tools.value.Whole;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the journal of a host says.
///
/// Source: `journalctl -o json`, newest entries first. Times are made exact by the host's own clock
/// and zone before (`date`). For a unit `systemctl show` comes before it, since the journal knows
/// units by their own names only (`sshd` may be another name of `ssh`). Where there are more
/// entries than asked for, all are counted and the earliest error is looked up, since a cause lies
/// before its symptoms; where there are none, what else there is of that unit and time is counted,
/// and how far back the journal reaches. *Empty* means that there is no such entry and that the
/// login may see all; without root, and outside the groups that may, the reading is partial. A boot
/// that the journal does not hold, and a wrong time, make `journalctl` exit with 1: that is an
/// error, never "nothing".
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
                    Optional<SearchText> grep,
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

        TimeFrame frame() {
            return new TimeFrame(from(), until);
        }

        /// Whether entries are left out for what they say, how grave they are or who wrote them.
        boolean isNarrowed() {
            return priority.isPresent() || grep.isPresent() || identifier.isPresent();
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

    /// What was found, or why nothing was.
    public enum Answer {
        @Means(en = "found", zh = "已找到")
        FOUND,
        /// There are entries of that unit and time, and none is so grave or says so.
        @Means(en = "none fits", zh = "无符合条目")
        NONE_FITS,
        /// There is no entry at all of that unit and time, and the journal is there and visible.
        @Means(en = "no entries", zh = "无条目")
        NO_ENTRIES,
        /// The host keeps no journal files.
        @Means(en = "no journal", zh = "无日志文件")
        NO_JOURNAL,
        /// Entries may be there, but this login may not see them.
        @Means(en = "no permission", zh = "无权限")
        NO_PERMISSION,
        /// The host knows no such unit, and the journal has no entry of it.
        @Means(en = "no such unit", zh = "无此单元")
        NO_SUCH_UNIT
    }

    /// @param from the exact beginning of the time asked for, by the host's clock
    /// @param until its exact end
    /// @param first when the oldest of these entries was written
    /// @param more whether there are older entries that fit
    /// @param fitting how many entries fit in all; empty where they could not be counted in time
    /// @param errors how many of those that fit are errors or graver; empty as above
    /// @param earliest the earliest of all that fit that is an error or graver; of a priority that
    ///   was asked for, the earliest of that
    /// @param others when nothing fits: how many entries there are of that unit and time at all
    /// @param coverageFrom how far back the journal reaches; empty where nobody looked
    /// @param unit the unit's own name
    public record Journal(
            @Means(en = "answer", zh = "结论") Answer answer,
            @Means(en = "entries", zh = "条目") List<JournalEntry> entries,
            @Means(en = "from", zh = "起始") Optional<Instant> from,
            @Means(en = "until", zh = "截止") Optional<Instant> until,
            @Means(en = "since", zh = "最早条目") Optional<Instant> first,
            @Means(en = "older ones left out", zh = "另有更早的条目") boolean more,
            @Means(en = "fitting", zh = "符合条件总数") Optional<Long> fitting,
            @Means(en = "errors", zh = "错误总数") Optional<Long> errors,
            @Means(en = "earliest", zh = "最早的错误") Optional<JournalEntry> earliest,
            @Means(en = "other entries", zh = "其他条目数") Optional<Long> others,
            @Means(en = "reaches back to", zh = "最早可查") Optional<Instant> coverageFrom,
            @Means(en = "unit", zh = "单元") Optional<HostText> unit,
            @Means(en = "no such unit", zh = "单元不存在") boolean unitMissing) {
        public Journal {
            requireNonNull(answer, "answer is null");
            entries = List.copyOf(entries);
            requireNonNull(from, "from is null");
            requireNonNull(until, "until is null");
            requireNonNull(first, "first is null");
            requireNonNull(fitting, "fitting is null");
            requireNonNull(errors, "errors is null");
            requireNonNull(earliest, "earliest is null");
            requireNonNull(others, "others is null");
            requireNonNull(coverageFrom, "coverageFrom is null");
            requireNonNull(unit, "unit is null");
        }

        /// How many entries are here, counting repeated ones.
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
        String scope =
                "[[ --unit=<unit> ]] [[ --since=<moment> ]] [[ --until=<moment> ]]"
                        + " [[ --boot=<~-?[0-9]+> ]]";
        String conditions =
                scope
                        + " [[ --priority=<word> ]] [[ --identifier=<~[A-Za-z0-9@._-]+> ]]"
                        + " [[ --case-sensitive=no --grep=<literal> ]]";
        return List.of(
                JournalLines.rootCommand(conditions),
                JournalLines.rootOldest(conditions + " [[ --priority=err ]]"),
                JournalCount.rootCommand(conditions),
                RootCommand.exactly(Boot.list()),
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
        if (arguments.grep().isPresent() && platform.systemdVersion() < GREP) {
            return new Next.NotSupported(
                    Bilingual.of(
                            "systemd {0} cannot search in messages; ask again without \"grep\"",
                            "systemd {0} 不支持按内容查找；请去掉“grep”再试", platform.systemdVersion()));
        }
        return Next.known(soFar, () -> JournalQuery.commands(arguments, platform, soFar));
    }

    @Override
    public Reading<Journal> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return new JournalQuery(arguments, platform, captures).read();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Journal> reading) {
        int capture = arguments.frame().commands().size() + (arguments.unit().isPresent() ? 2 : 1);
        return JournalFindings.of(arguments, reading, capture);
    }
}
