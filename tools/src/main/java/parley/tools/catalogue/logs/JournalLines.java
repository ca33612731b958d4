package parley.tools.catalogue.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Platform;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.JsonLines;
import parley.tools.value.HostText;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `journalctl -o json`: how it is called and read by every tool that looks into the journal.
///
/// Always newest first, so that a cut takes the oldest. With JSON `journalctl` is quiet: that it
/// hides the entries of others, and that there is no journal at all, must be found out otherwise.
public final class JournalLines {
    /// Longer messages are cut here.
    private static final int MOST_CHARACTERS = 2000;

    private static final long MOST_BYTES = 2L * 1024 * 1024;

    /// The first systemd that can be told which fields to print.
    private static final int OUTPUT_FIELDS = 236;

    private static final Set<String> READERS = Set.of("systemd-journal", "adm", "wheel", "root");
    private static final String NOTHING = "-- No entries --";
    private static final String CLOSED = "insufficient permissions";
    private static final String NO_FILES = " take up 0B ";

    private JournalLines() {}

    /// The newest `lines` entries that fit `conditions`, which are options of `journalctl`.
    public static Argv newest(Platform platform, long lines, List<String> conditions) {
        return list(platform, List.of("--reverse", "--lines=" + lines), conditions);
    }

    /// Every entry that fits `conditions`, in the order of time.
    static Argv oldest(Platform platform, List<String> conditions) {
        return list(platform, List.of(), conditions);
    }

    private static Argv list(Platform platform, List<String> order, List<String> conditions) {
        List<String> words =
                new ArrayList<>(List.of("journalctl", "--no-pager", "--output=json", "--all"));
        words.addAll(order);
        if (platform.systemdVersion() >= OUTPUT_FIELDS) {
            words.add(
                    "--output-fields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT,SYSLOG_IDENTIFIER,_COMM"
                            + ",_PID");
        }
        words.addAll(conditions);
        return Argv.of(words).betterAsRoot().keeping(MOST_BYTES);
    }

    /// The names of the login user's groups: they tell how much a journal read without root shows.
    public static Argv groups() {
        return Argv.of("id", "-Gn");
    }

    /// How much journal there is: tells a journal without such entries from no journal.
    public static Argv volume() {
        return Argv.of("journalctl", "--no-pager", "--disk-usage").betterAsRoot();
    }

    /// The form of [#newest] with these conditions.
    public static RootCommand rootCommand(String conditions) {
        return RootCommand.of(
                "journalctl --no-pager --output=json --all --reverse --lines=<number>"
                        + " [[ --output-fields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT"
                        + ",SYSLOG_IDENTIFIER,_COMM,_PID ]] "
                        + conditions);
    }

    /// The form of [#oldest] with these conditions.
    static RootCommand rootOldest(String conditions) {
        return RootCommand.of(
                "journalctl --no-pager --output=json --all"
                        + " [[ --output-fields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT"
                        + ",SYSLOG_IDENTIFIER,_COMM,_PID ]] "
                        + conditions);
    }

    /// The form of [#volume].
    public static RootCommand rootVolume() {
        return RootCommand.of("journalctl --no-pager --disk-usage");
    }

    static boolean hasNoFiles(Capture volume) throws Unreadable {
        String said = volume.readable().stdout().strip();
        if (!said.matches("Archived and active journals take up [0-9.]+[A-Z]* .*")) {
            throw Unreadable.line(volume.argv(), 1, "how much the journals take up", said);
        }
        return said.contains(NO_FILES);
    }

    /// What `journal` does not show, and what would mend it.
    ///
    /// @param groups the capture of [#groups], needed when `journal` was not read as root
    /// @param volume the capture of [#volume], needed when `journal` is empty
    public static List<Bilingual> gaps(
            Capture journal, Optional<Capture> groups, Optional<Capture> volume) throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        boolean closed = journal.stderr().contains(CLOSED);
        if (!journal.asRoot() && !closed && groups.isPresent()) {
            List<String> names = List.of(groups.get().readable().stdout().strip().split("\\s+"));
            closed = Collections.disjoint(names, READERS);
        }
        if (closed) {
            gaps.add(hidden());
        } else if (volume.isPresent() && hasNoFiles(volume.get())) {
            gaps.add(
                    Bilingual.of(
                            "this host keeps no journal files; nothing can be said about what"
                                    + " happened",
                            "该主机没有日志文件（journal）；无法判断发生过什么"));
        }
        if (journal.truncated()) {
            gaps.add(
                    Bilingual.of(
                            "the output was cut: older entries of the same time are missing; ask"
                                    + " for a shorter time or fewer lines",
                            "输出过长被截断：同一时间段内较早的条目缺失；请缩短时间范围或减少行数"));
        }
        return List.copyOf(gaps);
    }

    /// Whether `journal` has no entry.
    static boolean isEmpty(Capture journal) {
        return journal.stdout().isBlank() || journal.stdout().strip().equals(NOTHING);
    }

    private static Bilingual hidden() {
        return Bilingual.of(
                "entries of the system and of other users are hidden from this login; to see them,"
                        + " allow it sudo or add it to the group systemd-journal",
                "当前登录用户看不到系统和其他用户的日志；请允许其使用 sudo，或将其加入 systemd-journal 组");
    }

    /// Every entry, the oldest first, not yet folded.
    ///
    /// @throws Unreadable naming the first line that is not an entry
    public static List<JournalEntry> read(Capture journal) throws Unreadable {
        boolean closed = journal.exit() == 1 && journal.stderr().contains(CLOSED);
        if (closed || matchedNothing(journal)) {
            return List.of();
        }
        journal.readable();
        if (isEmpty(journal)) {
            return List.of();
        }
        List<JournalEntry> entries = new ArrayList<>();
        List<ObjectNode> objects = JsonLines.objects(journal);
        for (int index = 0; index < objects.size(); index++) {
            entries.add(entry(journal.argv(), index + 1, objects.get(index)));
        }
        return entries.reversed();
    }

    /// A search that finds nothing ends with exit code 1 and says nothing, measured on systemd 252.
    private static boolean matchedNothing(Capture journal) {
        return journal.exit() == 1
                && journal.argv().words().stream().anyMatch(word -> word.startsWith("--grep="))
                && journal.stdout().isBlank()
                && journal.stderr().isBlank();
    }

    /// The same entries, equal ones in a row as one with their number.
    public static List<JournalEntry> fold(List<JournalEntry> entries) {
        List<JournalEntry> folded = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (!folded.isEmpty() && folded.getLast().repeats(entry)) {
                JournalEntry before = folded.removeLast();
                folded.add(entry.repeated(before.times()));
            } else {
                folded.add(entry);
            }
        }
        return List.copyOf(folded);
    }

    private static JournalEntry entry(Argv argv, int line, ObjectNode json) throws Unreadable {
        Optional<String> unit = text(json.path("UNIT")).or(() -> text(json.path("_SYSTEMD_UNIT")));
        Optional<Long> number = number(argv, line, json, "PRIORITY");
        Optional<Priority> priority = number.flatMap(Priority::of);
        if (number.isPresent() && priority.isEmpty()) {
            throw Unreadable.line(argv, line, "PRIORITY from 0 to 7", number.get().toString());
        }
        return new JournalEntry(
                time(argv, line, json),
                priority,
                unit.map(HostText::new),
                new HostText(
                        text(json.path("SYSLOG_IDENTIFIER"))
                                .or(() -> text(json.path("_COMM")))
                                .orElse("")),
                number(argv, line, json, "_PID"),
                new HostText(shortened(text(json.path("MESSAGE")).orElse(""))),
                1,
                line);
    }

    private static Instant time(Argv argv, int line, ObjectNode json) throws Unreadable {
        long micros =
                number(argv, line, json, "__REALTIME_TIMESTAMP")
                        .orElseThrow(() ->
                                Unreadable.line(
                                        argv, line, "__REALTIME_TIMESTAMP", json.toString()));
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
    }

    private static Optional<Long> number(Argv argv, int line, ObjectNode json, String field)
            throws Unreadable {
        Optional<String> text = text(json.path(field));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.get()));
        } catch (NumberFormatException refused) {
            throw Unreadable.line(argv, line, "a number as " + field, text.get());
        }
    }

    /// A field: text; bytes as an array of numbers when it is not UTF-8; an array of those when the
    /// entry has the field several times; null when it was too long to print.
    private static Optional<String> text(JsonNode field) {
        if (field.isTextual() || field.isNumber()) {
            return Optional.of(field.asText());
        }
        if (!field.isArray()) {
            return Optional.empty();
        }
        boolean bytes = !field.isEmpty() && field.get(0).isInt();
        if (!bytes) {
            List<String> parts = new ArrayList<>();
            field.forEach(part -> text(part).ifPresent(parts::add));
            return Optional.of(String.join("\n", parts));
        }
        byte[] raw = new byte[field.size()];
        for (int index = 0; index < raw.length; index++) {
            raw[index] = (byte) field.get(index).intValue();
        }
        return Optional.of(new String(raw, StandardCharsets.UTF_8));
    }

    private static String shortened(String message) {
        if (message.length() <= MOST_CHARACTERS) {
            return message;
        }
        int end =
                Character.isHighSurrogate(message.charAt(MOST_CHARACTERS - 1))
                        ? MOST_CHARACTERS - 1
                        : MOST_CHARACTERS;
        return message.substring(0, end) + "…";
    }
}
