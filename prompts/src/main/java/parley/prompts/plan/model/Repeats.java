package parley.prompts.plan.model;

import parley.prompts.plan.Conversation.Seen;
import parley.tools.Proposal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What of a reply was read already in this request. A reading counts until something was changed:
/// whoever changes must be able to look again.
final class Repeats {
    private final List<Seen> valid;

    Repeats(List<Seen> seen, Steps steps) {
        int from = 0;
        for (int index = 0; index < seen.size(); index++) {
            if (steps.changes(seen.get(index))) {
                from = index + 1;
            }
        }
        this.valid = List.copyOf(seen.subList(from, seen.size()));
    }

    /// The call on those of its hosts on which it was not read; empty when it was on all.
    Optional<Proposal.Item> unread(Proposal.Item item) {
        Set<String> read =
                valid.stream()
                        .filter(seen -> isSame(seen, item))
                        .map(Seen::host)
                        .collect(Collectors.toSet());
        List<String> left = item.hosts().stream().filter(host -> !read.contains(host)).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Proposal.Item(item.tool(), item.arguments(), left, item.condition()));
    }

    /// Where `items` are read.
    List<String> known(List<Proposal.Item> items) {
        return valid.stream()
                .filter(seen ->
                        items.stream()
                                .anyMatch(item ->
                                        isSame(seen, item) && item.hosts().contains(seen.host())))
                .map(Seen::id)
                .distinct()
                .toList();
    }

    private static boolean isSame(Seen seen, Proposal.Item item) {
        return seen.tool().equals(item.tool()) && seen.arguments().equals(item.arguments());
    }
}
