package parley.prompts.plan.model;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Relevance;
import parley.tools.Tool;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Every tool, and which of them a model is told about: small models get lost among many.
final class Shelf {
    /// Offered from the beginning.
    static final int MOST_OFFERED = 16;

    /// Added by one search of the model.
    static final int MOST_FOUND = 6;

    private final Map<String, Tool<?, ?>> byWireName = new TreeMap<>();
    private final Relevance relevance;

    Shelf(Collection<Tool<?, ?>> tools, Relevance relevance) {
        this.relevance = relevance;
        tools.forEach(tool -> byWireName.put(Offer.wireName(tool), tool));
        if (byWireName.size() != tools.size()) {
            throw new IllegalArgumentException("two tools have the same name");
        }
    }

    Map<String, Tool<?, ?>> byWireName() {
        return byWireName;
    }

    /// What this request is about, what the one before it was about, and what was used already.
    Set<String> offered(Conversation conversation) {
        Set<String> names = new LinkedHashSet<>();
        conversation.seen().forEach(seen -> names.add(seen.tool()));
        conversation.past().stream()
                .skip(Math.max(0, conversation.past().size() - 1))
                .flatMap(past -> past.proposal().stream())
                .flatMap(proposal -> proposal.items().stream())
                .forEach(item -> names.add(item.tool()));
        String words = conversation.request().words();
        for (String name : relevance.of(words, MOST_OFFERED)) {
            if (names.size() < MOST_OFFERED) {
                names.add(name);
            }
        }
        return names;
    }

    List<String> found(String words) {
        return relevance.of(words, MOST_FOUND);
    }

    /// The tools of these names, in the order of the catalogue.
    List<Tool<?, ?>> of(Set<String> names) {
        return byWireName.values().stream()
                .<Tool<?, ?>>map(tool -> tool)
                .filter(tool -> names.contains(tool.name()))
                .toList();
    }
}
