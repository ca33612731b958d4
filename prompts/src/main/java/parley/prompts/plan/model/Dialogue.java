package parley.prompts.plan.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Conversation.Seen;
import parley.tools.Host;
import parley.tools.Language;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A conversation as the messages of a chat. The same conversation gives the same messages but for
/// the fences around what hosts printed.
final class Dialogue {
    private static final int MOST_DIGEST = 1_600;

    private final Conversation conversation;
    private final Visible visible;
    private final Prohibitions prohibitions;
    private final Words words;
    private final Supplier<String> nonces;

    Dialogue(
            Conversation conversation,
            Visible visible,
            Prohibitions prohibitions,
            Supplier<String> nonces) {
        this.conversation = conversation;
        this.visible = visible;
        this.prohibitions = prohibitions;
        this.words = Words.in(language());
        this.nonces = nonces;
    }

    private Language language() {
        return conversation.request().language();
    }

    List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(system()));
        String before = before();
        if (!before.isEmpty()) {
            messages.add(UserMessage.from(before));
            messages.add(AiMessage.from(words.get("noted")));
        }
        conversation.past().stream()
                .filter(visible::mayTell)
                .forEach(one -> {
                    messages.add(UserMessage.from(Clean.text(one.words())));
                    messages.add(AiMessage.from(planned(one)));
                });
        messages.add(UserMessage.from(Clean.text(conversation.request().words())));
        new Evidence(words, language(), nonces)
                .groups(conversation.seen())
                .forEach(group -> {
                    ToolExecutionRequest call = call(group, messages.size());
                    messages.add(AiMessage.from(List.of(call)));
                    messages.add(ToolExecutionResultMessage.from(call, group.shown()));
                });
        return messages;
    }

    /// What is left of the older part of the conversation, and all that was ever forbidden in it.
    private String before() {
        String compact = new Compaction(conversation, visible, words).text();
        List<String> standing = prohibitions.standing();
        String forbidden =
                standing.isEmpty()
                        ? ""
                        : words.get(
                                "standing",
                                Map.of(
                                        "lines",
                                        standing.stream()
                                                .map(one -> "- “" + Clean.text(one) + "”")
                                                .collect(Collectors.joining("\n"))));
        return (compact + "\n\n" + forbidden).strip();
    }

    private String system() {
        String hidden =
                visible.hiddenCount() == 0
                        ? ""
                        : words.get(
                                "hidden", Map.of("count", Integer.toString(visible.hiddenCount())));
        return words.get("system", Map.of("inventory", digest(), "hidden", hidden))
                .replaceAll("\n{3,}", "\n\n");
    }

    /// Names and groups, nothing else of the inventory.
    private String digest() {
        StringBuilder digest = new StringBuilder();
        int listed = 0;
        for (Host host : visible.hosts()) {
            String aliases =
                    host.aliases().isEmpty()
                            ? ""
                            : " (" + String.join(", ", sorted(host.aliases())) + ")";
            String line = Clean.line(host.name() + aliases + " " + sorted(host.groups()), 160);
            if (digest.length() + line.length() > MOST_DIGEST) {
                String more = Integer.toString(visible.hosts().size() - listed);
                return digest + words.get("more-hosts", Map.of("count", more));
            }
            digest.append("- ").append(line).append('\n');
            listed++;
        }
        return digest.toString().stripTrailing();
    }

    private List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private String planned(Conversation.Past past) {
        String calls =
                past.proposal().stream()
                        .map(Proposal::items)
                        .flatMap(List::stream)
                        .map(item -> item.tool() + " " + item.arguments() + " " + item.hosts())
                        .collect(Collectors.joining("; "));
        return calls.isEmpty() ? words.get("past-none") : words.get("past", Map.of("calls", calls));
    }

    /// Nine letters and digits: some servers take no other identifiers.
    private static ToolExecutionRequest call(Evidence.Group group, int number) {
        ObjectNode arguments = group.first().arguments().deepCopy();
        group.seen().stream()
                .map(Seen::host)
                .distinct()
                .forEach(arguments.putArray(Offer.HOSTS)::add);
        return ToolExecutionRequest.builder()
                .id(String.format(Locale.ROOT, "call%05d", number))
                .name(Offer.wireName(group.first().tool()))
                .arguments(arguments.toString())
                .build();
    }
}
