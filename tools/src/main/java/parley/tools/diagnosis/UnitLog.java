package parley.tools.diagnosis;

import parley.tools.Finding;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.logs.Priority;
import parley.tools.diagnosis.Case.Seen;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The journal of one unit, cut into its attempts to run. Causes come before symptoms, so of one
/// attempt the earliest line that gives something away counts.
record UnitLog(Seen<LogJournal.Journal> seen, List<List<JournalEntry>> attempts) {
    private static final Pattern LOUD =
            Pattern.compile(
                    "\\b(ERROR|FATAL|CRITICAL|SEVERE|PANIC|panic|Traceback)\\b(?!-free)|Exception\\b");
    private static final int MOST_LAST_WORDS = 3;
    private static final int MOST_QUOTED = 240;

    /// A line and what it gives away.
    record Told(Sign sign, JournalEntry entry, Citation citation) {
        String message() {
            return entry.message().value();
        }

        /// Without the time that the program put before it.
        String brief() {
            return message()
                    .replaceFirst("^\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ][\\d:.,]+\\S*\\s+", "");
        }
    }

    UnitLog {
        attempts = List.copyOf(attempts);
    }

    static UnitLog of(Seen<LogJournal.Journal> seen) {
        List<List<JournalEntry>> attempts = new ArrayList<>();
        List<JournalEntry> attempt = new ArrayList<>();
        for (JournalEntry entry : seen.value().entries()) {
            if (isBegin(entry, attempt) && !attempt.isEmpty()) {
                attempts.add(attempt);
                attempt = new ArrayList<>();
            }
            attempt.add(entry);
        }
        attempts.add(attempt);
        return new UnitLog(seen, attempts);
    }

    /// A service of type simple is only ever said to be started, never to be starting.
    private static boolean isBegin(JournalEntry entry, List<JournalEntry> attempt) {
        boolean starting = attempt.stream().anyMatch(one -> says(one, "Starting "));
        return says(entry, "Starting ") || (says(entry, "Started ") && !starting);
    }

    private static boolean says(JournalEntry entry, String begin) {
        return isSystemd(entry) && entry.message().value().startsWith(begin);
    }

    private static boolean isSystemd(JournalEntry entry) {
        return entry.identifier().value().equals("systemd");
    }

    /// What the newest attempt that gives anything away gives away, the earliest first, each kind
    /// once.
    List<Told> told() {
        for (int index = attempts.size() - 1; index >= 0; index--) {
            List<Told> told = told(attempts.get(index), Instant.MIN);
            if (!told.isEmpty()) {
                return told;
            }
        }
        return List.of();
    }

    /// The same of what was written from `from` on.
    List<Told> toldFrom(Instant from) {
        return told(seen.value().entries(), from);
    }

    private List<Told> told(List<JournalEntry> entries, Instant from) {
        List<Told> told = new ArrayList<>();
        for (JournalEntry entry : entries) {
            String message = entry.message().value();
            boolean early = entry.time().isBefore(from);
            Arrays.stream(Sign.values())
                    .filter(sign -> !early && sign.isIn(message))
                    .filter(sign -> told.stream().noneMatch(one -> one.sign() == sign))
                    .findFirst()
                    .ifPresent(sign -> told.add(new Told(sign, entry, cite(entry))));
        }
        return told;
    }

    /// The last words of the program itself, graver ones where there are any, oldest first.
    List<JournalEntry> lastWords() {
        List<JournalEntry> own =
                seen.value().entries().stream().filter(entry -> !isSystemd(entry)).toList();
        List<JournalEntry> grave = own.stream().filter(UnitLog::isGrave).toList();
        List<JournalEntry> words = grave.isEmpty() ? own : grave;
        return words.subList(Math.max(0, words.size() - MOST_LAST_WORDS), words.size());
    }

    /// Complaints that were written from `from` on.
    List<JournalEntry> complaintsFrom(Instant from) {
        return seen.value().entries().stream()
                .filter(entry -> !entry.time().isBefore(from) && isGrave(entry))
                .toList();
    }

    /// What systemd itself said last that has `words` in it.
    Optional<JournalEntry> systemd(String words) {
        return seen.value().entries().stream()
                .filter(entry -> isSystemd(entry) && entry.message().value().contains(words))
                .reduce((before, last) -> last);
    }

    private static boolean isGrave(JournalEntry entry) {
        return entry.isAtLeast(Priority.ERR)
                || LOUD.matcher(entry.message().value()).find()
                || Arrays.stream(Sign.values())
                        .anyMatch(sign -> sign.isIn(entry.message().value()));
    }

    /// This entry, by its message.
    Citation cite(JournalEntry entry) {
        int capture = seen.clue().captures().size();
        for (int number = 1; number <= seen.clue().captures().size(); number++) {
            if (seen.clue().captures().get(number - 1).argv().program().equals("journalctl")) {
                capture = number;
                break;
            }
        }
        int line = Math.toIntExact(entry.line());
        String message = entry.message().value();
        return Citation.quoting(
                seen.clue(),
                new Finding.Lines(Math.max(1, capture), line, line),
                message.length() <= MOST_QUOTED ? message : message.substring(0, MOST_QUOTED));
    }
}
