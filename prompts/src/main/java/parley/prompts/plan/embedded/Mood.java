package parley.prompts.plan.embedded;

import java.util.Set;

/// How a segment is meant: as an order, a question, a supposition, a report, …
record Mood(
        boolean negated,
        boolean question,
        boolean hypothetical,
        boolean report,
        boolean vague,
        boolean scheduled,
        boolean suspicious,
        boolean condition,
        boolean background,
        boolean productQuestion) {
    static final Set<String> CONCEPTS =
            Set.of(
                    "neg",
                    "asks.first",
                    "statement",
                    "cites",
                    "done.le",
                    "ba",
                    "cond.then",
                    "or",
                    "polite.request",
                    "asks",
                    "hypo",
                    "report",
                    "vague.time",
                    "inject",
                    "cond",
                    "because",
                    "retract",
                    "polite",
                    "also",
                    "same",
                    "then",
                    "but",
                    "product",
                    "pronoun",
                    "else",
                    "only",
                    "and",
                    "prep.on",
                    "except",
                    "done");

    /// A plain question.
    static final Mood ASKED =
            new Mood(false, true, false, false, false, false, false, false, false, false);

    static Mood of(Segments.Segment segment) {
        boolean polite = segment.has("polite.request");
        return new Mood(
                isNegated(segment),
                !polite
                        && (segment.asked()
                                || segment.has("asks")
                                || segment.has("which")
                                || segment.has("who.proc")
                                || beginsAsking(segment)),
                segment.has("hypo"),
                segment.has("report")
                        || (segment.has("done") && !isLeOrder(segment))
                        || segment.has("done.le")
                        || segment.has("cites"),
                segment.has("vague.time") || segment.has("vague.often"),
                segment.has("at.time"),
                segment.has("inject") || segment.has("secret.word"),
                segment.opener().equals("cond"),
                segment.opener().equals("because"),
                segment.has("product"));
    }

    /// 取消 forbids, but 取消正在进行的升级 asks for something.
    private static boolean isNegated(Segments.Segment segment) {
        boolean underWay =
                segment.has("job.going") || segment.has("transaction") || segment.has("job");
        return segment.tokens().stream()
                .anyMatch(token -> token.means("neg") && !(underWay && token.means("v.cancel")));
    }

    /// 把nginx停了 is an order, though nginx停了 is a report.
    static boolean isLeOrder(Segments.Segment segment) {
        return segment.has("ba")
                && segment.tokens().stream()
                        .filter(token -> token.means("done"))
                        .allMatch(token -> token.means("le.order"));
    }

    /// "is nginx up": such a word asks only where the segment begins.
    private static boolean beginsAsking(Segments.Segment segment) {
        return segment.tokens().stream()
                .filter(token -> !token.means("then") && !token.means("and") && !token.means("but"))
                .findFirst()
                .filter(token -> token.means("asks.first"))
                .isPresent();
    }

    /// Whether the words ask politely for something.
    static boolean isPolite(Segments.Segment segment) {
        return segment.has("polite.request");
    }

    /// Whether nothing keeps it from being an order.
    boolean isOrder() {
        return !negated
                && !question
                && !hypothetical
                && !report
                && !vague
                && !suspicious
                && !background
                && !productQuestion;
    }
}
