package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Atoms.Atom;
import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Cuts what no value claimed into words: the cut with the fewest words and the least unknown.
final class WordCutter {
    private static final double KNOWN = 1.0;
    private static final double CORRECTED = 1.7;
    private static final double UNKNOWN = 2.0;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

    private final Grammar grammar;

    WordCutter(Grammar grammar) {
        this.grammar = grammar;
    }

    private record Choice(double cost, int atoms, Set<String> concepts, boolean corrected) {}

    /// `found` and, between them, words.
    List<Token> fillGaps(NormalText text, List<Token> found) {
        List<Token> all = new ArrayList<>();
        int at = 0;
        for (Token token : found) {
            cut(text, at, token.start(), all);
            all.add(token);
            at = Math.max(at, token.end());
        }
        cut(text, at, text.text().length(), all);
        return all;
    }

    private void cut(NormalText text, int from, int to, List<Token> into) {
        List<Atom> atoms = Atoms.of(text.lower(), from, to);
        double[] least = new double[atoms.size() + 1];
        Choice[] chosen = new Choice[atoms.size()];
        for (int at = atoms.size() - 1; at >= 0; at--) {
            least[at] = Double.MAX_VALUE;
            for (Choice choice : choices(atoms, at)) {
                double cost = choice.cost() + least[at + choice.atoms()];
                if (cost < least[at]) {
                    least[at] = cost;
                    chosen[at] = choice;
                }
            }
        }
        for (int at = 0; at < atoms.size(); at += chosen[at].atoms()) {
            emit(text, atoms, at, chosen[at], into);
        }
    }

    private List<Choice> choices(List<Atom> atoms, int at) {
        List<Choice> choices = new ArrayList<>();
        List<String> key = new ArrayList<>();
        boolean allHan = true;
        for (int next = at;
                next < atoms.size() && next < at + grammar.lexicon().longest();
                next++) {
            Atom atom = atoms.get(next);
            key.add(atom.text());
            allHan &= atom.isHan();
            Set<String> concepts = grammar.lexicon().concepts(key);
            if (!concepts.isEmpty()) {
                choices.add(new Choice(KNOWN - 0.01 * key.size(), key.size(), concepts, false));
            } else if (allHan && key.size() >= 2 && key.size() <= 5) {
                Set<String> heard = grammar.lexicon().soundingLike(key);
                if (!heard.isEmpty()) {
                    choices.add(new Choice(CORRECTED, key.size(), heard, true));
                }
            }
        }
        choices.add(new Choice(UNKNOWN, 1, Set.of(), false));
        return choices;
    }

    private void emit(NormalText text, List<Atom> atoms, int at, Choice choice, List<Token> into) {
        Atom first = atoms.get(at);
        int end = atoms.get(at + choice.atoms() - 1).end();
        String typed = text.text().substring(first.start(), end);
        if (!choice.concepts().isEmpty()) {
            into.add(Token.word(first.start(), end, typed, choice.concepts(), choice.corrected()));
        } else if (first.isMark()) {
            into.add(Token.value(first.start(), end, typed, Kind.MARK, "mark", typed));
        } else if (first.isHan()) {
            into.add(Token.value(first.start(), end, typed, Kind.ORDINARY, "ordinary", typed));
        } else {
            into.add(latin(first.start(), end, typed, first.text()));
        }
    }

    private Token latin(int start, int end, String typed, String lower) {
        if (!grammar.names().contains(lower)) {
            if (grammar.ordinary().contains(lower)) {
                return Token.value(start, end, typed, Kind.ORDINARY, "ordinary", typed);
            }
            Set<String> corrected = grammar.lexicon().corrected(lower);
            if (!corrected.isEmpty()) {
                return Token.word(start, end, typed, corrected, true);
            }
            if (grammar.lexicon().isMistyped(lower)) {
                return Token.value(start, end, typed, Kind.ORDINARY, "ordinary", typed);
            }
        }
        boolean possible = typed.length() >= 2 && PLAIN.matcher(typed).matches();
        return Token.value(start, end, typed, possible ? Kind.NAME : Kind.ORDINARY, "name", typed);
    }
}
