package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Segments.Segment;
import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Hosts;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Turns the tokens of a request into pieces.
final class Reader {
    /// A frame that explains less than this is no reading of the words.
    static final double LEAST = 0.3;

    /// The same for a further tool beside a first one.
    private static final double LEAST_JOINED = 0.0;

    /// How likely a diagnosis must be where a cause is asked for.
    private static final double LIKELY = 0.35;

    /// So much more must two pieces together explain to be read as one.
    private static final double MUCH_BETTER = 0.4;

    private final Matcher matcher;
    private final Hosts hosts;
    private final Function<ToolRules, Risk> risk;
    private final Predicate<ToolRules> preferred;
    private final Function<List<Token>, List<Ranker.Ranked>> ranker;
    private final Arbiter arbiter;

    /// @param preferred the tools that there are: they win where two readings are equally good
    /// @param ranker what requests are like; asked only where the rules find nothing
    Reader(
            Matcher matcher,
            Hosts hosts,
            Function<ToolRules, Risk> risk,
            Predicate<ToolRules> preferred,
            Function<List<Token>, List<Ranker.Ranked>> ranker) {
        this.ranker = ranker;
        this.arbiter = new Arbiter(matcher, hosts, risk);
        this.matcher = matcher;
        this.hosts = hosts;
        this.risk = risk;
        this.preferred = preferred;
    }

    List<Piece> pieces(List<Token> tokens) {
        List<Piece> pieces = read(tokens);
        return arbiter.isOpen(pieces)
                ? arbiter.weighed(tokens, pieces, ranker.apply(tokens)).map(List::of).orElse(pieces)
                : pieces;
    }

    /// The request as the one look that it is likest; for when what the rules read is no plan.
    Optional<Piece> instead(List<Token> tokens, List<Piece> pieces) {
        return arbiter.instead(tokens, pieces, ranker.apply(tokens));
    }

    /// What the rules alone read.
    private List<Piece> read(List<Token> tokens) {
        Optional<Piece> whole = recurring(tokens).or(() -> whole(tokens));
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        List<Piece> pieces = new ArrayList<>();
        for (Segment segment : Clauses.of(tokens)) {
            Piece piece = sameThere(piece(segment), pieces);
            Optional<Piece> joined =
                    pieces.isEmpty() ? Optional.empty() : completed(pieces.getLast(), piece);
            if (joined.isPresent()) {
                pieces.set(pieces.size() - 1, joined.get());
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    /// "restart nginx on web-1, then web-2": what names only hosts asks for the same there.
    private static Piece sameThere(Piece piece, List<Piece> before) {
        boolean only =
                !before.isEmpty()
                        && piece.segment().opener().equals("then")
                        && piece.frames().isEmpty()
                        && !piece.hosts().names().isEmpty()
                        && piece.hosts().problem().isEmpty()
                        && !before.getLast().frames().isEmpty()
                        && !before.getLast().mood().negated()
                        && piece.unexplained().isEmpty()
                        && piece.names().isEmpty();
        return only
                ? new Piece(
                        piece.segment(),
                        before.getLast().mood(),
                        piece.hosts(),
                        before.getLast().frames(),
                        List.of())
                : piece;
    }

    /// The request as one piece when one step of it is to be done again and again: the words for
    /// that step say what is scheduled.
    private Optional<Piece> recurring(List<Token> tokens) {
        Segment all = new Segment(tokens, "", true, false);
        Mood mood = Mood.of(all);
        Optional<Token> calendar =
                tokens.stream()
                        .filter(token -> token.is(Kind.VALUE) && token.type().equals("calendar"))
                        .findFirst();
        Optional<Frame> schedule =
                calendar.isEmpty() || mood.question() || mood.negated()
                        ? Optional.empty()
                        : matcher.scheduled(tokens);
        if (schedule.isEmpty()) {
            return Optional.empty();
        }
        List<Token> rest =
                tokens.stream().filter(token -> !schedule.get().used().contains(token)).toList();
        List<Piece> inner =
                pieces(rest).stream().filter(piece -> !piece.frames().isEmpty()).toList();
        if (inner.size() != 1 || inner.getFirst().frames().size() != 1) {
            return Optional.empty();
        }
        Piece step = inner.getFirst();
        Frame frame = schedule.get().around(step.frames().getFirst());
        return Optional.of(
                new Piece(all, mood, HostMention.of(tokens, hosts), List.of(frame), List.of()));
    }

    /// The request as one piece when a tool reads requests as a whole and nothing is to be changed.
    private Optional<Piece> whole(List<Token> tokens) {
        Segment all = new Segment(tokens, "", true, true);
        if (all.has("inject") || all.has("retract")) {
            return Optional.empty();
        }
        HostMention mention = HostMention.of(tokens, hosts);
        boolean cause = all.has("cause") || all.has("cause.weak");
        return matcher.whole(tokens)
                .or(() -> cause ? likestWhole(tokens) : Optional.empty())
                .filter(frame ->
                        Segments.split(tokens).stream()
                                .noneMatch(segment -> isOrder(segment, frame)))
                .map(frame -> new Piece(all, Mood.ASKED, mention, List.of(frame), List.of()));
    }

    /// What a request for a cause is most like, if that is a tool that reads requests as a whole.
    private Optional<Frame> likestWhole(List<Token> tokens) {
        List<Ranker.Ranked> ranked = ranker.apply(tokens);
        boolean clear =
                ranked.size() > 1
                        && !ranked.getFirst().variant().isEmpty()
                        && ranked.getFirst().likeness() >= LIKELY;
        return clear ? matcher.like(ranked.getFirst(), tokens) : Optional.empty();
    }

    /// Whether a part of the request orders a change that `frame` does not explain.
    private static boolean isOrder(Segment segment, Frame frame) {
        Mood mood = Mood.of(segment);
        boolean verb = false;
        boolean article = false;
        for (Token token : segment.tokens()) {
            // After an article it is no order: "since the switch", "before the restart".
            verb |= token.isChangeVerb() && !article && !frame.used().contains(token);
            article = token.means("article");
        }
        return verb && mood.isOrder() && !segment.opener().equals("cond");
    }

    /// Both pieces as one when one of them asks for nothing and only says more about the other:
    /// "upgrades for lb-1, security only".
    private Optional<Piece> completed(Piece before, Piece after) {
        Optional<Piece> goesOn = asSame(before, after);
        if (goesOn.isPresent()) {
            return goesOn;
        }
        boolean loose =
                !after.segment().hard()
                        && after.segment().opener().isEmpty()
                        && !before.segment().opener().equals("cond")
                        && (before.frames().isEmpty() || after.frames().isEmpty())
                        && !before.isStatement()
                        && (!after.isStatement() || after.has("only"))
                        && (before.mood().isOrder() == after.mood().isOrder()
                                || isAskedOn(before, after));
        if (!loose) {
            return Optional.empty();
        }
        Piece both = piece(before.segment().plus(after.segment()));
        if (before.frames().isEmpty() && after.frames().isEmpty()) {
            return both.frames().isEmpty() ? Optional.empty() : Optional.of(both);
        }
        Frame alone = (before.frames().isEmpty() ? after : before).frames().getFirst();
        Frame first = both.frames().isEmpty() ? alone : both.frames().getFirst();
        boolean same = first.tool().equals(alone.tool());
        boolean better =
                same
                        ? first.arguments().size() > alone.arguments().size()
                        : first.score() > alone.score() + MUCH_BETTER;
        return better ? Optional.of(both) : Optional.empty();
    }

    /// Both pieces as one look when the second only goes on about the first: "what is pid 4711
    /// doing, how many files has it open".
    private Optional<Piece> asSame(Piece before, Piece after) {
        boolean looks =
                before.frames().size() == 1
                        && after.frames().size() == 1
                        && risk.apply(before.frames().getFirst().tool()) == Risk.OBSERVE
                        && risk.apply(after.frames().getFirst().tool()) == Risk.OBSERVE
                        && !before.frames()
                                .getFirst()
                                .tool()
                                .equals(after.frames().getFirst().tool())
                        && !before.segment().opener().equals("cond")
                        && !before.mood().negated()
                        && !after.mood().negated()
                        && after.hosts().isEmpty()
                        && after.names().isEmpty()
                        && !after.segment().opener().equals("then");
        if (!looks) {
            return Optional.empty();
        }
        Piece both = piece(before.segment().plus(after.segment()));
        boolean one =
                both.frames().size() == 1
                        && both.frames().getFirst().tool().equals(before.frames().getFirst().tool())
                        && both.frames()
                                .getFirst()
                                .heavy()
                                .containsAll(after.frames().getFirst().heavy())
                        && !both.frames().getFirst().heavy().isEmpty();
        return one ? Optional.of(both) : Optional.empty();
    }

    /// 有没有curl，啥版本: what follows only goes on asking.
    private static boolean isAskedOn(Piece before, Piece after) {
        return before.mood().question()
                && !before.mood().negated()
                && after.segment().tokens().stream().noneMatch(Token::isChangeVerb);
    }

    private Piece piece(Segment segment) {
        Mood mood = Mood.of(segment);
        HostMention mention = HostMention.of(segment.tokens(), hosts);
        boolean mild = !mood.isOrder();
        List<Frame> frames =
                matcher.frames(segment.tokens(), mention.used(), mild, preferred).stream()
                        .filter(frame -> frame.score() >= LEAST_JOINED)
                        .toList();
        List<Frame> chosen = new ArrayList<>();
        if (!frames.isEmpty() && frames.getFirst().score() >= LEAST) {
            Frame best = frames.getFirst();
            if (mild && risk.apply(best.tool()) != Risk.OBSERVE) {
                best =
                        frames.stream()
                                .filter(frame -> risk.apply(frame.tool()) == Risk.OBSERVE)
                                .filter(frame -> mood.question())
                                .findFirst()
                                .orElse(best);
            }
            chosen.add(best);
            new Joined(segment.tokens(), mention, risk).addTo(frames, chosen);
        }
        return new Piece(segment, mood, mention, chosen, frames);
    }
}
