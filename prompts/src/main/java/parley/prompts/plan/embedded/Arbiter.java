package parley.prompts.plan.embedded;

import parley.prompts.plan.embedded.Ranker.Ranked;
import parley.prompts.plan.embedded.Segments.Segment;
import parley.prompts.plan.embedded.Token.Kind;
import parley.tools.Hosts;
import parley.tools.Risk;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Weighs what the rules read against what the whole request is like.
///
/// Where the rules read nothing, the likest look is taken when it is likely enough; where they read
/// something else, when it is much likelier. Only looks are ever taken, and only where nothing is
/// ordered to be changed.
final class Arbiter {
    /// How likely a look must be where the rules read nothing.
    private static final double LIKELY = 0.35;

    /// How likely it must be where the rules read another one, and how unlikely that one.
    private static final double SURE = 0.6;

    private static final double DOUBTFUL = 0.15;

    /// The same where the rules left no word over.
    private static final double QUITE_SURE = 0.9;

    private static final double IMPOSSIBLE = 0.05;

    /// How likely a cause must be to be what is asked for beside a condition.
    private static final double BESIDE_CONDITION = 0.8;

    private final Matcher matcher;
    private final Hosts hosts;
    private final Function<ToolRules, Risk> risk;

    Arbiter(Matcher matcher, Hosts hosts, Function<ToolRules, Risk> risk) {
        this.matcher = matcher;
        this.hosts = hosts;
        this.risk = risk;
    }

    /// Whether nothing in the pieces orders, forbids or conditions anything.
    boolean isOpen(List<Piece> pieces) {
        return pieces.stream().allMatch(this::isOpen);
    }

    private boolean isOpen(Piece piece) {
        Mood mood = piece.mood();
        return !isOrdered(piece)
                && !mood.negated()
                && !mood.suspicious()
                && !mood.productQuestion()
                && !piece.segment().opener().equals("cond")
                && !piece.segment().has("retract");
    }

    /// The request as one look, if that is more likely than what the rules read.
    Optional<Piece> weighed(List<Token> tokens, List<Piece> pieces, List<Ranked> ranked) {
        Ranked top = ranked.getFirst();
        List<Frame> read = pieces.stream().flatMap(piece -> piece.frames().stream()).toList();
        List<String> labels = read.stream().map(Arbiter::label).distinct().toList();
        boolean agreed = labels.size() == 1 && labels.contains(top.label());
        boolean compared =
                labels.stream()
                        .allMatch(label ->
                                ranked.stream().anyMatch(one -> one.label().equals(label)));
        if (agreed || !compared || !mayBe(tokens)) {
            return Optional.empty();
        }
        double other =
                ranked.stream()
                        .filter(one -> labels.contains(one.label()) && !one.equals(top))
                        .mapToDouble(Ranked::likeness)
                        .max()
                        .orElse(0);
        boolean ordered =
                pieces.stream().anyMatch(piece -> piece.segment().opener().equals("then"));
        boolean clear = pieces.stream().allMatch(piece -> piece.unexplained().isEmpty());
        boolean several = labels.size() > 1;
        boolean takes =
                labels.isEmpty()
                        ? top.likeness() >= LIKELY
                        : (clear || several)
                                ? top.likeness() >= QUITE_SURE && other <= IMPOSSIBLE && !ordered
                                : top.likeness() >= SURE && other <= DOUBTFUL;
        return takes ? look(top, tokens, read) : Optional.empty();
    }

    /// The request as the look that it is likest, where the rules came to no plan.
    Optional<Piece> instead(List<Token> tokens, List<Piece> pieces, List<Ranked> ranked) {
        Ranked top = ranked.getFirst();
        List<Frame> read = pieces.stream().flatMap(piece -> piece.frames().stream()).toList();
        boolean refused =
                pieces.stream()
                        .anyMatch(piece ->
                                piece.mood().suspicious()
                                        || piece.mood().productQuestion()
                                        || piece.segment().has("retract")
                                        || (top.variant().isEmpty() && isOrdered(piece)));
        boolean condition =
                pieces.stream().anyMatch(piece -> piece.segment().opener().equals("cond"));
        double least =
                condition
                        ? (top.variant().isEmpty() ? 2 : BESIDE_CONDITION)
                        : read.isEmpty() ? LIKELY : SURE;
        return refused || !mayBe(tokens) || top.likeness() < least
                ? Optional.empty()
                : look(top, tokens, read);
    }

    /// Whether a change is ordered: a look instead would drop it without a word. What does not want
    /// to start is no order, and a cause is what is asked for.
    private boolean isOrdered(Piece piece) {
        return piece.mood().isOrder()
                && piece.frames().stream()
                        .anyMatch(frame -> risk.apply(frame.tool()) != Risk.OBSERVE);
    }

    /// Whether there is a word that could say what is asked for.
    private static boolean mayBe(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> !token.is(Kind.MARK) && !Segments.isHost(token))
                .anyMatch(token -> !Clauses.isEmpty(token) && !token.means("host.others"));
    }

    private static String label(Frame frame) {
        String variant = frame.arguments().path("diagnosis").asText();
        return frame.tool().name() + (variant.isEmpty() ? "" : "/" + variant);
    }

    private Optional<Piece> look(Ranked top, List<Token> tokens, List<Frame> read) {
        Segment all = new Segment(tokens, "", true, true);
        return Stream.concat(
                        read.stream().filter(frame -> label(frame).equals(top.label())),
                        matcher.like(top, tokens).stream())
                .filter(frame -> risk.apply(frame.tool()) == Risk.OBSERVE)
                .max(Comparator.comparingInt(frame -> frame.arguments().size()))
                .map(frame ->
                        new Piece(
                                all,
                                Mood.ASKED,
                                HostMention.of(tokens, hosts),
                                List.of(frame),
                                List.of()));
    }
}
