package parley.prompts.plan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.FinishReason;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.tools.Bilingual;
import parley.tools.Proposal;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a reply means, or why it means nothing. A reply is either observing calls, or one plan, or
/// one question, or one refusal, or words; any mixture is refused.
final class Replies {
    static final int MOST_CALLS = 25;
    static final int MOST_CHOICES = 8;

    private static final int MOST_MESSAGE = 1_000;
    private static final int MOST_CHOICE = 100;
    private static final int MOST_WORDS = 20_000;
    private static final Set<String> CONTROLS = Set.of(Offer.ASK, Offer.DECLINE, Offer.SUBMIT);
    private static final Pattern ID = Pattern.compile("#\\d{1,4}");
    private static final Pattern LINES =
            Pattern.compile("(?:lines?|第) ?\\d{1,7}(?: ?[-–—至到] ?\\d{1,7})?(?: ?行)?");
    private static final Pattern CITED = Pattern.compile("[\\[【]\\s*(#[^\\]】]*)[\\]】]");

    private static final Pattern WRITTEN_CALL =
            Pattern.compile(
                    "^(?:```\\w*\\s*)?[\\[{][^\\n]{0,400}\"(?:arguments|parameters|hosts|steps)\"\\s*:"
                        + "|<tool_call>|<function=|<\\|tool",
                    Pattern.DOTALL);

    private final Conversation conversation;
    private final Visible visible;
    private final Steps steps;

    Replies(Conversation conversation, Visible visible, Steps steps) {
        this.conversation = conversation;
        this.visible = visible;
        this.steps = steps;
    }

    Planned read(AiMessage reply, FinishReason ended, List<Planned.Exchange> exchanges)
            throws Unusable {
        switch (ended) {
            case LENGTH ->
                    throw new Unusable(
                            "the reply was longer than the token limit and cut off; be shorter",
                            "回复超过 token 上限而被截断；请更简短");
            case CONTENT_FILTER ->
                    throw new Unusable(
                            "the endpoint's content filter stopped the reply", "服务端的内容过滤器中止了回复");
            case STOP, TOOL_EXECUTION, OTHER -> {}
        }
        List<ToolExecutionRequest> calls = reply.toolExecutionRequests();
        if (calls.isEmpty()) {
            return answered(reply, exchanges);
        }
        if (calls.size() > MOST_CALLS) {
            throw new Unusable(
                    "at most " + MOST_CALLS + " calls at once", "一次最多 " + MOST_CALLS + " 个调用");
        }
        boolean control = calls.stream().anyMatch(call -> CONTROLS.contains(call.name()));
        if (control && calls.size() > 1) {
            throw new Unusable(
                    "submit_plan, ask_user and decline each stand alone in a reply; nothing of it"
                            + " was done",
                    "submit_plan、ask_user 和 decline 必须单独出现在一次回复中；本次回复未执行任何操作");
        }
        ToolExecutionRequest first = calls.getFirst();
        return switch (first.name()) {
            case Offer.ASK -> question(arguments(first), exchanges);
            case Offer.DECLINE -> refusal(arguments(first), exchanges);
            case Offer.SUBMIT -> plan(arguments(first), exchanges);
            default -> observations(calls, exchanges);
        };
    }

    private Planned answered(AiMessage reply, List<Planned.Exchange> exchanges) throws Unusable {
        String text = reply.text() == null ? "" : reply.text();
        String words = Clean.text(Thoughts.without(text)).strip();
        if (words.isEmpty() || words.length() > MOST_WORDS) {
            throw new Unusable(
                    "the reply holds no call and no words, or far too many", "回复中既没有调用也没有文字，或文字过长");
        }
        checkIsAnswer(words);
        checkCitations(words);
        return new Planned.Answered(words, exchanges);
    }

    /// Calls written out as text are not carried out; and nothing is said about a host of which
    /// nothing was read.
    private void checkIsAnswer(String words) throws Unusable {
        if (WRITTEN_CALL.matcher(words).find()) {
            throw new Unusable(
                    "a call was written as text; make it a function call, or answer in words",
                    "调用被写成了文字；请使用函数调用，或用文字回答");
        }
        if (conversation.seen().isEmpty() && visible.namesShown(words)) {
            throw new Unusable(
                    "nothing was read yet, so nothing can be said about a host; call a function,"
                            + " ask_user or decline",
                    "尚未读取任何内容，不能对主机下结论；请调用函数、ask_user 或 decline");
        }
    }

    /// What may be cited: each step, and what a diagnosis itself cites.
    private Set<String> known() {
        Set<String> known = new HashSet<>();
        for (Conversation.Seen seen : conversation.seen()) {
            known.add(seen.id());
            seen.reading().filter(ignored -> seen.tool().equals("diag.run")).stream()
                    .flatMap(reading -> reading.findValuesAsText("id").stream())
                    .filter(id -> ID.matcher(id).matches())
                    .forEach(known::add);
        }
        return known;
    }

    /// Every evidence id must exist; and once something was read, something must be cited. Lines
    /// behind an id (`#3.2 lines 12–20`) are held against the evidence later.
    private void checkCitations(String words) throws Unusable {
        Set<String> known = known();
        Set<String> cited = new HashSet<>();
        Matcher citation = CITED.matcher(words);
        while (citation.find()) {
            Arrays.stream(LINES.matcher(citation.group(1)).replaceAll("").split("[\\s,，、;；]+"))
                    .map(id -> id.replaceFirst("(?<=\\d)\\.\\d{1,3}$", ""))
                    .filter(id -> !id.isEmpty())
                    .forEach(cited::add);
        }
        List<String> unknown = cited.stream().filter(id -> !known.contains(id)).sorted().toList();
        if (!unknown.isEmpty()) {
            String ids = Clean.line(String.join(", ", unknown), MOST_CHOICE);
            throw new Unusable(
                    "the answer cites evidence that does not exist: " + ids, "回答引用了不存在的证据：" + ids);
        }
        if (!known.isEmpty() && cited.isEmpty()) {
            throw new Unusable(
                    "the answer cites no evidence; put ids such as [#1] behind each sentence",
                    "回答没有引用证据；请在每句话后注明编号，例如 [#1]");
        }
    }

    private Planned observations(List<ToolExecutionRequest> calls, List<Planned.Exchange> exchanges)
            throws Unusable {
        List<Proposal.Item> items = new ArrayList<>();
        for (ToolExecutionRequest call : calls) {
            Proposal.Item item = steps.observation(call.name(), arguments(call));
            if (!items.contains(item)) {
                items.add(item);
            }
        }
        Repeats repeats = new Repeats(conversation.seen(), steps);
        List<Proposal.Item> fresh = new ArrayList<>();
        for (Proposal.Item item : items) {
            repeats.unread(item).ifPresent(fresh::add);
        }
        if (fresh.isEmpty()) {
            throw new Known(repeats.known(items));
        }
        return new Planned.Plan(new Proposal(fresh, List.of()), false, exchanges);
    }

    private Planned plan(ObjectNode arguments, List<Planned.Exchange> exchanges) throws Unusable {
        Proposal proposal = steps.plan(arguments);
        return new Planned.Plan(proposal, steps.changes(proposal), exchanges);
    }

    private Planned question(ObjectNode arguments, List<Planned.Exchange> exchanges)
            throws Unusable {
        String question = Clean.line(Fields.text(arguments, "question"), MOST_MESSAGE);
        if (question.isBlank()) {
            throw new Unusable("the question is empty", "问题为空");
        }
        String about = Fields.text(arguments, "about");
        Planned.About kind =
                Arrays.stream(Planned.About.values())
                        .filter(one -> one.word().equals(about))
                        .findFirst()
                        .orElse(Planned.About.OTHER);
        return new Planned.Clarify(
                kind, Bilingual.same(question), choices(arguments.path("choices")), exchanges);
    }

    /// A choice counts as typed by the person. So once a host's output was read, only names of the
    /// inventory are offered: output must not come back as the person's own words.
    private List<String> choices(JsonNode given) throws Unusable {
        List<String> choices = new ArrayList<>();
        for (JsonNode choice : given) {
            String text = Clean.line(choice.asText(""), MOST_CHOICE + 1);
            boolean short_ = !text.isBlank() && text.length() <= MOST_CHOICE;
            boolean safe = conversation.seen().isEmpty() || !visible.resolve(text).isEmpty();
            if (short_ && safe && !choices.contains(text) && choices.size() < MOST_CHOICES) {
                choices.add(text);
            }
        }
        return choices;
    }

    private static Planned refusal(ObjectNode arguments, List<Planned.Exchange> exchanges)
            throws Unusable {
        String message = Clean.line(Fields.text(arguments, "message"), MOST_MESSAGE);
        String reason = Fields.text(arguments, "reason");
        Optional<Planned.Reason> known =
                Arrays.stream(Planned.Reason.values())
                        .filter(one -> Offer.word(one).equals(reason))
                        .findFirst();
        if (message.isBlank() || known.isEmpty()) {
            throw new Unusable(
                    "decline needs a message and a reason (no-tool or not-allowed)",
                    "decline 需要 message，以及 reason（no-tool 或 not-allowed）");
        }
        return new Planned.Decline(known.get(), Bilingual.same(message), exchanges);
    }

    /// Strictly one JSON object; nothing stands for none.
    private static ObjectNode arguments(ToolExecutionRequest call) throws Unusable {
        String text =
                call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments();
        try {
            if (Json.mapper().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException broken) {
            // Told below.
        }
        String shown = Clean.line(text, MOST_CHOICE);
        throw new Unusable(
                "the arguments of "
                        + Clean.line(call.name(), MOST_CHOICE)
                        + " are not one JSON object: "
                        + shown,
                Clean.line(call.name(), MOST_CHOICE) + " 的参数不是一个 JSON 对象：" + shown);
    }
}
