package parley.tools.catalogue.logs;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.LogJournal.Answer;
import parley.tools.catalogue.logs.LogJournal.Arguments;
import parley.tools.catalogue.logs.LogJournal.Journal;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.KeyValues;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands of one question to the journal, and what they answer together.
record JournalQuery(Arguments arguments, Platform platform, List<Capture> captures) {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    /// So much is kept of the errors in the order of time: only the first is looked at.
    private static final long FIRST_BYTES = 64L * 1024;

    JournalQuery {
        captures = List.copyOf(captures);
    }

    /// The commands known so far.
    static List<Argv> commands(Arguments arguments, Platform platform, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(arguments.frame().commands());
        arguments.unit().ifPresent(unit -> commands.add(identify(unit)));
        if (soFar.size() < commands.size()) {
            return commands;
        }
        JournalQuery query = new JournalQuery(arguments, platform, soFar);
        commands.add(query.newest());
        Optional<Capture> journal = Captures.find(soFar, query.newest());
        if (journal.isEmpty()) {
            return commands;
        }
        if (JournalLines.isEmpty(journal.get())) {
            if (arguments.isNarrowed()) {
                commands.add(JournalCount.of(query.scope()));
            }
            commands.add(Boot.list());
            commands.add(JournalLines.volume());
        } else if (query.hasMore(journal.get())) {
            commands.add(JournalCount.of(query.conditions()));
            commands.add(query.earliest());
        } else {
            commands.add(Boot.list());
        }
        if (!journal.get().asRoot()) {
            commands.add(JournalLines.groups());
        }
        return commands;
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

    private Argv newest() throws Unreadable {
        return JournalLines.newest(platform, arguments.wanted() + 1, conditions())
                .within(TIME_LIMIT);
    }

    private boolean hasMore(Capture journal) {
        return journal.truncated() || journal.lines().size() > arguments.wanted();
    }

    /// The errors that fit, or what is so grave as asked for, in the order of time.
    private Argv earliest() throws Unreadable {
        List<String> conditions = new ArrayList<>(conditions());
        if (arguments.priority().isEmpty()) {
            conditions.add("--priority=" + Priority.ERR.word());
        }
        return JournalLines.oldest(platform, conditions)
                .within(TIME_LIMIT)
                .keeping(FIRST_BYTES)
                .alsoReadableWhenExit(124);
    }

    private Optional<HostClock> clock() throws Unreadable {
        return arguments.frame().clock(captures);
    }

    /// The unit and the time, whatever the entries say.
    private List<String> scope() throws Unreadable {
        List<String> conditions = new ArrayList<>();
        if (arguments.unit().isPresent()) {
            conditions.add("--unit=" + ownName(arguments.unit().get()));
        }
        conditions.addAll(arguments.frame().conditions(clock()));
        arguments.boot().ifPresent(boot -> conditions.add("--boot=" + boot));
        return conditions;
    }

    private List<String> conditions() throws Unreadable {
        List<String> conditions = new ArrayList<>(scope());
        arguments.priority().ifPresent(level -> conditions.add("--priority=" + level.word()));
        arguments.identifier().ifPresent(name -> conditions.add("--identifier=" + name));
        arguments
                .grep()
                .ifPresent(text -> {
                    conditions.add("--case-sensitive=no");
                    conditions.add("--grep=" + literally(text.value()));
                });
        return conditions;
    }

    /// The unit's own name, or the name asked for when that is not one a unit can be asked by.
    private String ownName(UnitName asked) throws Unreadable {
        try {
            return new UnitName(show(asked).text("Id")).full();
        } catch (BadValue refused) {
            return asked.full();
        }
    }

    private KeyValues show(UnitName unit) throws Unreadable {
        return KeyValues.only(Captures.need(captures, identify(unit)).readable());
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

    Reading<Journal> read() throws Unreadable {
        Optional<HostText> unit = Optional.empty();
        boolean missing = false;
        if (arguments.unit().isPresent()) {
            KeyValues block = show(arguments.unit().get());
            unit = Optional.of(new HostText(block.text("Id")));
            missing = block.text("LoadState").equals("not-found");
        }
        Capture journal = Captures.need(captures, newest());
        List<JournalEntry> entries = JournalLines.read(journal);
        boolean more = entries.size() > arguments.wanted();
        List<JournalEntry> newest = more ? entries.subList(1, entries.size()) : entries;
        List<Bilingual> gaps =
                JournalLines.gaps(
                        journal,
                        Captures.find(captures, JournalLines.groups()),
                        Captures.find(captures, JournalLines.volume()));
        boolean many = hasMore(journal);
        Optional<JournalCount> count =
                many
                        ? Optional.of(JournalCount.read(JournalCount.of(conditions()), captures))
                        : Optional.empty();
        Optional<Long> errors =
                many
                        ? count.flatMap(JournalCount::errors)
                        : Optional.of(
                                newest.stream().filter(one -> one.isAtLeast(Priority.ERR)).count());
        Optional<Instant> coverage = coverage();
        boolean empty = entries.isEmpty();
        Optional<Long> others =
                empty && arguments.isNarrowed()
                        ? JournalCount.read(JournalCount.of(scope()), captures).total()
                        : Optional.empty();
        Journal value =
                new Journal(
                        empty ? nothing(missing, gaps, others) : Answer.FOUND,
                        JournalLines.fold(newest),
                        arguments.frame().start(clock()),
                        arguments.frame().end(clock()),
                        newest.stream().findFirst().map(JournalEntry::time),
                        more,
                        many
                                ? count.flatMap(JournalCount::total)
                                : Optional.of((long) newest.size()),
                        errors,
                        many ? first() : earliestOf(newest),
                        others,
                        coverage,
                        unit,
                        missing);
        return Reading.of(value, empty, gaps);
    }

    private Answer nothing(boolean unitMissing, List<Bilingual> gaps, Optional<Long> others)
            throws Unreadable {
        if (unitMissing) {
            return Answer.NO_SUCH_UNIT;
        }
        if (!gaps.isEmpty()) {
            Optional<Capture> volume = Captures.find(captures, JournalLines.volume());
            boolean none =
                    volume.isPresent()
                            && volume.get().asRoot()
                            && JournalLines.hasNoFiles(volume.get());
            return none ? Answer.NO_JOURNAL : Answer.NO_PERMISSION;
        }
        return others.filter(number -> number > 0).isPresent()
                ? Answer.NONE_FITS
                : Answer.NO_ENTRIES;
    }

    private Optional<Instant> coverage() throws Unreadable {
        int number = Captures.number(captures, Boot.list());
        return number == 0
                ? Optional.empty()
                : Boot.read(number, captures).stream().findFirst().map(Boot::first);
    }

    private Optional<JournalEntry> first() throws Unreadable {
        List<JournalEntry> entries = JournalLines.read(Captures.need(captures, earliest()));
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    private Optional<JournalEntry> earliestOf(List<JournalEntry> entries) {
        Priority level = arguments.priority().orElse(Priority.ERR);
        return entries.stream().filter(entry -> entry.isAtLeast(level)).findFirst();
    }
}
