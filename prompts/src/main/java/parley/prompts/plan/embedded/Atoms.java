package parley.prompts.plan.embedded;

import java.util.ArrayList;
import java.util.List;

/// The smallest parts of a text: Latin words, single Han characters, single marks.
final class Atoms {
    /// A part and where it stands.
    record Atom(int start, int end, String text) {
        boolean isHan() {
            return text.length() == 1 && Atoms.isHan(text.charAt(0));
        }

        boolean isMark() {
            return !Character.isLetterOrDigit(text.charAt(0)) && text.charAt(0) != '\'';
        }
    }

    private static final List<String> NO_POSSESSIVES =
            List.of(
                    "what's", "it's", "that's", "who's", "where's", "how's", "there's", "let's",
                    "here's", "why's", "when's");

    private Atoms() {}

    /// The atoms of `lower` from `from` to `to`; a line break is an atom, a blank is none.
    static List<Atom> of(String lower, int from, int to) {
        List<Atom> atoms = new ArrayList<>();
        int at = from;
        while (at < to) {
            char c = lower.charAt(at);
            int end = at + 1;
            if (isLatin(c)) {
                while (end < to && (isLatin(lower.charAt(end)) || isApostrophe(lower, end, to))) {
                    end++;
                }
            }
            if (c == '\n') {
                atoms.add(new Atom(at, end, "\n"));
            } else if (!Character.isWhitespace(c)) {
                addSplit(atoms, new Atom(at, end, lower.substring(at, end)));
            }
            at = end;
        }
        return atoms;
    }

    /// `nginx's` as `nginx` and `'s`.
    private static void addSplit(List<Atom> atoms, Atom atom) {
        int cut = atom.text().length() - 2;
        if (cut > 0 && atom.text().endsWith("'s") && !NO_POSSESSIVES.contains(atom.text())) {
            atoms.add(new Atom(atom.start(), atom.start() + cut, atom.text().substring(0, cut)));
            atoms.add(new Atom(atom.start() + cut, atom.end(), "'s"));
        } else {
            atoms.add(atom);
        }
    }

    static boolean isHan(char c) {
        return c >= 0x2E80 && c <= 0x9FFF;
    }

    private static boolean isLatin(char c) {
        return !isHan(c) && (Character.isLetterOrDigit(c) || c == '_');
    }

    private static boolean isApostrophe(String text, int at, int to) {
        return text.charAt(at) == '\''
                && at + 1 < to
                && Character.isLetter(text.charAt(at + 1))
                && !isHan(text.charAt(at + 1));
    }
}
