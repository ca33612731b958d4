package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/// "…, no wait, …": what was said before it no longer counts.
final class Retraction {
    private Retraction() {}

    /// The pieces that still count.
    static List<Piece> remaining(List<Piece> pieces) {
        int at = lastRetraction(pieces);
        return at < 0 ? pieces : pieces.subList(at, pieces.size());
    }

    private static int lastRetraction(List<Piece> pieces) {
        for (int at = pieces.size() - 1; at >= 0; at--) {
            if (pieces.get(at).has("retract")) {
                return at;
            }
        }
        return -1;
    }

    /// The tokens of the request as corrected, when the correction only names another host or unit:
    /// "memory on web-1, sorry, I meant web-2". Otherwise the tokens as they are.
    static List<Token> corrected(List<Token> tokens, List<Piece> pieces) {
        int at = lastRetraction(pieces);
        List<Piece> after = at < 0 ? List.of() : pieces.subList(at, pieces.size());
        List<Token> said = after.stream().flatMap(piece -> meant(piece).stream()).toList();
        boolean onlyNames =
                after.stream().allMatch(piece -> piece.frames().isEmpty() && saysNoMore(piece));
        if (at < 1 || said.isEmpty() || !onlyNames) {
            return tokens;
        }
        int end = after.getFirst().segment().tokens().getFirst().start();
        List<Token> corrected = new ArrayList<>();
        boolean replaced = false;
        for (Token token : tokens.stream().filter(token -> token.end() <= end).toList()) {
            if (!isOfKind(said, token)) {
                corrected.add(token);
            } else if (!replaced) {
                corrected.addAll(said);
                replaced = true;
            }
        }
        return replaced ? corrected : tokens;
    }

    private static List<Token> meant(Piece piece) {
        return piece.segment().tokens().stream()
                .filter(token -> Segments.isHost(token) || token.is(Kind.NAME))
                .toList();
    }

    private static boolean isOfKind(List<Token> said, Token token) {
        boolean host = said.stream().allMatch(Segments::isHost) && Segments.isHost(token);
        boolean name = said.stream().allMatch(t -> t.is(Kind.NAME)) && token.is(Kind.NAME);
        return host || name;
    }

    private static boolean saysNoMore(Piece piece) {
        return piece.unexplained().stream()
                .allMatch(token -> token.is(Kind.NAME) || token.means("retract"));
    }
}
