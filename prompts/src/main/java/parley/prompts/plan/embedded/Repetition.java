package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Planned;
import parley.tools.Hosts;
import parley.tools.Proposal;
import parley.tools.Proposal.Item;
import parley.tools.Risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// "same on web-2", "and redis?", 那台呢: the request before with another host or name.
final class Repetition {
    private Repetition() {}

    static Optional<Planned> of(
            EmbeddedPlanner.Reading reading,
            List<Piece> pieces,
            Context context,
            Hosts hosts,
            Known known,
            Grammar grammar) {
        if (pieces.size() != 1
                || context.last().isEmpty()
                || !grammar.tools().containsKey(context.last().get().items().getFirst().tool())) {
            return Optional.empty();
        }
        Piece piece = pieces.getFirst();
        boolean bare =
                piece.frames().isEmpty()
                        && piece.unexplained().stream().allMatch(Repetition::isBare);
        boolean something = !piece.hosts().names().isEmpty() || !piece.names().isEmpty();
        if (!bare
                || !something
                || piece.mood().negated()
                || piece.mood().hypothetical()
                || piece.hosts().problem().isPresent()
                || Shell.isSuspect(reading)) {
            return Optional.empty();
        }
        return repeat(piece, context.last().get(), known);
    }

    private static boolean isBare(Token token) {
        boolean mood = !token.concepts().isEmpty() && Mood.CONCEPTS.containsAll(token.concepts());
        return token.is(Token.Kind.NAME) || token.means("unit.noun") || mood;
    }

    private static Optional<Planned> repeat(Piece piece, Proposal last, Known known) {
        boolean changing =
                last.items().stream()
                        .anyMatch(item -> known.risks().get(item.tool()) != Risk.OBSERVE);
        boolean said = piece.has("same") || piece.has("also");
        if (changing
                && (!said
                        || piece.has("look")
                        || piece.hosts().names().isEmpty()
                        || !piece.names().isEmpty()
                        || piece.hosts().vague()
                        || piece.segment().asked())) {
            return Optional.of(
                    Words.notAnOrder(
                            "it is not clear whether the last change is to be repeated",
                            "不清楚是否要重复上一次变更",
                            List.of()));
        }
        List<Item> items = new ArrayList<>();
        for (Item item : last.items()) {
            items.add(again(item, piece.hosts().names(), piece.names()));
        }
        return Optional.of(
                new Planned.Plan(new Proposal(items, last.prohibited()), true, List.of()));
    }

    private static Item again(Item item, SortedSet<String> hosts, List<String> names) {
        ObjectNode arguments = item.arguments().deepCopy();
        if (names.size() == 1) {
            for (String key : List.of("unit", "name")) {
                if (arguments.has(key)) {
                    arguments.put(key, names.getFirst());
                }
            }
        }
        return new Item(
                item.tool(),
                arguments,
                hosts.isEmpty() ? item.hosts() : List.copyOf(hosts),
                item.condition());
    }
}
