package parley.tools.catalogue.security;

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
import parley.tools.catalogue.logs.TimeFrame;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.Since;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who logged in, who failed to, whom sudo refused, and who is logged in now.
///
/// Source: the journal's entries of sshd (root's, so that no user can forge them) and sudo, at most
/// the newest 5000; `last -F -w` for addresses seen before; `who`. An address with more than 20
/// failures in five minutes is an attack; one from which somebody was let in after failing may have
/// succeeded. *Empty* means that the journal was visible and names nobody, and nobody is logged in.
/// Without root, and outside the groups that may read the journal, the reading is partial.
public final class SecurityLogins implements Observation<SecurityLogins.Arguments, Logins> {
    private static final long MOST_LINES = 5000;
    private static final Argv LAST =
            Argv.of("last", "-F", "-w", "-n", "200").betterAsRoot().alsoReadableWhenExit(1, 127);
    private static final Argv WHO = Argv.of("who");
    private static final Pattern LAST_ROW =
            Pattern.compile("(\\S{1,64})\\s+\\S{1,64}\\s+(\\S{1,128})\\s+\\w{3} \\w{3} .*");
    private static final Pattern WHO_ROW =
            Pattern.compile(
                    "(\\S{1,64})\\s+(?:[+-] )?(\\S{1,64})\\s+(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}"
                            + "|\\w{3} [ \\d]\\d \\d{2}:\\d{2})(?:\\s+\\((.{1,128})\\))?\\s*");

    public record Arguments(
            @Means(en = "from this time on (default 24h)", zh = "起始时间（默认 24h）")
                    Optional<Since> since) {
        TimeFrame frame() {
            return TimeFrame.since(since.orElse(new Since("24h")));
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "security.logins",
                "security",
                Bilingual.of("Who logged in, and who failed to", "登录记录与异常"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("who logged in to web-1 since yesterday", "昨天以来谁登录过 web-1"),
                Bilingual.of("failed logins on lb-1", "lb-1 的登录失败记录"),
                Bilingual.of("is anybody trying to brute force db-1?", "有人在暴力破解 db-1 吗"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                JournalLines.rootCommand(
                        "[[ --since=<moment> ]] [[ --until=<moment> ]] [[ --boot=<~-?[0-9]+> ]]"
                                + " _COMM=sshd _UID=0 + _COMM=sshd-session _UID=0 + _COMM=sudo"),
                RootCommand.of("last -F -w -n <number>"),
                RootCommand.of("journalctl --no-pager --list-boots --utc"));
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
                            "this host does not run systemd and so has no journal of logins",
                            "该主机没有运行 systemd，因此没有登录日志（journal）"));
        }
        return Next.known(soFar, () -> commands(arguments, platform, soFar));
    }

    private static List<Argv> commands(Arguments arguments, Platform platform, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(arguments.frame().commands());
        Optional<HostClock> clock = arguments.frame().clock(soFar);
        if (!commands.isEmpty() && clock.isEmpty()) {
            return commands;
        }
        commands.add(journal(arguments, platform, clock));
        commands.add(WHO);
        commands.add(LAST);
        commands.add(Boot.list());
        commands.add(JournalLines.groups());
        return commands;
    }

    private static Argv journal(Arguments arguments, Platform platform, Optional<HostClock> clock) {
        List<String> conditions = new ArrayList<>(arguments.frame().conditions(clock));
        conditions.addAll(
                List.of(
                        "_COMM=sshd",
                        "_UID=0",
                        "+",
                        "_COMM=sshd-session",
                        "_UID=0",
                        "+",
                        "_COMM=sudo"));
        return JournalLines.newest(platform, MOST_LINES + 1, conditions)
                .keeping(8L * 1024 * 1024)
                .within(Duration.ofSeconds(30));
    }

    @Override
    public Reading<Logins> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Optional<HostClock> clock = arguments.frame().clock(captures);
        Argv command = journal(arguments, platform, clock);
        Capture journal = Captures.need(captures, command);
        List<JournalEntry> entries = JournalLines.read(journal);
        List<LoginEvent> events =
                entries.stream().flatMap(entry -> LoginEvent.of(entry).stream()).toList();
        List<Bilingual> gaps =
                new ArrayList<>(
                        JournalLines.gaps(
                                journal,
                                Captures.find(captures, JournalLines.groups()),
                                Optional.empty()));
        if (entries.size() > MOST_LINES) {
            gaps.add(
                    Bilingual.of(
                            "only the newest {0} entries of sshd and sudo were read",
                            "只读取了 sshd 和 sudo 最新的 {0} 条日志", MOST_LINES));
        }
        Optional<Instant> since = arguments.frame().start(clock);
        List<LoginGroup> accepted = LoginTotals.accepted(events);
        Logins value =
                new Logins(
                        since,
                        Boot.read(Captures.number(captures, Boot.list()), captures).stream()
                                .findFirst()
                                .map(Boot::first),
                        accepted,
                        LoginTotals.failed(events),
                        LoginTotals.sudo(events),
                        sessions(captures),
                        newSources(accepted, since, captures));
        boolean empty = events.isEmpty() && value.sessions().isEmpty();
        return Reading.of(value, empty, gaps);
    }

    private static List<Session> sessions(List<Capture> captures) throws Unreadable {
        List<Session> sessions = new ArrayList<>();
        for (Line line : Lines.of(Captures.number(captures, WHO), captures)) {
            Matcher row = line.match(WHO_ROW, "user, terminal, time and source");
            sessions.add(
                    new Session(
                            new HostText(row.group(1)),
                            new HostText(row.group(2)),
                            new HostText(row.group(3)),
                            Optional.ofNullable(row.group(4)).map(HostText::new)));
        }
        return sessions;
    }

    /// Addresses that were let in and that no earlier login names. Where the record of logins holds
    /// nobody from before, every address would be new, and that says nothing.
    private static List<HostText> newSources(
            List<LoginGroup> accepted, Optional<Instant> since, List<Capture> captures)
            throws Unreadable {
        Capture last = Captures.need(captures, LAST);
        if (last.exit() != 0 || since.isEmpty()) {
            return List.of();
        }
        Set<String> known = new HashSet<>();
        for (Line line : Lines.of(Captures.number(captures, LAST), captures)) {
            Optional<Instant> time = LastTime.of(line.text());
            Matcher row = LAST_ROW.matcher(line.text());
            boolean before = time.filter(moment -> moment.isBefore(since.get())).isPresent();
            if (row.matches() && before && !row.group(1).equals("reboot")) {
                known.add(row.group(2));
            }
        }
        return known.isEmpty()
                ? List.of()
                : accepted.stream()
                        .map(LoginGroup::source)
                        .filter(source -> !known.contains(source.value()))
                        .distinct()
                        .toList();
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Logins> reading) {
        return LoginFindings.of(reading, arguments.frame().commands().size() + 1);
    }
}
