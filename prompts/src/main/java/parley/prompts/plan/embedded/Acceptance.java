package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Planned;
import parley.prompts.plan.Planned.About;
import parley.prompts.plan.embedded.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The rules that a change must pass: its verb, its object, its hosts, and nothing left over.
final class Acceptance {
    private static final String QUOTES = "\"'`“”‘’「」『』";

    /// Marks that no name of a unit or package ends with.
    private static final String ODD = "$@*#|<>^~\\";

    /// `nginx.exe`, `nginx.servic`: a file, or a suffix with a typing error.
    private static final Pattern ENDING = Pattern.compile(".+\\.[a-z]{2,9}");

    private static final Pattern UNIT_ENDING =
            Pattern.compile(".+\\.(?:service|timer|socket|target|mount|path|slice|scope)");

    private final Grammar grammar;
    private final EmbeddedPlanner.Reading reading;
    private final List<Piece> pieces;
    private final Choices choices;

    Acceptance(
            Grammar grammar, EmbeddedPlanner.Reading reading, List<Piece> pieces, Choices choices) {
        this.grammar = grammar;
        this.reading = reading;
        this.pieces = pieces;
        this.choices = choices;
    }

    /// Why the change is not to be planned; empty when it may be.
    Optional<Planned> objection(
            Piece piece,
            Frame frame,
            List<ObjectNode> calls,
            Antecedents.Where where,
            boolean guarded) {
        if (Shell.isSuspect(reading)) {
            return Optional.of(
                    Words.ask(
                            About.VALUE,
                            "Nothing will be changed: the request holds quotes, shell characters or"
                                    + " hidden text. Please say it in plain words.",
                            "不会做任何变更：请求中含有引号、shell 符号或隐藏字符。请用普通文字说明。",
                            List.of()));
        }
        if (hasFlag()) {
            return Optional.of(Words.notUnderstood(reading.text().raw().strip(), List.of()));
        }
        if (pieces.stream().anyMatch(one -> one.has("dryrun") || one.has("rehearse"))) {
            return Optional.of(Words.notAnOrder("a rehearsal was asked for", "请求的是预演", List.of()));
        }
        if (where.problem().isPresent()) {
            return Optional.of(choices.noSuchHost(where.problem().get()));
        }
        if (where.vague()) {
            return Optional.of(Words.whichHost(List.of()));
        }
        Optional<Piece> others =
                pieces.stream()
                        .filter(one -> one.has("host.others") && !one.has("except"))
                        .findFirst();
        if (others.isPresent()) {
            return Optional.of(Words.whichHost(List.of()));
        }
        Optional<Piece> unclear =
                pieces.stream().filter(one -> one.hosts().problem().isPresent()).findFirst();
        if (unclear.isPresent()) {
            return Optional.of(choices.noSuchHost(unclear.get().hosts().problem().get()));
        }
        boolean source =
                frame.tool().arguments().containsKey("source")
                        && calls.stream().noneMatch(call -> call.has("source"))
                        && piece.segment().tokens().stream()
                                        .filter(token -> token.is(Kind.HOST))
                                        .count()
                                > 1
                        && !piece.has("and");
        if (source) {
            // One of them may be who is let in.
            return Optional.of(Words.whichHost(List.copyOf(where.names())));
        }
        boolean narrowed = reading.tokens().stream().anyMatch(token -> token.means("narrow"));
        if (narrowed && where.names().size() > 1) {
            return Optional.of(Words.whichHost(List.copyOf(where.names())));
        }
        boolean several =
                calls.stream()
                        .anyMatch(call -> call.has("version") && call.path("names").size() > 1);
        if (several) {
            return Optional.of(Words.missing("version", "value", frame.tool().says()));
        }
        if (!guarded && Undecided.isBefore(verb(piece), reading.text().text())) {
            return Optional.of(
                    Words.notAnOrder(
                            "it is not clear whether, because that depends on something that cannot"
                                    + " be read",
                            "是否执行取决于无法读取的条件",
                            List.of()));
        }
        if (isAfterColon(piece)) {
            return Optional.of(
                    Words.notAnOrder(
                            "this was understood as what stands somewhere",
                            "这被理解为引用的内容",
                            List.of()));
        }
        if (isBesideOtherHosts(piece) || isContradicted()) {
            return Optional.of(Words.whichHost(List.copyOf(where.names())));
        }
        if (pieces.stream().anyMatch(one -> one.has("or"))) {
            return Optional.of(
                    Words.ask(
                            About.OTHER,
                            "Nothing will be changed: which of the two is meant?",
                            "不会做任何变更：您指的是哪一个？",
                            List.of()));
        }
        List<Token> left = piece.unexplained();
        boolean moved =
                left.stream().anyMatch(token -> token.means("moves")) || isMoved(piece, frame);
        if (!left.isEmpty() || moved) {
            return Optional.of(
                    Words.notUnderstood(
                            join(left.isEmpty() ? piece.segment().tokens() : left), List.of()));
        }
        if (isReport(piece) || isTold(piece, pieces)) {
            return Optional.of(
                    Words.notAnOrder(
                            "this was understood as a report of what happens to a change",
                            "这被理解为对变更情况的描述",
                            List.of()));
        }
        for (ObjectNode call : calls) {
            Optional<Planned> name = nameObjection(frame, call);
            if (name.isPresent()) {
                return name;
            }
        }
        return pieces.stream()
                .filter(other -> !other.equals(piece))
                .filter(other -> !isHarmless(other))
                .findFirst()
                .map(other -> Words.notUnderstood(join(other.segment().tokens()), List.of()));
    }

    /// Where the word stands that orders the change.
    private static int verb(Piece piece) {
        return piece.segment().tokens().stream()
                .filter(Token::isChangeVerb)
                .mapToInt(Token::start)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /// "the log contains: restart nginx": what follows a look and a colon is what was found there.
    private boolean isAfterColon(Piece piece) {
        int at = pieces.indexOf(piece);
        if (at <= 0 || pieces.get(at - 1).frames().isEmpty()) {
            return false;
        }
        int start = piece.segment().tokens().getFirst().start();
        return reading.text().text().substring(0, start).stripTrailing().endsWith(":");
    }

    /// "restart nginx on web-1 but on web-2": which of them is meant?
    private boolean isBesideOtherHosts(Piece piece) {
        return pieces.stream()
                .filter(other -> !other.equals(piece))
                .anyMatch(other ->
                        other.segment().opener().equals("but")
                                && other.frames().isEmpty()
                                && !other.mood().negated()
                                && !other.has("except")
                                && !other.hosts().names().isEmpty());
    }

    /// "stop nginx but keep it running": both cannot be.
    private boolean isContradicted() {
        List<Token> tokens = reading.tokens();
        return IntStream.range(1, tokens.size())
                .anyMatch(at -> tokens.get(at).means("keeps") && tokens.get(at - 1).means("but"));
    }

    /// Whether a word such as "take" or "put" stands there that the change does not explain.
    private static boolean isMoved(Piece piece, Frame frame) {
        return piece.segment().tokens().stream()
                .anyMatch(token -> token.means("moves") && !frame.used().contains(token));
    }

    /// Whether something is written like an option or an assignment: `-nginx`, `nginx=..`.
    private boolean hasFlag() {
        List<Token> tokens = reading.tokens();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean mark = token.is(Kind.MARK);
            boolean before = at > 0 && tokens.get(at - 1).end() == token.start();
            boolean after = at + 1 < tokens.size() && tokens.get(at + 1).start() == token.end();
            boolean option =
                    mark
                            && token.text().equals("-")
                            && after
                            && !before
                            && !Segments.isHost(tokens.get(at + 1));
            boolean assigned =
                    mark
                            && token.text().equals("=")
                            && before
                            && tokens.get(at - 1).is(Kind.NAME)
                            && !(after && tokens.get(at + 1).is(Kind.VALUE));
            boolean odd =
                    mark
                            && before
                            && ODD.contains(token.text())
                            && tokens.get(at - 1).is(Kind.NAME);
            if (option || assigned || odd) {
                return true;
            }
        }
        return false;
    }

    /// 把nginx停了，网站就挂了: with a statement beside it, it tells what happened.
    private static boolean isTold(Piece piece, List<Piece> pieces) {
        return piece.has("le.order")
                && Mood.isLeOrder(piece.segment())
                && pieces.stream()
                        .anyMatch(other -> other.frames().isEmpty() || other.isStatement());
    }

    /// "the restart of nginx is off": after the verb something is said about it.
    private static boolean isReport(Piece piece) {
        List<Token> tokens = piece.segment().tokens();
        boolean verb = false;
        for (Token token : tokens) {
            if (verb && token.means("copula")) {
                return true;
            }
            verb |= token.isChangeVerb();
        }
        return false;
    }

    private Optional<Planned> nameObjection(Frame frame, ObjectNode call) {
        List<String> names = new ArrayList<>();
        for (String key : List.of("unit", "name", "names")) {
            JsonNode value = call.path(key);
            if (value.isTextual()) {
                names.add(value.asText());
            }
            value.forEach(one -> names.add(one.asText()));
        }
        return names.stream()
                .map(name -> nameObjection(frame, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Planned> nameObjection(Frame frame, String name) {
        String bare = name.toLowerCase(Locale.ROOT).replaceAll("\\.service$", "");
        About about = frame.tool().name().startsWith("package.") ? About.PACKAGE : About.UNIT;
        if (grammar.isWellKnown(bare) || isQuoted(name)) {
            return Optional.empty();
        }
        List<String> near = grammar.near(bare);
        if (!near.isEmpty()) {
            return Optional.of(
                    Words.didYouMean(
                            about,
                            name,
                            near,
                            near.stream().map(known -> choices.instead(name, known)).toList()));
        }
        boolean noUnit =
                about == About.UNIT
                        && ENDING.matcher(bare).matches()
                        && !UNIT_ENDING.matcher(bare).matches();
        return noUnit || isDoubtful(name)
                ? Optional.of(Words.missing("unit", "unit", frame.tool().says()))
                : Optional.empty();
    }

    /// Whoever puts a name into quotation marks means just that one.
    private boolean isQuoted(String name) {
        String text = reading.text().text();
        int at = text.indexOf(name);
        return at > 0
                && at + name.length() < text.length()
                && QUOTES.indexOf(text.charAt(at - 1)) >= 0
                && QUOTES.indexOf(text.charAt(at + name.length())) >= 0;
    }

    /// A plain word after "the" that is not called a service is no name: "restart the alphabet".
    private boolean isDoubtful(String name) {
        List<Token> tokens = reading.tokens();
        for (int at = 0; at < tokens.size(); at++) {
            if (tokens.get(at).is(Kind.NAME) && tokens.get(at).value().equals(name)) {
                boolean article = at > 0 && tokens.get(at - 1).means("article");
                boolean called = at + 1 < tokens.size() && tokens.get(at + 1).means("unit.noun");
                boolean plain = name.chars().allMatch(Character::isLetter);
                return plain && article && !called;
            }
        }
        return false;
    }

    /// Whether the words beside a change cannot take anything back or add anything.
    private boolean isHarmless(Piece piece) {
        Mood mood = piece.mood();
        if (mood.hypothetical() || mood.vague() || mood.suspicious() || mood.productQuestion()) {
            return false;
        }
        if (mood.condition()) {
            return true;
        }
        boolean asks = piece.has("ba") || piece.has("acts");
        boolean dropped = piece.frames().isEmpty() || piece.isStatement();
        // "Cancel the running upgrade" asks for something; "cancel that" takes something back.
        boolean takesBack = piece.unexplained().stream().anyMatch(token -> token.means("cancel"));
        if (takesBack || (asks && dropped && !mood.negated())) {
            return false;
        }
        if (mood.negated()) {
            return !piece.frames().isEmpty()
                    || !piece.hosts().isEmpty()
                    || !piece.names().isEmpty()
                    || piece.segment().tokens().stream().anyMatch(Token::isChangeVerb);
        }
        if (piece.has("cites") || (piece.has("when") && !piece.segment().asked())) {
            return false;
        }
        List<Token> left = piece.unexplained();
        boolean unknown = left.stream().anyMatch(t -> t.is(Kind.ORDINARY) || t.is(Kind.NAME));
        if (!piece.frames().isEmpty()) {
            boolean plain = piece.isStatement() && !isOrderLike(piece);
            boolean strange = !plain && (unknown || hasMadeUpUnit(piece));
            return !strange && left.stream().noneMatch(t -> t.isChangeVerb() || t.is(Kind.QUOTED));
        }
        if (left.stream().anyMatch(t -> t.isChangeVerb() || t.is(Kind.QUOTED) || t.means("done"))) {
            return false;
        }
        boolean statement = piece.has("statement") || mood.background();
        boolean looks = piece.has("look") && !left.isEmpty();
        return (!unknown && !looks) || (statement && !isOrderLike(piece));
    }

    /// Whether words that were not understood may ask for something: after "then", before it, or
    /// with 把.
    private boolean isOrderLike(Piece piece) {
        int at = pieces.indexOf(piece);
        boolean before = at + 1 < pieces.size() && isThen(pieces.get(at + 1));
        return piece.has("ba") || Mood.isPolite(piece.segment()) || isThen(piece) || before;
    }

    private static boolean isThen(Piece piece) {
        return piece.segment().opener().equals("then");
    }

    /// Whether a step beside the change is about a plain word that nothing calls a unit.
    private boolean hasMadeUpUnit(Piece piece) {
        return piece.names().stream()
                .anyMatch(name ->
                        Known.isPlainWord(name, grammar)
                                && (!piece.has("look") || isDoubtful(name))
                                && !piece.has("unit.noun"));
    }

    private static String join(List<Token> tokens) {
        return String.join(" ", tokens.stream().map(Token::text).toList());
    }
}
