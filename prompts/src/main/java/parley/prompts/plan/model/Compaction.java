package parley.prompts.plan.model;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Conversation.Past;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The older part of a conversation in few words: what was asked, planned and came of it, a line
/// each. Made from what happened, without a model, so that the same conversation always gives the
/// same words. What was forbidden is not its business: that is told in full.
final class Compaction {
    /// Characters of all lines; the newest are kept.
    static final int MOST = 4_000;

    private static final int MOST_ASKED = 120;
    private static final int MOST_LINE = 300;

    private final Conversation conversation;
    private final Visible visible;
    private final Words words;

    Compaction(Conversation conversation, Visible visible, Words words) {
        this.conversation = conversation;
        this.visible = visible;
        this.words = words;
    }

    /// Empty when the conversation is not long.
    String text() {
        List<Past> earlier = conversation.earlier().stream().filter(visible::mayTell).toList();
        List<String> lines = new ArrayList<>();
        int length = 0;
        int index = earlier.size();
        while (index > 0) {
            String line = line(earlier.get(index - 1));
            if (length + line.length() > MOST) {
                break;
            }
            length += line.length();
            lines.add(line);
            index--;
        }
        if (lines.isEmpty()) {
            return "";
        }
        String older =
                index == 0
                        ? ""
                        : words.get("earlier-more", Map.of("count", Integer.toString(index)))
                                + "\n";
        return words.get("earlier", Map.of("lines", older + String.join("\n", lines.reversed())));
    }

    private static String line(Past past) {
        String calls =
                past.proposal().stream()
                        .map(Proposal::items)
                        .flatMap(List::stream)
                        .map(item -> item.tool() + " " + item.arguments() + " " + item.hosts())
                        .collect(Collectors.joining("; "));
        String ending = past.ending().isEmpty() ? "" : " (" + past.ending() + ")";
        return Clean.line(
                "- "
                        + Clean.line(past.words(), MOST_ASKED)
                        + (calls.isEmpty() ? "" : " → " + calls)
                        + ending,
                MOST_LINE);
    }
}
