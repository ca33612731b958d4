package parley.tools.catalogue.logs;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.Optional;

/// What it means that the journal gave no entry: no such unit, none so grave, none at all, none
/// kept, or none that this login may see. These are different answers.
final class JournalNothing {
    /// Part of a sentence in both languages; may be nothing.
    private record Part(String en, String zh) {}

    private JournalNothing() {}

    /// @param capture which capture the journal is, the first being 1
    static Finding of(LogJournal.Arguments arguments, LogJournal.Journal journal, int capture) {
        String unit = journal.unit().map(HostText::value).orElse("");
        String of = unit.isEmpty() ? "" : " of " + unit;
        String ofZh = unit.isEmpty() ? "" : " " + unit + " 的";
        Part when = when(journal);
        Bilingual what = what(arguments);
        return switch (journal.answer()) {
            case FOUND -> throw new IllegalArgumentException("entries were found");
            case NO_SUCH_UNIT ->
                    Finding.of(
                                    Severity.WARNING,
                                    "there is no unit "
                                            + unit
                                            + " on this host, and the journal has no entry of it",
                                    "该主机上没有单元 " + unit + "，日志中也没有它的条目")
                            .at(capture - 1, 1);
            case NONE_FITS -> {
                long others = journal.others().orElse(0L);
                boolean trouble =
                        arguments
                                .priority()
                                .filter(level -> level.isAtLeast(Priority.WARNING))
                                .isPresent();
                yield Finding.of(
                        trouble ? Severity.HEALTHY : Severity.NOTICE,
                        "no "
                                + what.en()
                                + of
                                + when.en()
                                + ": of "
                                + others
                                + (others == 1 ? " entry" : " entries")
                                + " none fits"
                                + reach(journal).en(),
                        when.zh()
                                + ofZh
                                + " "
                                + others
                                + " 条日志中没有"
                                + what.zh()
                                + reach(journal).zh());
            }
            case NO_ENTRIES ->
                    Finding.of(
                            Severity.NOTICE,
                            "the journal has no entry at all"
                                    + of
                                    + when.en()
                                    + reach(journal).en(),
                            "日志中" + when.zh() + ofZh + "没有任何条目" + reach(journal).zh());
            case NO_JOURNAL ->
                    Finding.of(
                            Severity.WARNING,
                            "this host keeps no journal: what happened cannot be told",
                            "该主机没有保存日志（journal）：无法判断发生过什么");
            case NO_PERMISSION ->
                    Finding.of(
                            Severity.NOTICE,
                            "none of the entries that this login may see is"
                                    + " one of the "
                                    + what.en()
                                    + of
                                    + when.en(),
                            "当前登录可见的日志中" + when.zh() + "没有" + ofZh + what.zh());
        };
    }

    private static Bilingual what(LogJournal.Arguments arguments) {
        return arguments
                .priority()
                .map(level ->
                        Bilingual.of(
                                "entries of priority " + level.word() + " or graver",
                                "级别为 " + level.word() + " 或更严重的日志"))
                .orElse(
                        arguments.isNarrowed()
                                ? Bilingual.of("such entries", "符合条件的日志")
                                : Bilingual.of("entries", "日志"));
    }

    private static Part when(LogJournal.Journal journal) {
        Optional<String> from = journal.from().map(HostTime::spoken);
        Optional<String> until = journal.until().map(HostTime::spoken);
        return new Part(
                from.map(one -> " since " + one).orElse("")
                        + until.map(one -> " until " + one).orElse(""),
                from.map(one -> "自 " + one + " 起").orElse("")
                        + until.map(one -> "至 " + one + " 止").orElse(""));
    }

    /// How far back the journal reaches, when that is less than what was asked for.
    private static Part reach(LogJournal.Journal journal) {
        Optional<Instant> late =
                journal.coverageFrom()
                        .filter(first -> journal.from().filter(first::isAfter).isPresent());
        return new Part(
                late.map(first ->
                                "; the journal reaches back to " + HostTime.spoken(first) + " only")
                        .orElse(""),
                late.map(first -> "；日志只能追溯到 " + HostTime.spoken(first)).orElse(""));
    }
}
