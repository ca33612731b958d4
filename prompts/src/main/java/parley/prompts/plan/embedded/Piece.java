package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Segments.Segment;
import parley.prompts.plan.embedded.Token.Kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A segment with what it says: how it is meant, which hosts it names, what it asks for.
///
/// @param frames what it asks for; more than one for "cpu and memory"
/// @param others further tools that it could ask for, best first
record Piece(
        Segment segment, Mood mood, HostMention hosts, List<Frame> frames, List<Frame> others) {
    Piece {
        frames = List.copyOf(frames);
        others = List.copyOf(others);
    }

    boolean has(String concept) {
        return segment.has(concept);
    }

    /// Whether it only states how things are: "it leaks memory", 磁盘满了.
    boolean isStatement() {
        boolean verb =
                segment.tokens().stream().anyMatch(Token::isChangeVerb)
                        || (segment.has("le.order") && Mood.isLeOrder(segment));
        boolean states =
                segment.has("statement")
                        || segment.opener().equals("because")
                        || segment.tokens().stream()
                                .filter(token -> !token.is(Kind.MARK))
                                .reduce((before, token) -> token)
                                .filter(token -> token.text().endsWith("了"))
                                .isPresent();
        return states && !verb && !mood.question() && !segment.has("look");
    }

    Set<String> concepts() {
        Set<String> concepts = new HashSet<>();
        segment.tokens().forEach(token -> concepts.addAll(token.concepts()));
        return concepts;
    }

    List<String> names() {
        return segment.tokens().stream()
                .filter(token -> token.is(Kind.NAME))
                .map(Token::value)
                .distinct()
                .toList();
    }

    /// The tokens that carry meaning and that neither a frame nor the hosts explain.
    List<Token> unexplained() {
        Set<Token> used = new HashSet<>(hosts.used());
        frames.forEach(frame -> used.addAll(frame.used()));
        return segment.tokens().stream()
                .filter(token -> !used.contains(token))
                .filter(token -> !token.isSkippable() && !isJoint(token))
                .toList();
    }

    private static boolean isJoint(Token token) {
        return token.is(Kind.WORD)
                && (token.means("then")
                        || token.means("but")
                        || token.means("also")
                        || token.means("pronoun")
                        || token.means("retract")
                        || token.means("cond.then")
                        || token.means("only")
                        || token.means("same"));
    }
}
