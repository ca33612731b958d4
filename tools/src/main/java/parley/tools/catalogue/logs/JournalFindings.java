package parley.tools.catalogue.logs;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;
import parley.tools.value.Since;

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
    private record Group(JournalEntry last, long times) {}

    private JournalFindings() {}

    static List<Finding> of(
            LogJournal.Arguments arguments, Reading<LogJournal.Journal> reading, int capture) {
        LogJournal.Journal journal = reading.value();
        if (journal.unitMissing() && journal.entries().isEmpty()) {
            String unit = journal.unit().map(HostText::value).orElse("");
            return List.of(
                    Finding.of(
                                    Severity.WARNING,
                                    "there is no unit "
                                            + unit
                                            + " on this host, and the journal has no entry of it",
                                    "该主机上没有单元 " + unit + "，日志中也没有它的条目")
                            .at(1, 1));
        }
        if (journal.entries().isEmpty()) {
            return List.of(nothing(arguments, reading));
        }
        List<Finding> findings = new ArrayList<>();
        List<Group> groups = groups(journal.entries());
        groups.stream()
                .limit(MOST_NAMED)
                .forEach(group -> findings.add(named(group).at(capture, line(group))));
        findings.add(summary(journal));
        if (groups.size() > MOST_NAMED) {
            int left = groups.size() - MOST_NAMED;
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            left + " more different error messages are in the entries",
                            "条目中还有 " + left + " 种其他错误消息"));
        }
        return List.copyOf(findings);
    }

    private static int line(Group group) {
        return Math.toIntExact(group.last().line());
    }

    private static Finding nothing(
            LogJournal.Arguments arguments, Reading<LogJournal.Journal> reading) {
        Bilingual what =
                arguments
                        .priority()
                        .map(level ->
                                Bilingual.of(
                                        "entries of priority " + level.word() + " or graver",
                                        "级别为 " + level.word() + " 或更严重的日志"))
                        .orElse(Bilingual.of("entries", "日志"));
        Optional<Since> from = arguments.from();
        String when = from.map(since -> " since " + since).orElse("");
        String whenZh = from.map(since -> "（自 " + since + " 起）").orElse("");
        if (reading.status() == Reading.Status.PARTIAL) {
            return Finding.of(
                    Severity.NOTICE,
                    "none of the visible " + what.en() + when + " fits",
                    "可见范围内没有符合条件的" + what.zh() + whenZh);
        }
        boolean trouble =
                arguments.priority().filter(level -> level.isAtLeast(Priority.WARNING)).isPresent();
        return Finding.of(
                trouble ? Severity.HEALTHY : Severity.NOTICE,
                "the journal has no such " + what.en() + when,
                "日志中没有符合条件的" + what.zh() + whenZh);
    }

    /// Errors by gravity, then by how often they came.
    private static List<Group> groups(List<JournalEntry> entries) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            if (entry.isAtLeast(Priority.ERR)) {
                groups.merge(
                        List.of(entry.identifier(), entry.message(), entry.priority()),
                        new Group(entry, entry.times()),
                        (before, now) -> new Group(now.last(), before.times() + now.times()));
            }
        }
        return groups.values().stream()
                .sorted(
                        Comparator.comparing((Group group) -> group.last().priority().orElseThrow())
                                .thenComparing(Group::times, Comparator.reverseOrder()))
                .toList();
    }

    private static Finding named(Group group) {
        JournalEntry entry = group.last();
        Severity severity = entry.isAtLeast(Priority.CRIT) ? Severity.CRITICAL : Severity.WARNING;
        String first = entry.message().value().lines().findFirst().orElse("");
        String quoted =
                first.length() <= MOST_QUOTED ? first : first.substring(0, MOST_QUOTED) + "…";
        String when = HostTime.spoken(entry.time());
        String who = entry.identifier().value();
        return Finding.of(
                severity,
                who
                        + ": \""
                        + quoted
                        + "\""
                        + (group.times() > 1
                                ? ", " + group.times() + " times, last at " + when
                                : ", at " + when),
                who
                        + "：“"
                        + quoted
                        + "”，"
                        + (group.times() > 1
                                ? "共 " + group.times() + " 次，最后一次在 " + when
                                : "时间 " + when));
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
                        + (journal.more() ? "; older ones were left out" : ""),
                (journal.more() ? "最新的 " : "共 ")
                        + total
                        + " 条（"
                        + (total == 1 ? from : from + " 至 " + until)
                        + "）：错误 "
                        + errors
                        + " 条，警告 "
                        + warnings
                        + " 条"
                        + (journal.more() ? "；更早的条目未列出" : ""));
    }

    private static long count(LogJournal.Journal journal, Priority level) {
        return journal.entries().stream()
                .filter(entry -> entry.isAtLeast(level))
                .mapToLong(JournalEntry::times)
                .sum();
    }
}
