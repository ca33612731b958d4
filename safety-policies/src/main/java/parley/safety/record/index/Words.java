package parley.safety.record.index;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words somebody searches for: every one must stand in the text; what is in quotation marks,
/// or a name with dots and slashes in it, must stand there as one piece; `ngin*` finds what begins
/// so.
public record Words(List<Phrase> phrases) {
    private static final Pattern PIECE = Pattern.compile("[\"“]([^\"”]*)[\"”]|(\\S+)");

    public Words {
        phrases = List.copyOf(phrases);
    }

    /// Tokens that follow one another.
    ///
    /// @param prefix whether the last one may go on
    record Phrase(List<String> tokens, boolean prefix) {
        Phrase {
            tokens = List.copyOf(tokens);
        }

        private String match() {
            String quoted = "\"" + String.join(" ", tokens) + "\"";
            return prefix ? quoted + " *" : quoted;
        }

        private boolean isIn(List<String> text) {
            for (int from = 0; from + tokens.size() <= text.size(); from++) {
                if (isAt(text, from)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isAt(List<String> text, int from) {
            int last = tokens.size() - 1;
            for (int index = 0; index <= last; index++) {
                String there = text.get(from + index);
                boolean same =
                        (index == last && prefix)
                                ? there.startsWith(tokens.get(index))
                                : there.equals(tokens.get(index));
                if (!same) {
                    return false;
                }
            }
            return true;
        }
    }

    /// What `typed` asks for; nothing but blanks and punctuation asks for nothing.
    public static Words of(String typed) {
        List<Phrase> phrases = new ArrayList<>();
        Matcher pieces = PIECE.matcher(typed);
        while (pieces.find()) {
            String piece = pieces.group(1) != null ? pieces.group(1) : pieces.group(2);
            List<String> tokens = Tokens.sought(piece);
            if (!tokens.isEmpty()) {
                String last = tokens.getLast();
                boolean alone = last.codePointCount(0, last.length()) == 1;
                // One Han character stands at the beginning of a pair or at the end of a run.
                boolean han = alone && Tokens.isHan(last.codePointAt(0));
                phrases.add(new Phrase(tokens, piece.endsWith("*") || han));
            }
        }
        return new Words(phrases);
    }

    public boolean isEmpty() {
        return phrases.isEmpty();
    }

    /// In the language of FTS5: nothing but quoted tokens, so nothing of it is an operator.
    String match() {
        return String.join(" AND ", phrases.stream().map(Phrase::match).toList());
    }

    /// Whether all of them stand in `text`: the record's own word on what the index says.
    public boolean areIn(String text) {
        if (phrases.isEmpty()) {
            return true;
        }
        List<String> tokens = List.of(Tokens.of(text).split(" "));
        return phrases.stream().allMatch(phrase -> phrase.isIn(tokens));
    }

    /// The first line of `text` that holds one of them, for showing where it was found.
    public String line(String text) {
        return text.lines()
                .filter(line -> {
                    List<String> tokens = List.of(Tokens.of(line).split(" "));
                    return phrases.stream().anyMatch(phrase -> phrase.isIn(tokens));
                })
                .findFirst()
                .orElse(text.lines().findFirst().orElse(""));
    }
}
