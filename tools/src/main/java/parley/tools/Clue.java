package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What became of a lead: what was read, or why nothing was.
///
/// @param id the number that answers cite: `#3`
/// @param captures what the commands gave that did run
public record Clue(String id, Lead lead, Result result, List<Capture> captures) {
    public Clue {
        requireNonNull(id, "id is null");
        requireNonNull(lead, "lead is null");
        requireNonNull(result, "result is null");
        captures = List.copyOf(captures);
    }

    /// What became of it.
    public sealed interface Result {}

    /// It was read, wholly or partly.
    public record Read(Reading<?> reading, List<Finding> findings) implements Result {
        public Read {
            requireNonNull(reading, "reading is null");
            findings = List.copyOf(findings);
        }
    }

    /// Nothing was read. It never means that nothing is there.
    public record Missing(Kind kind, Bilingual why) implements Result {
        public Missing {
            requireNonNull(kind, "kind is null");
            requireNonNull(why, "why is null");
        }
    }

    /// Why nothing was read.
    public enum Kind {
        /// This host has no way to answer.
        NOT_SUPPORTED,
        /// A policy or the host itself refused.
        DENIED,
        UNREACHABLE,
        /// It ran, and what it printed could not be read; or it failed.
        UNREADABLE,
        /// There was no time or no call left for it.
        NOT_TRIED
    }

    public Optional<Reading<?>> reading() {
        return result instanceof Read read ? Optional.of(read.reading()) : Optional.empty();
    }

    /// The lines of the captures that hold all of `words`, in any case, each as a range of its own;
    /// at most `most`. A word behind `^` must stand at the line's begin.
    public List<Finding.Lines> lines(int most, String... words) {
        List<Finding.Lines> found = new ArrayList<>();
        for (int capture = 1; capture <= captures.size(); capture++) {
            List<String> lines = captures.get(capture - 1).lines();
            for (int line = 1; line <= lines.size() && found.size() < most; line++) {
                String text = lines.get(line - 1).toLowerCase(Locale.ROOT);
                if (Arrays.stream(words)
                        .allMatch(word -> holds(text, word.toLowerCase(Locale.ROOT)))) {
                    found.add(new Finding.Lines(capture, line, line));
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean holds(String text, String word) {
        return word.startsWith("^") ? text.startsWith(word.substring(1)) : text.contains(word);
    }

    /// The text of these lines, as far as the captures have them.
    public List<String> text(Finding.Lines lines) {
        if (lines.capture() > captures.size()) {
            return List.of();
        }
        List<String> all = captures.get(lines.capture() - 1).lines();
        return lines.from() > all.size()
                ? List.of()
                : all.subList(lines.from() - 1, Math.min(lines.to(), all.size()));
    }
}
