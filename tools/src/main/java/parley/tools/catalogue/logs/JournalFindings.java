package parley.tools.catalogue.logs;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a stretch of journal says: its gravest messages, then how much there was.
final class JournalFindings {
    /// So many different messages are named; the rest is counted.
    private static final int MOST_NAMED = 5;

    private static final int MOST_QUOTED = 160;

    /// One message, however often it came.
    private record Group(JournalEntry first, JournalEntry last, long times) {}

    private JournalFindings() {}

    static List<Finding> of(
            LogJournal.Arguments arguments, Reading<LogJournal.Journal> reading, int capture) {
        LogJournal.Journal journal = reading.value();
        if (journal.entries().isEmpty()) {
            return List.of(JournalNothing.of(arguments, journal, capture));
        }
        List<Finding> findings = new ArrayList<>();
        List<Group> groups = groups(journal.entries());
        Optional<JournalEntry> earlier =
                journal.earliest()
                        .filter(entry -> entry.isAtLeast(Priority.ERR))
                        .filter(entry -> isBefore(entry, groups));
        earlier.ifPresent(entry ->
                findings.add(earliest(entry).at(capture + 2, Math.toIntExact(entry.line()))));
        groups.stream()
                .limit(MOST_NAMED)
                .forEach(group -> findings.add(named(group).at(capture, line(group))));
        findings.add(summary(journal));
        if (groups.size() > MOST_NAMED) {
            int left = groups.size() - MOST_NAMED;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} more different error messages are in the entries",
                            "条目中还有 {0} 种其他错误消息",
                            left));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    /// Whether an error came before every one that is among the entries here.
    private static boolean isBefore(JournalEntry entry, List<Group> groups) {
        return groups.stream().noneMatch(group -> !group.first().time().isAfter(entry.time()));
    }

    private static Severity severity(JournalEntry entry) {
        return entry.isAtLeast(Priority.CRIT) ? Severity.CRITICAL : Severity.WARNING;
    }

    /// The first error of the whole time, older than the entries here.
    private static Finding earliest(JournalEntry entry) {
        String when = HostTime.spoken(entry.time());
        String quoted = quoted(entry);
        return Finding.of(
                severity(entry),
                "the first error of that time, at {0}, is older than the entries here: {1}:"
                        + " \"{2}\"",
                "该时间段内最早的错误在 {0}，早于此处列出的条目：{1}：“{2}”",
                when,
                entry.identifier(),
                quoted);
    }

    private static String quoted(JournalEntry entry) {
        String first = entry.message().value().lines().findFirst().orElse("");
        return first.length() <= MOST_QUOTED ? first : first.substring(0, MOST_QUOTED) + "…";
    }

    private static int line(Group group) {
        return Math.toIntExact(group.first().line());
    }

    /// Errors by gravity, then in the order in which they first came: a cause comes before what it
    /// leads to.
    private static List<Group> groups(List<JournalEntry> entries) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            if (entry.isAtLeast(Priority.ERR)) {
                groups.merge(
                        List.of(entry.identifier(), entry.message(), entry.priority()),
                        new Group(entry, entry, entry.times()),
                        (before, now) ->
                                new Group(
                                        before.first(), now.last(), before.times() + now.times()));
            }
        }
        return groups.values().stream()
                .sorted(
                        Comparator.comparing((Group group) -> severity(group.last()))
                                .thenComparing(group -> group.first().time()))
                .toList();
    }

    private static Finding named(Group group) {
        JournalEntry entry = group.last();
        String quoted = quoted(entry);
        String first = HostTime.spoken(group.first().time());
        String last = HostTime.spoken(entry.time());
        String who = entry.identifier().value();
        boolean several = group.times() > 1;
        return Finding.of(
                severity(entry),
                who
                        + ": \""
                        + quoted
                        + "\""
                        + (several
                                ? ", "
                                        + group.times()
                                        + " times"
                                        + (first.equals(last)
                                                ? " at " + last
                                                : ", first at " + first + ", last at " + last)
                                : ", at " + last),
                who
                        + "：“"
                        + quoted
                        + "”，"
                        + (several
                                ? "共 "
                                        + group.times()
                                        + " 次，"
                                        + (first.equals(last)
                                                ? "时间 " + last
                                                : "首次 " + first + "，最后一次 " + last)
                                : "时间 " + last));
    }

    private static Finding summary(LogJournal.Journal journal) {
        long errors = count(journal, Priority.ERR);
        long warnings = count(journal, Priority.WARNING) - errors;
        long total = journal.total();
        String from = HostTime.spoken(journal.first().orElseThrow());
        String until = HostTime.spoken(journal.entries().getLast().time());
        return Finding.of(
                Severity.NOTICE,
                (journal.more() ? "the newest " : "")
                        + total
                        + (total == 1 ? " entry" : " entries")
                        + (total == 1 ? " at " + from : " from " + from + " to " + until)
                        + ": "
                        + errors
                        + (errors == 1 ? " error, " : " errors, ")
                        + warnings
                        + (warnings == 1 ? " warning" : " warnings")
                        + left(journal, "en"),
                (journal.more() ? "最新的 " : "共 ")
                        + total
                        + " 条（"
                        + (total == 1 ? from : from + " 至 " + until)
                        + "）：错误 "
                        + errors
                        + " 条，警告 "
                        + warnings
                        + " 条"
                        + left(journal, "zh"));
    }

    /// How many entries there are in all when not all are here, and how many of them are errors.
    private static String left(LogJournal.Journal journal, String language) {
        if (!journal.more()) {
            return "";
        }
        boolean zh = language.equals("zh");
        String all =
                journal.fitting()
                        .map(number -> zh ? "共 " + number + " 条" : " of " + number)
                        .orElse(
                                zh
                                        ? "总数未能及时统计"
                                        : "; how many there are could not be counted in time");
        String errors =
                journal.errors()
                        .map(number ->
                                zh
                                        ? "，其中错误 " + number + " 条"
                                        : ", "
                                                + number
                                                + (number == 1 ? " error" : " errors")
                                                + " in all")
                        .orElse("");
        return zh
                ? "；更早的条目未列出，" + all + errors
                : "; older ones were left out"
                        + (journal.fitting().isPresent() ? ":" : "")
                        + all
                        + errors;
    }

    private static long count(LogJournal.Journal journal, Priority level) {
        return journal.entries().stream()
                .filter(entry -> entry.isAtLeast(level))
                .mapToLong(JournalEntry::times)
                .sum();
    }
}
