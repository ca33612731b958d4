package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import parley.tools.Clue;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;

/// The evidence of a conclusion: one call's output, or lines of it.
///
/// @param id the number that answers cite
/// @param lines empty when the whole output is the evidence
/// @param quotes what stands there, word for word, as far as it is worth quoting
public record Citation(
        @Means(en = "evidence", zh = "证据") String id,
        @Means(en = "host", zh = "主机") String host,
        @Means(en = "tool", zh = "工具") String tool,
        @Means(en = "lines", zh = "行") List<Finding.Lines> lines,
        @Means(en = "quotes", zh = "原文") List<HostText> quotes) {
    private static final int MOST_LINES = 5;
    private static final int MOST_QUOTES = 2;
    private static final int MOST_QUOTED = 240;

    public Citation {
        requireNonNull(id, "id is null");
        requireNonNull(host, "host is null");
        requireNonNull(tool, "tool is null");
        lines = List.copyOf(lines);
        quotes = List.copyOf(quotes);
    }

    /// All that `clue` has.
    public static Citation of(Clue clue) {
        return of(clue, List.of());
    }

    /// The lines of `clue` that hold all of `words`; all of it where no line does.
    public static Citation of(Clue clue, String... words) {
        return of(clue, clue.lines(MOST_LINES, words));
    }

    /// These lines of `clue`, quoted.
    public static Citation of(Clue clue, List<Finding.Lines> lines) {
        List<HostText> quotes = new ArrayList<>();
        for (Finding.Lines one : lines) {
            clue.text(one).stream()
                    .map(text -> text.replace("\0", "").strip())
                    .filter(text -> !text.isEmpty() && text.length() <= MOST_QUOTED)
                    // The heading of a certificate says nothing of it.
                    .filter(text -> !text.startsWith("-----BEGIN "))
                    .limit(MOST_QUOTES - (long) quotes.size())
                    .map(HostText::new)
                    .forEach(quotes::add);
        }
        return new Citation(
                clue.id(),
                clue.lead().host().name(),
                clue.lead().call().tool().name(),
                lines,
                quotes);
    }

    /// These lines of `clue`, which say nothing to a reader by themselves.
    static Citation unquoted(Clue clue, List<Finding.Lines> lines) {
        return new Citation(
                clue.id(),
                clue.lead().host().name(),
                clue.lead().call().tool().name(),
                lines,
                List.of());
    }

    /// One line of `clue`, with the part of it that matters.
    public static Citation quoting(Clue clue, Finding.Lines line, String quote) {
        return new Citation(
                clue.id(),
                clue.lead().host().name(),
                clue.lead().call().tool().name(),
                List.of(line),
                List.of(new HostText(quote.strip())));
    }
}
