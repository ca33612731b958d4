package parley.prompts.plan.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Bilingual;
import parley.tools.Tool;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A planner that asks a language model, turn by turn: it may look freely, but changes come as one
/// ordered plan.
///
/// What the model writes decides nothing: tools, arguments and hosts are checked against the
/// catalogue and the inventory, and everything else about a step comes from there. A reply that
/// does not keep to the form is answered once with what is wrong with it; a second one ends the
/// attempt. Between calls nothing is kept but how much of its budget a request has used.
public final class ModelPlanner implements Planner {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_ECHOED = 1_000;

    private final ModelSettings settings;
    private final Map<String, Tool<?, ?>> byWireName = new TreeMap<>();
    private final Endpoint endpoint;
    private final Budget budget;

    /// @param tools everything the model may propose
    public ModelPlanner(ModelSettings settings, List<Tool<?, ?>> tools) {
        this.settings = settings;
        this.endpoint = new Endpoint(settings);
        this.budget = new Budget(settings.limits());
        tools.forEach(tool -> byWireName.put(Offer.wireName(tool), tool));
        if (byWireName.size() != tools.size()) {
            throw new IllegalArgumentException("two tools have the same name");
        }
    }

    @Override
    public String name() {
        return settings.model();
    }

    /// {@inheritDoc}
    ///
    /// @throws PlannerFailed also when the request may concern a host whose readings must not be
    ///   sent to a model
    @Override
    public Planned next(Conversation conversation, Consumer<String> partial)
            throws PlannerFailed, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before the model was asked");
        }
        Visible visible = Visible.of(conversation);
        Deadline deadline = Deadline.in(settings.limits().total());
        Replies replies = new Replies(conversation, visible, new Steps(byWireName, visible));
        List<ChatMessage> messages =
                new ArrayList<>(
                        new Dialogue(conversation, visible, ModelPlanner::nonce).messages());
        List<Planned.Exchange> exchanges = new ArrayList<>();
        Outcome.Replied reply = ask(conversation, visible, messages, partial, deadline, exchanges);
        try {
            return replies.read(reply.message(), reply.ended(), exchanges);
        } catch (Unusable wrong) {
            correct(messages, reply.message(), wrong, Words.in(conversation.request().language()));
        }
        if (Thoughts.without(Objects.requireNonNullElse(reply.message().text(), "")).length() > 0) {
            partial.accept("\n");
        }
        reply = ask(conversation, visible, messages, partial, deadline, exchanges);
        try {
            return replies.read(reply.message(), reply.ended(), exchanges);
        } catch (Unusable still) {
            throw new PlannerFailed(twice(still.why()), exchanges, still);
        }
    }

    private Outcome.Replied ask(
            Conversation conversation,
            Visible visible,
            List<ChatMessage> messages,
            Consumer<String> partial,
            Deadline deadline,
            List<Planned.Exchange> exchanges)
            throws PlannerFailed, InterruptedException {
        String request = conversation.request().id();
        Optional<Bilingual> spent = budget.take(request);
        if (spent.isPresent()) {
            throw new PlannerFailed(spent.get(), exchanges, null);
        }
        ChatRequest.Builder chat = ChatRequest.builder();
        Offer offer = new Offer(byWireName.values(), visible, conversation.request().language());
        if (budget.isLast(request) && !conversation.seen().isEmpty()) {
            Words words = Words.in(conversation.request().language());
            List<ChatMessage> last = new ArrayList<>(messages);
            last.add(UserMessage.from(words.get("last-turn")));
            chat.messages(last);
            if (settings.provider().wantsFunctionsAlways()) {
                chat.toolSpecifications(offer.functions()).toolChoice(ToolChoice.NONE);
            }
        } else {
            chat.messages(messages).toolSpecifications(offer.functions());
        }
        Outcome.Replied replied = endpoint.ask(chat.build(), partial, deadline, exchanges);
        budget.spend(request, replied.tokens());
        return replied;
    }

    /// Tells the model what is wrong with its reply. The reply is repeated as text: servers choke
    /// on a call in the history whose arguments are not valid.
    private static void correct(
            List<ChatMessage> messages, AiMessage reply, Unusable wrong, Words words) {
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

    private Bilingual twice(Bilingual why) {
        return Bilingual.of(
                "the model \""
                        + settings.model()
                        + "\" twice gave no usable reply: "
                        + why.en()
                        + "; nothing was done; use the embedded planner, or another model",
                "模型“" + settings.model() + "”两次未给出可用的回复：" + why.zh() + "；未执行任何操作；请使用内置规划器，或更换模型");
    }

    private static String nonce() {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
