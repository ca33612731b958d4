package parley.prompts.answer;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;
import parley.tools.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks what a model says against what was read: a sentence that states something particular must
/// name evidence that exists, the lines it names must be there, what it quotes must stand in them,
/// and what it names (paths, units, shares, processes, ports) in what it cites.
///
/// It proves no sentence true; it finds those that cannot rest on what they name.
public final class Grounding {
    private static final Pattern SENTENCE =
            Pattern.compile(
                    "[^\\n。！？]*?(?:(?:[.!?](?=\\s|$)|[。！？])(?:["
                            + " \\t]*[\\[(（［【][^\\])）］】\\n]{0,40}#\\d[^\\])）］】\\n]{0,80}[\\])）］】])*"
                            + "|\\n|$)");

    /// `#3 line 4`, `#3.2 lines 12–20`, `#3 第 2-5 行`.
    private static final Pattern CITED =
            Pattern.compile(
                    "(#\\d{1,4})(?:\\.(\\d{1,3}))?(?:,? ?(?:lines? |第 ?)(\\d{1,7})(?: ?[-–—至到]"
                            + " ?(\\d{1,7}))?(?: ?行)?)?");

    private static final Pattern QUOTE =
            Pattern.compile("“([^”]{3,300})”|\"([^\"]{3,300})\"|`([^`]{3,300})`|「([^」]{2,300})」");

    /// A figure, a path, a unit: more than a turn of phrase.
    private static final Pattern PARTICULAR =
            Pattern.compile(
                    "\\d|(?<!\\w)/[a-z]|\\b[\\w@-]+\\.(?:service|timer|socket|conf|log)\\b");

    /// What names one thing and no other: a path, a unit, a share, a process, a port.
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?<![\\w.])/[a-z][\\w./@+-]*[\\w]"
                            + "|\\b[\\w@-]+\\.(?:service|timer|socket|mount)\\b"
                            + "|\\d+(?:\\.\\d+)? ?(?=[%％])"
                            + "|(?<=\\b(?:PID|pid|port|status|code) )\\d+"
                            + "|(?<=(?:进程号|端口|退出码) ?)\\d+");

    private static final Pattern FIGURE = Pattern.compile("\\d{1,12}(?:\\.\\d{1,6})?");

    /// What a model proposes to type is no claim: it is judged when somebody does.
    private static final Pattern COMMAND = Pattern.compile("`parley [^`\\n]{1,300}`");

    /// What one piece of evidence holds.
    ///
    /// @param text everything that was printed and read, and what was asked
    /// @param outputs the lines of each command's output, which citations count
    public record Read(String text, List<List<String>> outputs) {
        public Read {
            requireNonNull(text, "text is null");
            outputs = outputs.stream().map(List::copyOf).toList();
        }
    }

    /// A sentence that does not rest on what was read.
    public record Doubt(String sentence, Bilingual why) {
        public Doubt {
            requireNonNull(sentence, "sentence is null");
            requireNonNull(why, "why is null");
        }
    }

    /// @param words with a mark behind each doubtful sentence
    public record Checked(String words, List<Doubt> doubts) {
        public Checked {
            requireNonNull(words, "words is null");
            doubts = List.copyOf(doubts);
        }
    }

    private Grounding() {}

    /// @param read what each piece of evidence holds, by its id: `#3`
    public static Checked check(String words, Map<String, Read> read, Language language) {
        StringBuilder marked = new StringBuilder();
        List<Doubt> doubts = new ArrayList<>();
        Matcher sentences = SENTENCE.matcher(words);
        int end = 0;
        while (end < words.length() && sentences.find(end)) {
            String sentence = sentences.group();
            end = Math.max(sentences.end(), end + 1);
            Optional<Bilingual> why = doubt(sentence, read);
            marked.append(why.isEmpty() ? sentence : marked(sentence, language));
            why.ifPresent(one -> doubts.add(new Doubt(sentence.strip(), one)));
        }
        return new Checked(marked.toString(), doubts);
    }

    private static String marked(String sentence, Language language) {
        String mark =
                switch (language) {
                    case EN -> " [not supported by what was read]";
                    case ZH -> "［读到的内容不支持此句］";
                };
        String text = sentence.stripTrailing();
        return text + mark + sentence.substring(text.length());
    }

    private static Optional<Bilingual> doubt(String said, Map<String, Read> read) {
        String sentence = COMMAND.matcher(said).replaceAll("");
        List<String> cited = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        Matcher citation = CITED.matcher(sentence);
        while (citation.find()) {
            @Nullable Read one = read.get(citation.group(1));
            if (one == null) {
                String id = citation.group(1);
                return Optional.of(Bilingual.of("there is no evidence " + id, "没有证据 " + id));
            }
            Optional<String> range = range(citation, one);
            if (range.isEmpty()) {
                String place = citation.group();
                return Optional.of(
                        Bilingual.of("there are no such lines: " + place, "没有这些行：" + place));
            }
            cited.add(citation.group(1));
            texts.add(one.text());
            lines.add(range.get());
        }
        String bare = CITED.matcher(sentence).replaceAll("");
        List<String> quotes = quotes(bare);
        if (cited.isEmpty() && (!quotes.isEmpty() || PARTICULAR.matcher(bare).find())) {
            return Optional.of(Bilingual.of("it names no evidence", "没有注明证据"));
        }
        String ids = String.join(", ", cited);
        for (String quote : quotes) {
            if (lines.stream().noneMatch(text -> holds(text, quote))) {
                return Optional.of(
                        texts.stream().anyMatch(text -> holds(text, quote))
                                ? Bilingual.of(
                                        "“{0}” stands in {1}, in other lines",
                                        "“{0}”在 {1} 中，但不在所注的行", quote, ids)
                                : Bilingual.of(
                                        "“" + quote + "” does not stand in " + ids,
                                        ids.replace(", ", "、") + " 中没有“" + quote + "”"));
            }
        }
        return cited.isEmpty() ? Optional.empty() : unnamed(bare, texts, ids);
    }

    /// The lines that a citation names, or all of its evidence where it names none; empty when
    /// there are no such lines.
    private static Optional<String> range(Matcher citation, Read read) {
        if (citation.group(3) == null) {
            return Optional.of(read.text());
        }
        int capture = citation.group(2) == null ? 1 : Integer.parseInt(citation.group(2));
        int from = Integer.parseInt(citation.group(3));
        int to = citation.group(4) == null ? from : Integer.parseInt(citation.group(4));
        if (capture < 1 || capture > read.outputs().size()) {
            return Optional.empty();
        }
        List<String> all = read.outputs().get(capture - 1);
        return from < 1 || to < from || to > all.size()
                ? Optional.empty()
                : Optional.of(String.join("\n", all.subList(from - 1, to)));
    }

    /// Something named that stands nowhere in what the sentence cites.
    private static Optional<Bilingual> unnamed(String bare, List<String> texts, String ids) {
        return NAMED.matcher(bare)
                .results()
                .map(found -> found.group().strip())
                .filter(name -> texts.stream().noneMatch(text -> names(text, name)))
                .findFirst()
                .map(name ->
                        Bilingual.of(
                                name + " does not stand in " + ids,
                                ids.replace(", ", "、") + " 中没有 " + name));
    }

    /// A figure may be rounded: 97 of 97.3.
    private static boolean names(String text, String name) {
        if (!name.matches("[\\d.]+")) {
            return text.contains(name);
        }
        int places = name.contains(".") ? name.length() - name.indexOf('.') - 1 : 0;
        double half = 0.5 / Math.pow(10, places);
        double value = Double.parseDouble(name);
        return FIGURE.matcher(text)
                .results()
                .anyMatch(found ->
                        Math.abs(Double.parseDouble(found.group()) - value) <= half + 1e-9);
    }

    private static List<String> quotes(String sentence) {
        List<String> quotes = new ArrayList<>();
        Matcher matcher = QUOTE.matcher(sentence);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    quotes.add(matcher.group(group));
                }
            }
        }
        return quotes;
    }

    /// Blanks, quotation marks, how a journal escapes them, and the mark of an omission do not
    /// count.
    private static boolean holds(String text, String quote) {
        return plain(text).contains(plain(quote));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\\\\"'“”…]|\\.{3}", "").toLowerCase(Locale.ROOT);
    }
}
