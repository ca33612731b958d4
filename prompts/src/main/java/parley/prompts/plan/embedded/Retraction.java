package parley.prompts.plan.embedded;

import java.util.List;

/// "…, no wait, …": what was said before it no longer counts.
final class Retraction {
    private Retraction() {}

    /// The pieces that still count.
    static List<Piece> remaining(List<Piece> pieces) {
        for (int at = pieces.size() - 1; at >= 0; at--) {
            if (pieces.get(at).segment().opener().equals("retract")
                    || pieces.get(at).has("retract")) {
                return pieces.subList(at, pieces.size());
            }
        }
        return pieces;
    }
}
