package parley.prompts.plan.model;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Usage;
import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.Tool;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// One step of a planner as a talk with its model: the question, the model's searches for more
/// functions, and a correction.
final class Round {
    /// After so many a model that goes on searching is told that its reply is of no use.
    static final int MOST_SEARCHES = 2;

    /// So often calls are answered from what is known.
    static final int MOST_REPEATS = 2;

    private static final int MOST_ECHOED = 1_000;
    private static final int MOST_SOUGHT = 200;

    private final ModelSettings settings;
    private final Endpoint endpoint;
    private final Budget budget;
    private final Shelf shelf;
    private final Conversation conversation;
    private final Visible visible;
    private final List<ChatMessage> messages;
    private final Consumer<String> partial;
    private final Set<String> offered;
    private final Deadline deadline;
    private final List<Planned.Exchange> exchanges = new ArrayList<>();
    private int searches;
    private int repeats;

    Round(
            ModelSettings settings,
            Endpoint endpoint,
            Budget budget,
            Shelf shelf,
            Conversation conversation,
            Visible visible,
            List<ChatMessage> messages,
            Consumer<String> partial) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.budget = budget;
        this.shelf = shelf;
        this.conversation = conversation;
        this.visible = visible;
        this.messages = new ArrayList<>(messages);
        this.partial = partial;
        this.offered = shelf.offered(conversation);
        this.deadline = Deadline.in(settings.limits().total());
    }

    /// What was sent and what came back, so far.
    List<Planned.Exchange> exchanges() {
        return exchanges;
    }

    /// A reply that is no search.
    Outcome.Replied ask() throws PlannerFailed, InterruptedException {
        while (true) {
            Outcome.Replied reply = once();
            Optional<ToolExecutionRequest> search = search(reply.message());
            if (search.isEmpty() || searches == MOST_SEARCHES) {
                return reply;
            }
            searches++;
            answer(search.get());
        }
    }

    private Outcome.Replied once() throws PlannerFailed, InterruptedException {
        String request = conversation.request().id();
        Optional<Bilingual> spent = budget.take(request);
        if (spent.isPresent()) {
            throw new PlannerFailed(spent.get(), exchanges, null);
        }
        int before = exchanges.size();
        try {
            return endpoint.ask(
                    budget.isLast(request) && !conversation.seen().isEmpty() ? last() : chat(),
                    partial,
                    deadline,
                    exchanges);
        } finally {
            budget.spend(request, Usage.total(exchanges.subList(before, exchanges.size())));
        }
    }

    private ChatRequest chat() {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(offer().functions())
                .build();
    }

    /// The last turn is for an answer: no calls.
    private ChatRequest last() {
        List<ChatMessage> all = new ArrayList<>(messages);
        all.add(UserMessage.from(Words.in(language()).get("last-turn")));
        ChatRequest.Builder chat = ChatRequest.builder().messages(all);
        if (settings.provider().wantsFunctionsAlways()) {
            chat.toolSpecifications(offer().functions()).toolChoice(ToolChoice.NONE);
        }
        return chat.build();
    }

    private Offer offer() {
        List<Tool<?, ?>> tools = shelf.of(offered);
        return new Offer(tools, tools.size() < shelf.byWireName().size(), visible, language());
    }

    private Language language() {
        return conversation.request().language();
    }

    private static Optional<ToolExecutionRequest> search(AiMessage reply) {
        return Optional.of(reply.toolExecutionRequests())
                .filter(calls -> calls.size() == 1)
                .map(List::getFirst)
                .filter(call -> call.name().equals(Offer.FIND));
    }

    /// Offers what the model looks for, and tells it what that is.
    private void answer(ToolExecutionRequest search) {
        List<String> found = shelf.found(Clean.line(sought(search), MOST_SOUGHT));
        offered.addAll(found);
        String names =
                found.stream()
                        .map(name -> Offer.wireName(name))
                        .filter(shelf.byWireName()::containsKey)
                        .collect(Collectors.joining(", "));
        messages.add(AiMessage.from(List.of(search)));
        messages.add(
                ToolExecutionResultMessage.from(
                        search, Words.in(language()).get("found", Map.of("names", names))));
    }

    private static String sought(ToolExecutionRequest search) {
        try {
            return Json.mapper().readTree(search.arguments()).path(Offer.SOUGHT).asText("");
        } catch (JsonProcessingException notJson) {
            return search.arguments();
        }
    }

    /// Answers calls from what is known, without asking any host.
    ///
    /// @return whether the model may go on; one that keeps asking has lost its way
    boolean repeat(AiMessage reply, Known known) {
        if (repeats == MOST_REPEATS) {
            return false;
        }
        repeats++;
        String told =
                Words.in(language()).get("known", Map.of("ids", String.join(", ", known.ids())));
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (ToolExecutionRequest call : reply.toolExecutionRequests()) {
            // Identifiers of ours: those of different replies may be the same.
            String id =
                    String.format(Locale.ROOT, "call%05d", messages.size() * 100 + calls.size());
            calls.add(call.toBuilder().id(id).build());
        }
        messages.add(AiMessage.from(calls));
        calls.forEach(call -> messages.add(ToolExecutionResultMessage.from(call, told)));
        return true;
    }

    /// Tells the model what is wrong with its reply. The reply is repeated as text: servers choke
    /// on a call in the history whose arguments are not valid.
    void correct(AiMessage reply, Unusable wrong) {
        Words words = Words.in(language());
        String text = reply.text() == null ? "" : Thoughts.without(reply.text());
        String calls =
                reply.toolExecutionRequests().stream()
                        .map(call -> call.name() + " " + call.arguments())
                        .collect(Collectors.joining("\n"));
        String echo = Clean.head(Clean.text(text + "\n" + calls).strip(), MOST_ECHOED);
        messages.add(AiMessage.from(echo.isEmpty() ? words.get("empty") : echo));
        messages.add(
                UserMessage.from(
                        words.get("correction", Map.of("why", wrong.why().in(words.language())))));
    }
}
