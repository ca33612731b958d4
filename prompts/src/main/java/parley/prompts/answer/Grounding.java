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
/// name evidence that exists, and what it quotes must stand there.
///
/// It proves no sentence true; it finds those that cannot rest on what they name.
public final class Grounding {
    private static final Pattern SENTENCE =
            Pattern.compile("[^\\n。！？]*?(?:[.!?](?=\\s|$)|[。！？\\n]|$)");
    private static final Pattern ID = Pattern.compile("#\\d{1,4}");
    private static final Pattern QUOTE =
            Pattern.compile("“([^”]{3,300})”|\"([^\"]{3,300})\"|`([^`]{3,300})`|「([^」]{2,300})」");

    /// A figure, a path, a unit: more than a turn of phrase.
    private static final Pattern PARTICULAR =
            Pattern.compile(
                    "\\d|(?<!\\w)/[a-z]|\\b[\\w@-]+\\.(?:service|timer|socket|conf|log)\\b");

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
    public static Checked check(String words, Map<String, String> read, Language language) {
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

    private static Optional<Bilingual> doubt(String sentence, Map<String, String> read) {
        List<String> ids = ID.matcher(sentence).results().map(found -> found.group()).toList();
        for (String id : ids) {
            if (!read.containsKey(id)) {
                return Optional.of(Bilingual.of("there is no evidence " + id, "没有证据 " + id));
            }
        }
        String bare = ID.matcher(sentence).replaceAll("");
        List<String> quotes = quotes(bare);
        if (ids.isEmpty() && (!quotes.isEmpty() || PARTICULAR.matcher(bare).find())) {
            return Optional.of(Bilingual.of("it names no evidence", "没有注明证据"));
        }
        for (String quote : quotes) {
            if (ids.stream().noneMatch(id -> holds(read.get(id), quote))) {
                return Optional.of(
                        Bilingual.of(
                                "“" + quote + "” does not stand in " + String.join(", ", ids),
                                String.join("、", ids) + " 中没有“" + quote + "”"));
            }
        }
        return Optional.empty();
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
    private static boolean holds(@Nullable String text, String quote) {
        return text != null && plain(text).contains(plain(quote));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\\\\"'“”…]|\\.{3}", "").toLowerCase(Locale.ROOT);
    }
}
