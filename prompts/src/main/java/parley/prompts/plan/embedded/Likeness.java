package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a request is told by when it is compared with examples: its words, pairs of them, pieces of
/// them, Chinese characters, concepts, and what kinds of values it holds.
final class Likeness {
    /// What stands in an example where a request names a host or a path.
    static final String HOST = "hostx";

    private static final String PATH = "pathx";
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int SHORTEST_GRAM = 3;
    private static final int LONGEST_GRAM = 5;
    private static final int LONGEST_HAN = 3;

    private final WordCutter cutter;

    Likeness(Grammar grammar) {
        cutter = new WordCutter(grammar);
    }

    Set<String> features(List<Token> tokens) {
        Set<String> found = new LinkedHashSet<>();
        for (Token token : tokens) {
            if (token.is(Kind.VALUE) || token.is(Kind.NAME)) {
                found.add("slot " + token.type() + (token.is(Kind.NAME) ? " name" : ""));
            }
        }
        String plain = DIGITS.matcher(text(tokens).toLowerCase(Locale.ROOT)).replaceAll("0");
        StringBuilder han = new StringBuilder();
        String before = "^";
        for (Atoms.Atom atom : Atoms.of(plain, 0, plain.length())) {
            if (atom.isMark() && !atom.text().equals("?")) {
                han.append(' ');
                continue;
            }
            found.add("word " + atom.text());
            found.add("pair " + before + " " + atom.text());
            before = atom.text();
            han.append(atom.isHan() ? atom.text() : " ");
            if (!atom.isHan()) {
                parts("_" + atom.text() + "_", SHORTEST_GRAM, LONGEST_GRAM, found);
            }
        }
        parts(han.toString(), 1, LONGEST_HAN, found);
        for (Token word : cutter.fillGaps(NormalText.of(plain), List.of())) {
            word.concepts().stream()
                    .filter(concept -> !concept.equals("skip"))
                    .forEach(concept -> found.add("concept " + concept));
        }
        return found;
    }

    /// The words of a request as the examples are written.
    private static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int end = -1;
        for (Token token : tokens) {
            boolean host = Segments.isHost(token);
            boolean path = token.is(Kind.VALUE) && token.type().endsWith("path");
            boolean latin = !text.isEmpty() && !Atoms.isHan(text.charAt(text.length() - 1));
            text.append(token.start() > end && latin ? " " : "")
                    .append(host ? " " + HOST + " " : path ? " " + PATH + " " : token.text());
            end = token.end();
        }
        return text.toString();
    }

    private static void parts(String text, int shortest, int longest, Set<String> found) {
        for (int size = shortest; size <= longest; size++) {
            for (int at = 0; at + size <= text.length(); at++) {
                String part = text.substring(at, at + size);
                if (part.indexOf(' ') < 0) {
                    found.add("part " + part);
                }
            }
        }
    }
}
