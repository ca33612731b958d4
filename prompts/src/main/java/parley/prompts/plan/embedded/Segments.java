package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Splits the tokens of a request where one thing ends and the next begins.
final class Segments {
    private static final Set<String> HARD = Set.of(".", ";", "!", "?", "。", "\n", "…", "~");
    private static final Set<String> SOFT = Set.of(",", ":", "(", ")", "、", "-", "[", "]");
    private static final Set<String> OPENERS =
            Set.of("then", "but", "cond", "because", "retract", "else");

    private Segments() {}

    /// A stretch between two breaks.
    ///
    /// @param opener why it begins here: a concept of the word it begins with, a mark, or nothing
    /// @param hard whether it begins after a full stop or a word like "then"
    /// @param asked whether it ends with a question mark
    record Segment(List<Token> tokens, String opener, boolean hard, boolean asked) {
        Segment {
            tokens = List.copyOf(tokens);
        }

        boolean has(String concept) {
            return tokens.stream().anyMatch(token -> token.means(concept));
        }

        boolean has(Kind kind) {
            return tokens.stream().anyMatch(token -> token.is(kind));
        }

        Segment plus(Segment next) {
            List<Token> all = new ArrayList<>(tokens);
            all.addAll(next.tokens);
            String first = next.opener.equals("cond") ? "cond" : opener;
            return new Segment(all, first, hard, asked || next.asked);
        }
    }

    static List<Segment> split(List<Token> tokens) {
        List<Segment> segments = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        String opener = "";
        boolean hard = true;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean hardMark = token.is(Kind.MARK) && HARD.contains(token.text());
            boolean softMark = isSoftMark(tokens, at);
            String opens = isSupposition(current, token) ? "" : opener(tokens, at);
            boolean follows = token.means("cond.then") && isState(current);
            String word = opens.isEmpty() && follows ? "then" : opens;
            if (token.means("cond.end") && !current.isEmpty()) {
                segments.add(new Segment(current, "cond", hard, false));
                current = new ArrayList<>();
                opener = "then";
                hard = true;
                continue;
            }
            if (hardMark || softMark || !word.isEmpty()) {
                boolean asked = hardMark && token.text().equals("?");
                if (softMark && !current.isEmpty()) {
                    current.add(token);
                }
                if (!current.isEmpty()) {
                    String kind = token.means("cond.then") && isState(current) ? "cond" : opener;
                    segments.add(new Segment(current, kind, hard, asked));
                    hard = false;
                }
                current = new ArrayList<>();
                opener = word.isEmpty() && hard ? opener : word;
                hard |= hardMark || (!word.isEmpty() && !word.equals("and"));
                if (!word.isEmpty()) {
                    current.add(token);
                }
            } else {
                current.add(token);
            }
        }
        if (!current.isEmpty()) {
            segments.add(new Segment(current, opener, hard, false));
        }
        return segments;
    }

    /// 挂了就重启: what stands before 就 is a condition when it is a state.
    private static boolean isState(List<Token> current) {
        boolean order =
                current.stream().anyMatch(token -> token.isChangeVerb() || token.means("look"));
        return !order
                && current.stream()
                        .anyMatch(token ->
                                token.is(Kind.ORDINARY)
                                        || token.means("down")
                                        || token.means("failed")
                                        || token.means("notrunning")
                                        || token.means("inactive")
                                        || token.means("full")
                                        || token.means("above"));
    }

    /// "what would break if postgresql went down": one question, not a condition; and in "check if
    /// crond is up" there is none.
    private static boolean isSupposition(List<Token> current, Token token) {
        boolean whether =
                !current.isEmpty()
                        && current.getLast().means("look")
                        && current.stream().allMatch(t -> t.isSkippable() || t.means("then"));
        boolean supposed =
                current.stream()
                        .anyMatch(before ->
                                before.means("affected")
                                        || before.means("breaks")
                                        || before.means("hypo"));
        return token.means("cond") && (whether || supposed);
    }

    /// The concept of the word at `at` that begins a segment; empty when it begins none.
    private static String opener(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        boolean joint =
                token.is(Kind.MARK) && (token.text().equals("&") || token.text().equals("+"));
        if (joint) {
            return at > 0 && beginsClause(tokens, at + 1) ? "and" : "";
        }
        if (!token.is(Kind.WORD)) {
            return "";
        }
        for (String opener : OPENERS) {
            if (token.means(opener)) {
                return opener;
            }
        }
        return token.means("and") && at > 0 && beginsClause(tokens, at + 1) ? "and" : "";
    }

    /// Whether what follows "and" has a verb of its own.
    private static boolean beginsClause(List<Token> tokens, int from) {
        for (int at = from; at < tokens.size() && at < from + 3; at++) {
            Token token = tokens.get(at);
            boolean verb = token.concepts().stream().allMatch(concept -> concept.startsWith("v."));
            if ((verb && token.isChangeVerb())
                    || token.means("look")
                    || token.means("neg")
                    || token.means("asks")
                    || token.means("v.ask")) {
                return true;
            }
            if (!token.means("skip") && !token.means("polite") && !token.means("also")) {
                return false;
            }
        }
        return false;
    }

    private static boolean isSoftMark(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        if (!token.is(Kind.MARK) || !SOFT.contains(token.text())) {
            return false;
        }
        if (token.text().equals("-")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).start() == token.end()) {
            return false;
        }
        return !joinsList(tokens, at);
    }

    /// Whether the mark stands between two names or two hosts.
    private static boolean joinsList(List<Token> tokens, int at) {
        if (at == 0 || at + 1 >= tokens.size()) {
            return false;
        }
        Token before = tokens.get(at - 1);
        Token after = tokens.get(at + 1);
        if (after.means("and") && at + 2 < tokens.size()) {
            after = tokens.get(at + 2);
        }
        String mark = tokens.get(at).text();
        boolean hosts = isHost(before) && isHost(after);
        boolean names = before.is(Kind.NAME) && after.is(Kind.NAME);
        boolean forbidden = at + 2 < tokens.size() && tokens.get(at + 2).means("neg");
        return (mark.equals(",") || mark.equals("、")) && (hosts || names) && !forbidden;
    }

    static boolean isHost(Token token) {
        return token.is(Kind.HOST) || token.is(Kind.GROUP) || token.is(Kind.NO_HOST);
    }
}
