package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Segments.Segment;
import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Hosts;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Turns the tokens of a request into pieces.
final class Reader {
    /// A frame that explains less than this is no reading of the words.
    static final double LEAST = 0.3;

    /// The same for a further tool beside a first one.
    private static final double LEAST_JOINED = 0.0;

    /// So like its examples must a request be to be taken for one, and so much more than others.
    private static final double LIKE = 0.16;

    private static final double AHEAD = 1.15;

    /// The same for a diagnosis: words such as "find out why" are in the examples of each.
    private static final double MUCH_LIKE = 0.24;

    /// So much more must two pieces together explain to be read as one.
    private static final double MUCH_BETTER = 0.4;

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

    private final Matcher matcher;
    private final Hosts hosts;
    private final Function<ToolRules, Risk> risk;
    private final Predicate<ToolRules> preferred;
    private final Function<List<Token>, List<Ranker.Ranked>> ranker;

    /// @param preferred the tools that there are: they win where two readings are equally good
    /// @param ranker what requests are like; asked only where the rules find nothing
    Reader(
            Matcher matcher,
            Hosts hosts,
            Function<ToolRules, Risk> risk,
            Predicate<ToolRules> preferred,
            Function<List<Token>, List<Ranker.Ranked>> ranker) {
        this.ranker = ranker;
        this.matcher = matcher;
        this.hosts = hosts;
        this.risk = risk;
        this.preferred = preferred;
    }

    List<Piece> pieces(List<Token> tokens) {
        Optional<Piece> whole = recurring(tokens).or(() -> whole(tokens));
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        List<Segment> segments = new ArrayList<>();
        joinSuppositions(Segments.split(tokens))
                .forEach(segment -> segments.addAll(splitCondition(segment)));
        List<Piece> pieces = new ArrayList<>();
        for (Segment segment : mergeEmpty(withoutIdle(asExceptions(segments)))) {
            Piece piece = piece(segment);
            Optional<Piece> joined =
                    pieces.isEmpty() ? Optional.empty() : completed(pieces.getLast(), piece);
            if (joined.isPresent()) {
                pieces.set(pieces.size() - 1, joined.get());
            } else {
                pieces.add(piece);
            }
        }
        return likest(tokens, pieces).map(List::of).orElse(pieces);
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
                        && ranked.getFirst().likeness() >= MUCH_LIKE
                        && ranked.getFirst().likeness() >= AHEAD * ranked.get(1).likeness();
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
        return !object && segment.tokens().stream().allMatch(Reader::isEmpty);
    }

    private static boolean isEmpty(Token token) {
        return switch (token.kind()) {
            case WORD -> token.means("skip") || EMPTY_WORDS.containsAll(token.concepts());
            case ORDINARY, QUOTED -> false;
            case NAME, VALUE, HOST, GROUP, NO_HOST, MARK -> token.concepts().isEmpty();
        };
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
            addJoined(segment.tokens(), mention, frames, chosen);
        }
        return new Piece(segment, mood, mention, chosen, frames);
    }

    /// Whether the words may ask for a look, though no rule understands them.
    private static boolean mayBeLook(Segment segment, Mood mood) {
        boolean order =
                segment.tokens().stream()
                        .anyMatch(token -> token.isChangeVerb() || token.is(Kind.QUOTED));
        long words =
                segment.tokens().stream()
                        .filter(token -> token.is(Kind.WORD) || token.is(Kind.ORDINARY))
                        .filter(token -> !token.isSkippable())
                        .count();
        return !order
                && words > 0
                && !mood.negated()
                && !mood.suspicious()
                && !mood.productQuestion()
                && !segment.opener().equals("cond")
                && !segment.has("retract");
    }

    /// The look that the words are most like, when they are much more like it than like any other
    /// and hold what it needs.
    private Optional<Piece> likest(List<Token> tokens, List<Piece> pieces) {
        boolean open =
                pieces.stream()
                        .allMatch(piece ->
                                piece.frames().isEmpty()
                                        && mayBeLook(piece.segment(), piece.mood()));
        List<Ranker.Ranked> ranked = open ? ranker.apply(tokens) : List.of();
        if (ranked.size() < 2
                || ranked.getFirst().likeness()
                        < (ranked.getFirst().variant().isEmpty() ? LIKE : MUCH_LIKE)
                || ranked.getFirst().likeness() < AHEAD * ranked.get(1).likeness()) {
            return Optional.empty();
        }
        Segment all = new Segment(tokens, "", true, true);
        return matcher.like(ranked.getFirst(), tokens)
                .filter(frame -> risk.apply(frame.tool()) == Risk.OBSERVE)
                .map(frame ->
                        new Piece(
                                all,
                                Mood.ASKED,
                                HostMention.of(tokens, hosts),
                                List.of(frame),
                                List.of()));
    }

    /// Further tools that the same words ask for: "cpu, memory and disk of web-1".
    private void addJoined(
            List<Token> tokens, HostMention mention, List<Frame> frames, List<Frame> chosen) {
        Set<Token> taken = new HashSet<>(chosen.getFirst().heavy());
        boolean more = true;
        while (more && chosen.size() < 6) {
            more = false;
            for (Frame frame : frames) {
                boolean fresh =
                        !frame.heavy().isEmpty()
                                && frame.heavy().stream().noneMatch(taken::contains)
                                && chosen.stream().noneMatch(c -> c.tool().equals(frame.tool()))
                                && chosen.stream()
                                        .allMatch(c ->
                                                c.used().stream()
                                                        .noneMatch(frame.heavy()::contains));
                boolean bare =
                        frame.arguments().isEmpty()
                                && chosen.stream().allMatch(c -> c.arguments().isEmpty());
                if (fresh
                        && isJoined(tokens, mention, taken, frame.heavy(), bare)
                        && risk.apply(frame.tool()) == risk.apply(chosen.getFirst().tool())) {
                    chosen.add(frame);
                    taken.addAll(frame.heavy());
                    more = true;
                    break;
                }
            }
        }
        chosen.sort((one, other) -> Integer.compare(first(one), first(other)));
    }

    private static int first(Frame frame) {
        return frame.heavy().stream().mapToInt(Token::start).min().orElse(0);
    }

    /// Whether "and", a comma or nothing stands between the words of two tools.
    ///
    /// @param bare whether nothing between them is enough: 负载内存磁盘
    private static boolean isJoined(
            List<Token> tokens,
            HostMention mention,
            Set<Token> taken,
            Set<Token> heavy,
            boolean bare) {
        for (int at = 0; at < tokens.size(); at++) {
            if (heavy.contains(tokens.get(at))) {
                if (reaches(tokens, mention, taken, at, -1, bare)
                        || reaches(tokens, mention, taken, at, 1, bare)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean reaches(
            List<Token> tokens,
            HostMention mention,
            Set<Token> taken,
            int from,
            int step,
            boolean bare) {
        boolean joint = false;
        for (int at = from + step; at >= 0 && at < tokens.size(); at += step) {
            Token token = tokens.get(at);
            if (taken.contains(token)) {
                return joint || (bare && Math.abs(at - from) == 1);
            }
            if (token.means("and") || token.is(Kind.MARK)) {
                joint = true;
            } else if (!token.isSkippable()
                    && !mention.used().contains(token)
                    && !(token.is(Kind.WORD) && joint)
                    && !token.is(Kind.WORD)) {
                return false;
            }
        }
        return false;
    }
}
