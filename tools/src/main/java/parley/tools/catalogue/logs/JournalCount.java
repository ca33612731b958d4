package parley.tools.catalogue.logs;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.WholeLines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How many entries of the journal fit, and how many of them are errors.
///
/// Source: `journalctl -o cat --output-fields=PRIORITY`, which prints two bytes for each entry: its
/// priority and a line end. So the number of bytes tells the number of entries even where not all
/// of them were kept. An entry without a priority, as audit's, prints nothing and is not counted.
/// Exit 124 means that there were more than could be counted in time.
///
/// @param total empty where they could not be counted in time
/// @param errors empty as above, or where not all priorities were kept
record JournalCount(Optional<Long> total, Optional<Long> errors) {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    static Argv of(List<String> conditions) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "journalctl",
                                "--no-pager",
                                "--quiet",
                                "--output=cat",
                                "--output-fields=PRIORITY"));
        words.addAll(conditions);
        return Argv.of(words)
                .betterAsRoot()
                .within(TIME_LIMIT)
                .keeping(512L * 1024)
                .alsoReadableWhenExit(1, 124);
    }

    /// The form of [#of] with these conditions.
    static RootCommand rootCommand(String conditions) {
        return RootCommand.of(
                "journalctl --no-pager --quiet --output=cat --output-fields=PRIORITY "
                        + conditions);
    }

    /// @throws Unreadable naming the first line that is no priority
    static JournalCount read(Argv argv, List<Capture> captures) throws Unreadable {
        Capture capture = Captures.need(captures, argv).readable();
        boolean hidden =
                capture.exit() == 124 || (capture.exit() == 1 && !capture.stderr().isBlank());
        if (hidden) {
            return new JournalCount(Optional.empty(), Optional.empty());
        }
        long errors = 0;
        List<String> lines = WholeLines.of(capture);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (!line.matches("[0-7]")) {
                throw Unreadable.line(argv, index + 1, "a priority from 0 to 7", line);
            }
            errors += line.charAt(0) <= '3' ? 1 : 0;
        }
        return capture.truncated()
                ? new JournalCount(Optional.of(capture.stdoutBytes() / 2), Optional.empty())
                : new JournalCount(Optional.of((long) lines.size()), Optional.of(errors));
    }
}
