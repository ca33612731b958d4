package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.embedded.Token.Kind;
import parley.prompts.plan.embedded.ToolRules.Guard;
import parley.prompts.plan.embedded.ToolRules.Need;
import parley.prompts.plan.embedded.ToolRules.Term;
import parley.tools.Proposal.Comparison;
import parley.tools.Risk;
import parley.tools.schema.Json;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns a condition in words into one over the reading of an observing tool.
final class Guards {
    private static final Set<String> OF_CONDITIONS =
            Set.of(
                    "above",
                    "not",
                    "unless",
                    "unit.noun",
                    "state",
                    "full",
                    "usage.word",
                    "disk",
                    "space",
                    "disk.root",
                    "down",
                    "failed",
                    "running",
                    "active",
                    "inactive",
                    "up",
                    "health",
                    "notrunning",
                    "recheck",
                    "article",
                    "at.most",
                    "dir.noun",
                    "q.all");

    private Guards() {}

    /// A condition that can be checked.
    record Found(
            ToolRules tool,
            Guard guard,
            ObjectNode arguments,
            Comparison comparison,
            JsonNode value) {}

    static Optional<Found> in(
            Grammar grammar, Known known, Piece piece, Antecedents antecedents, int at) {
        Set<String> concepts = new HashSet<>();
        piece.segment().tokens().forEach(token -> concepts.addAll(token.concepts()));
        if (isOnlyNot(piece) || isOnlyAmount(piece)) {
            antecedents.before(at).ifPresent(asked -> concepts.addAll(asked.concepts()));
        }
        for (ToolRules tool : grammar.tools().values()) {
            if (known.has(tool)) {
                for (Guard guard : tool.guards()) {
                    if (matches(guard, concepts) && isUnderstood(guard, piece, grammar)) {
                        Optional<Found> found = found(tool, guard, piece, antecedents, at);
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Whether the guard and the hosts explain every word: a test that is only partly understood is
    /// another test.
    private static boolean isUnderstood(Guard guard, Piece piece, Grammar grammar) {
        for (Token token : piece.segment().tokens()) {
            boolean odd =
                    switch (token.kind()) {
                        case ORDINARY, QUOTED, NO_HOST -> true;
                        case NAME ->
                                Known.isPlainWord(token.value(), grammar)
                                        && !piece.has("unit.noun");
                        case WORD -> !token.isSkippable() && !isExplained(token, guard);
                        case VALUE, HOST, GROUP, MARK -> false;
                    };
            if (odd && !piece.hosts().used().contains(token)) {
                return false;
            }
        }
        boolean inherited =
                guard.terms().stream().anyMatch(Guards::isNamed) && piece.names().isEmpty();
        return !inherited || piece.hosts().names().isEmpty() || piece.has("pronoun");
    }

    /// Whether a word belongs to the test, or says nothing of what is tested.
    private static boolean isExplained(Token token, Guard guard) {
        return token.concepts().stream()
                .anyMatch(concept ->
                        concept.equals("skip")
                                || Mood.CONCEPTS.contains(concept)
                                || OF_CONDITIONS.contains(concept)
                                || guard.terms().stream()
                                        .anyMatch(term -> term.concepts().contains(concept)));
    }

    private static boolean isNamed(Term term) {
        return term.isArgument() && term.argument().equals("unit");
    }

    /// "is nginx up? if not, restart it": the question before says what is not.
    private static boolean isOnlyNot(Piece piece) {
        return piece.has("not") && piece.names().isEmpty() && piece.segment().tokens().size() <= 3;
    }

    /// "how full is /var? above 90 %, …": what is measured was said before.
    private static boolean isOnlyAmount(Piece piece) {
        return piece.names().isEmpty()
                && piece.segment().tokens().stream()
                        .allMatch(token ->
                                token.isSkippable()
                                        || token.means("above")
                                        || token.means("pronoun")
                                        || token.means("cond")
                                        || token.means("cond.then")
                                        || (token.is(Kind.VALUE)
                                                && token.type().equals("percent")));
    }

    private static boolean matches(Guard guard, Set<String> concepts) {
        return guard.terms().stream().noneMatch(term -> term.isBrokenBy(concepts));
    }

    private static Optional<Found> found(
            ToolRules tool, Guard guard, Piece piece, Antecedents antecedents, int at) {
        ObjectNode arguments = Json.mapper().createObjectNode();
        for (Term term : guard.terms()) {
            if (term.isArgument()) {
                Optional<String> value = argument(tool, term, piece, antecedents, at);
                if (value.isEmpty() && term.need() != Need.OPTIONAL) {
                    return Optional.empty();
                }
                if (tool.arguments().containsKey(term.argument())) {
                    value.ifPresent(text -> arguments.put(term.argument(), text));
                }
            }
        }
        Optional<JsonNode> value = value(guard, piece);
        return value.map(v -> new Found(tool, guard, arguments, comparison(guard, piece), v));
    }

    private static Comparison comparison(Guard guard, Piece piece) {
        boolean unless = piece.has("unless");
        if (!unless) {
            return guard.comparison();
        }
        return switch (guard.comparison()) {
            case EQUAL -> Comparison.NOT_EQUAL;
            case NOT_EQUAL -> Comparison.EQUAL;
            case ABOVE -> Comparison.BELOW;
            case BELOW -> Comparison.ABOVE;
        };
    }

    private static Optional<JsonNode> value(Guard guard, Piece piece) {
        if (!guard.value().isEmpty()) {
            return Optional.of(guard.value().getFirst());
        }
        return piece.segment().tokens().stream()
                .filter(token -> token.is(Kind.VALUE) && token.type().equals(guard.type()))
                .map(token -> Numbers.read(token.value()))
                .filter(java.util.OptionalDouble::isPresent)
                .<JsonNode>map(number ->
                        Json.mapper()
                                .valueToTree(
                                        whole(
                                                guard.complement()
                                                        ? 100 - number.getAsDouble()
                                                        : number.getAsDouble())))
                .findFirst();
    }

    private static Number whole(double number) {
        if (number == Math.rint(number)) {
            return (int) number;
        }
        return number;
    }

    private static Optional<String> argument(
            ToolRules tool, Term term, Piece piece, Antecedents antecedents, int at) {
        List<String> types =
                Optional.ofNullable(tool.arguments().get(term.argument()))
                        .map(ToolRules.Argument::types)
                        .orElse(List.of(term.argument()));
        boolean name = types.contains("unit") || types.contains("package");
        if (name && !piece.names().isEmpty()) {
            return Optional.of(piece.names().getFirst());
        }
        if (name) {
            List<String> names = antecedents.names(at, Risk.OBSERVE);
            return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
        }
        return piece.segment().tokens().stream()
                .filter(token -> token.is(Kind.VALUE) && types.contains(token.type()))
                .map(Token::value)
                .findFirst();
    }
}
