package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Segments.Segment;
import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Turns the segments of a request into clauses: what belongs together is joined, what says nothing
/// is left out.
final class Clauses {
    private static final Set<String> EMPTY_WORDS =
            Set.of(
                    "skip",
                    "look",
                    "polite",
                    "polite.request",
                    "and",
                    "or",
                    "then",
                    "also",
                    "pronoun",
                    "same",
                    "host.noun",
                    "host.nouns",
                    "host.that",
                    "host.same",
                    "host.local",
                    "hosts.all",
                    "hosts.vague",
                    "prep.on",
                    "except",
                    "except.end",
                    "except.after",
                    "unit.noun",
                    "q.all",
                    "q.both",
                    "q.which",
                    "retract",
                    "but",
                    "only",
                    "asks");

    private Clauses() {}

    static List<Segment> of(List<Token> tokens) {
        List<Segment> segments = new ArrayList<>();
        joinSuppositions(Segments.split(tokens))
                .forEach(segment -> segments.addAll(splitCondition(segment)));
        return mergeEmpty(withoutIdle(asExceptions(segments)));
    }

    /// "if postgresql went down, what would break?" is one question, not a condition.
    private static List<Segment> joinSuppositions(List<Segment> segments) {
        List<Segment> all = new ArrayList<>();
        for (Segment segment : segments) {
            boolean supposed =
                    segment.has("affected") || segment.has("breaks") || segment.has("hypo");
            if (supposed && segment.opener().equals("cond")) {
                all.add(new Segment(segment.tokens(), "", segment.hard(), segment.asked()));
            } else if (supposed && !all.isEmpty() && all.getLast().opener().equals("cond")) {
                Segment before = all.removeLast();
                List<Token> both = new ArrayList<>(before.tokens());
                both.addAll(segment.tokens());
                all.add(new Segment(both, "", before.hard(), segment.asked()));
            } else {
                all.add(segment);
            }
        }
        return all;
    }

    /// "if nginx is down restart it" without a comma.
    private static List<Segment> splitCondition(Segment segment) {
        List<Token> tokens = segment.tokens();
        if (segment.opener().equals("cond")) {
            for (int at = 2; at < tokens.size(); at++) {
                if (tokens.get(at).isChangeVerb() || tokens.get(at).means("look")) {
                    return List.of(
                            new Segment(tokens.subList(0, at), "cond", segment.hard(), false),
                            new Segment(
                                    tokens.subList(at, tokens.size()),
                                    "then",
                                    true,
                                    segment.asked()));
                }
            }
        }
        return List.of(segment);
    }

    /// Without what is to be done when nothing is to be done: "otherwise leave it", 起着就别管.
    private static List<Segment> withoutIdle(List<Segment> segments) {
        List<Segment> all = new ArrayList<>();
        for (Segment segment : segments) {
            boolean after = !all.isEmpty() && all.getLast().opener().equals("cond");
            boolean idle =
                    segment.has("leave.be")
                            && !segment.has(Kind.NAME)
                            && segment.tokens().stream().noneMatch(Segments::isHost);
            boolean otherwise = segment.opener().equals("else") || segment.has("else");
            boolean rest =
                    segment.has("nothing.else")
                            && !segment.has(Kind.NAME)
                            && segment.tokens().stream().noneMatch(Segments::isHost);
            if (rest && !all.isEmpty()) {
                continue;
            }
            if (idle && after && all.size() > 1) {
                all.removeLast();
            } else if (!idle || !(otherwise || after) || all.isEmpty()) {
                all.add(segment);
            }
        }
        return all;
    }

    /// "…, but leave web-1 alone", …，web-1就不用了: hosts that are only forbidden are an exception.
    private static List<Segment> asExceptions(List<Segment> segments) {
        List<Segment> all = new ArrayList<>();
        for (Segment segment : segments) {
            if (!all.isEmpty() && isExceptionOfHosts(segment)) {
                List<Token> tokens = new ArrayList<>(all.getLast().tokens());
                Token first = segment.tokens().getFirst();
                tokens.add(Token.word(first.start(), first.start(), "", Set.of("except"), false));
                segment.tokens().stream()
                        .filter(token ->
                                Segments.isHost(token)
                                        || token.means("host.noun")
                                        || token.means("host.nouns")
                                        || token.concepts().stream()
                                                .anyMatch(c -> c.startsWith("group:")))
                        .forEach(tokens::add);
                Segment before = all.removeLast();
                all.add(new Segment(tokens, before.opener(), before.hard(), before.asked()));
            } else {
                all.add(segment);
            }
        }
        return all;
    }

    private static boolean isExceptionOfHosts(Segment segment) {
        boolean host = false;
        boolean forbids = false;
        for (Token token : segment.tokens()) {
            boolean group = token.concepts().stream().anyMatch(c -> c.startsWith("group:"));
            host |= Segments.isHost(token) || group;
            forbids |= token.means("neg") || token.means("spare");
            boolean known =
                    Segments.isHost(token)
                            || group
                            || token.isSkippable()
                            || token.means("neg")
                            || token.means("spare")
                            || token.means("but")
                            || token.means("host.noun")
                            || token.means("host.nouns")
                            || token.means("prep.on");
            if (!known) {
                return false;
            }
        }
        return host && forbids;
    }

    /// Joins segments that only name hosts, units or times to the one they belong to.
    private static List<Segment> mergeEmpty(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        for (Segment segment : segments) {
            boolean joins =
                    !merged.isEmpty() && joins(merged.getLast(), merged.size() == 1, segment);
            if (joins) {
                merged.set(merged.size() - 1, merged.getLast().plus(segment));
            } else {
                merged.add(segment);
            }
        }
        return merged;
    }

    private static boolean joins(Segment before, boolean first, Segment segment) {
        String opener = segment.opener();
        if (before.opener().equals("cond") || opener.equals("retract")) {
            return false;
        }
        if (opener.equals("cond") && first && isOnlyNames(before)) {
            return true;
        }
        boolean trailing = isEmpty(segment) && !opener.equals("but") && !opener.equals("cond");
        return trailing || (first && isEmpty(before));
    }

    /// batch-1的docker如果停了: what stands before the condition is what it is about.
    private static boolean isOnlyNames(Segment segment) {
        return segment.has(Kind.NAME)
                && segment.tokens().stream()
                        .allMatch(token ->
                                token.is(Kind.NAME)
                                        || Segments.isHost(token)
                                        || token.isSkippable()
                                        || token.means("prep.on")
                                        || token.means("unit.noun"));
    }

    /// Whether it names things, but says nothing about them.
    private static boolean isEmpty(Segment segment) {
        boolean object = segment.has("look") && segment.has(Kind.NAME);
        return !object && segment.tokens().stream().allMatch(Clauses::isEmpty);
    }

    private static boolean isEmpty(Token token) {
        return switch (token.kind()) {
            case WORD -> token.means("skip") || EMPTY_WORDS.containsAll(token.concepts());
            case ORDINARY, QUOTED -> false;
            case NAME, VALUE, HOST, GROUP, NO_HOST, MARK -> token.concepts().isEmpty();
        };
    }
}
