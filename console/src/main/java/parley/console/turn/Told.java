package parley.console.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Request;
import parley.safety.redact.Redactor;
import parley.tools.Bilingual;
import parley.tools.Proposal;

import java.util.List;
import java.util.regex.Pattern;

/// A conversation as somebody else may be told it: with a mark in the place of each secret, in the
/// operator's own words too. The marks are those of the record, so that an auditor who knows a
/// secret finds out where it was; the model learns at most that two places held the same.
final class Told {
    private static final Pattern MARK =
            Pattern.compile("\\[(?:redacted [^\\]]+|withheld: [^\\]]+)]");

    private final Redactor redactor;

    private Told(Redactor redactor) {
        this.redactor = redactor;
    }

    static Conversation of(Conversation conversation, Redactor redactor) {
        return new Told(redactor).told(conversation);
    }

    private Conversation told(Conversation conversation) {
        Request request = conversation.request();
        return new Conversation(
                new Request(
                        request.id(),
                        request.operator(),
                        request.language(),
                        fitting(text(request.words()))),
                conversation.hosts(),
                past(conversation.earlier()),
                past(conversation.past()),
                conversation.seen().stream().map(this::seen).toList());
    }

    /// Marks may be longer than what they stand for.
    private static String fitting(String words) {
        return words.length() <= Request.MOST_CHARACTERS
                ? words
                : words.substring(0, Request.MOST_CHARACTERS);
    }

    private List<Conversation.Past> past(List<Conversation.Past> past) {
        return past.stream()
                .map(one ->
                        new Conversation.Past(
                                text(one.words()),
                                one.proposal().map(this::proposal),
                                one.ending()))
                .toList();
    }

    private Proposal proposal(Proposal proposal) {
        return new Proposal(
                proposal.items().stream()
                        .map(item ->
                                new Proposal.Item(
                                        item.tool(),
                                        object(item.arguments()),
                                        item.hosts(),
                                        item.condition()))
                        .toList(),
                proposal.prohibited());
    }

    private Conversation.Seen seen(Conversation.Seen seen) {
        return new Conversation.Seen(
                seen.id(),
                seen.tool(),
                object(seen.arguments()),
                seen.host(),
                seen.reading().map(reading -> Shown.clean(reading, redactor)),
                seen.problem().map(why -> Bilingual.of(text(why.en()), text(why.zh()))));
    }

    private ObjectNode object(ObjectNode arguments) {
        return Shown.clean(arguments, redactor) instanceof ObjectNode clean ? clean : arguments;
    }

    private String text(String text) {
        return redactor.redact(text).text();
    }

    /// Whether a plan names something that its planner was not told: the mark is no value.
    static boolean wantsWhatIsHidden(Proposal proposal) {
        return proposal.items().stream().anyMatch(item -> holdsMark(item.arguments()));
    }

    private static boolean holdsMark(JsonNode node) {
        if (node.isContainerNode()) {
            for (JsonNode child : node) {
                if (holdsMark(child)) {
                    return true;
                }
            }
            return false;
        }
        return node.isTextual() && MARK.matcher(node.textValue()).find();
    }
}
