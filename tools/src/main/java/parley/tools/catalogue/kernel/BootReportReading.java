package parley.tools.catalogue.kernel;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.kernel.BootReport.Arguments;
import parley.tools.catalogue.logs.Boot;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.logs.JournalLines;
import parley.tools.read.Captures;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what [BootReport] ran.
final class BootReportReading {
    private static final int MOST_SLOW = 5;
    private static final int LAST_WORDS = 3;
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern STATE = Pattern.compile("[a-z]{3,20}");

    /// What systemd says of an orderly end.
    private static final Pattern ORDERLY =
            Pattern.compile(
                    ".*(?:Reached target .{0,40}(?:Shutdown|Power-Off|Poweroff|Reboot|Halt"
                            + "|Final Step|Power Off)|Shutting down\\.|Powering off\\.|Rebooting\\."
                            + "|Journal stopped|systemd-shutdown).*",
                    Pattern.DOTALL);

    private BootReportReading() {}

    static Reading<Boots> of(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<BootPast> pasts = new ArrayList<>();
        for (Boot boot : BootReport.newest(arguments, captures)) {
            Optional<Capture> words =
                    boot.index() < 0
                            ? Captures.find(captures, BootReport.lastWords(platform, boot.index()))
                            : Optional.empty();
            pasts.add(past(boot, words));
        }
        Capture list = Captures.need(captures, Boot.list());
        if (!list.asRoot()) {
            gaps.addAll(
                    JournalLines.gaps(
                            list,
                            Captures.find(captures, JournalLines.groups()),
                            Optional.empty()));
        }
        List<HostText> crashes = new ArrayList<>();
        for (Line row : Lines.rows(Captures.number(captures, BootReport.CRASHES), captures)) {
            crashes.add(new HostText(row.text()));
        }
        return Reading.of(
                new Boots(
                        word(1, ID, "a boot id", captures),
                        new HostText(word(2, STATE, "the state of the system", captures)),
                        scheduled(captures),
                        pasts,
                        BootTimes.read(4, 5, MOST_SLOW, captures),
                        crashes),
                gaps);
    }

    private static String word(int number, Pattern form, String expected, List<Capture> captures)
            throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        if (lines.size() != 1) {
            Capture capture = captures.get(number - 1);
            throw Unreadable.line(capture.argv(), 1, expected, capture.stdout());
        }
        return lines.getFirst().match(form, expected).group();
    }

    /// The moment in microseconds since 1970 that `shutdown` left for others to see.
    private static Optional<Instant> scheduled(List<Capture> captures) throws Unreadable {
        Capture capture = Captures.need(captures, BootReport.SCHEDULED).readable();
        if (capture.exit() != 0) {
            return Optional.empty();
        }
        KeyValues block = KeyValues.only(capture);
        Optional<Long> micros = block.number("USEC");
        if (micros.isEmpty()) {
            throw block.unreadable("USEC", "a moment in microseconds");
        }
        return Optional.of(Instant.ofEpochSecond(micros.get() / 1_000_000));
    }

    private static BootPast past(Boot boot, Optional<Capture> words) throws Unreadable {
        if (words.isEmpty()) {
            return new BootPast(
                    boot.index(),
                    boot.id(),
                    boot.first(),
                    boot.last(),
                    Optional.empty(),
                    List.of());
        }
        List<JournalEntry> entries = JournalLines.read(words.get());
        boolean clean =
                entries.stream()
                        .map(entry -> entry.message().value())
                        .anyMatch(text -> ORDERLY.matcher(text).matches());
        List<HostText> last =
                clean
                        ? List.of()
                        : entries
                                .subList(Math.max(0, entries.size() - LAST_WORDS), entries.size())
                                .stream()
                                .map(JournalEntry::message)
                                .toList();
        return new BootPast(
                boot.index(),
                boot.id(),
                boot.first(),
                boot.last(),
                entries.isEmpty() ? Optional.empty() : Optional.of(clean),
                last);
    }
}
