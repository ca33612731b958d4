package parley.prompts.plan.embedded;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Proposal;
import parley.tools.Proposal.Item;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What words such as "it", "there" and "the same" can point back to.
///
/// @param last what the request before was planned as
/// @param hosts the hosts last spoken of
/// @param names the units or packages last spoken of
record Context(Optional<Proposal> last, SortedSet<String> hosts, List<String> names) {
    private static final int MOST_TURNS = 5;

    /// One earlier request with the pieces it was read as.
    record Turn(Optional<Proposal> proposal, List<Piece> pieces) {}

    /// @param turns oldest first
    static Context of(List<Turn> turns) {
        Optional<Proposal> last = Optional.empty();
        SortedSet<String> hosts = new TreeSet<>();
        List<String> names = List.of();
        int from = Math.max(0, turns.size() - MOST_TURNS);
        for (Turn turn : turns.subList(from, turns.size())) {
            SortedSet<String> spoken = new TreeSet<>();
            List<String> said = new ArrayList<>();
            if (turn.proposal().isPresent() && !turn.proposal().get().items().isEmpty()) {
                last = turn.proposal();
                for (Item item : turn.proposal().get().items()) {
                    spoken.addAll(item.hosts());
                    said.addAll(names(item));
                }
            } else {
                for (Piece piece : turn.pieces()) {
                    spoken.addAll(piece.hosts().names());
                    said.addAll(piece.names());
                }
            }
            hosts = spoken.isEmpty() ? hosts : spoken;
            names = said.isEmpty() ? names : said.stream().distinct().toList();
        }
        return new Context(last, hosts, names);
    }

    static List<String> names(Item item) {
        List<String> names = new ArrayList<>();
        for (String key : List.of("unit", "name", "names")) {
            JsonNode value = item.arguments().path(key);
            if (value.isTextual()) {
                names.add(value.asText());
            }
            value.forEach(one -> names.add(one.asText()));
        }
        return names;
    }
}
