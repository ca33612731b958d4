package parley.prompts.plan.model;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Relevance;
import parley.tools.Bilingual;
import parley.tools.Tool;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// A planner that asks a language model, turn by turn: it may look freely, but changes come as one
/// ordered plan.
///
/// What the model writes decides nothing: tools, arguments and hosts are checked against the
/// catalogue and the inventory, and everything else about a step comes from there. A reply that
/// does not keep to the form is answered once with what is wrong with it; a second one ends the
/// attempt. Between calls nothing is kept but how much of its budget a request has used.
public final class ModelPlanner implements Planner {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ModelSettings settings;
    private final Shelf shelf;
    private final Endpoint endpoint;
    private final Budget budget;

    /// A planner that tells its model of every tool at once.
    ///
    /// @param tools everything the model may propose
    public ModelPlanner(ModelSettings settings, List<Tool<?, ?>> tools) {
        this(settings, tools, (words, most) -> tools.stream().map(Tool::name).toList());
    }

    /// @param tools everything the model may propose
    /// @param relevance chooses those it is told of; it may look for others
    public ModelPlanner(ModelSettings settings, List<Tool<?, ?>> tools, Relevance relevance) {
        this.settings = settings;
        this.endpoint = new Endpoint(settings);
        this.budget = new Budget(settings.limits());
        this.shelf = new Shelf(tools, relevance);
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public boolean sends() {
        return true;
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
        Prohibitions prohibitions = new Prohibitions(conversation, visible);
        Replies replies =
                new Replies(
                        conversation,
                        visible,
                        new Steps(shelf.byWireName(), visible, prohibitions));
        Round round =
                new Round(
                        settings,
                        endpoint,
                        budget,
                        shelf,
                        conversation,
                        visible,
                        new Dialogue(conversation, visible, prohibitions, ModelPlanner::nonce)
                                .messages(),
                        partial);
        return planned(round, replies, partial);
    }

    /// A reply of no use is told to be so once; calls for what is known are answered.
    private Planned planned(Round round, Replies replies, Consumer<String> partial)
            throws PlannerFailed, InterruptedException {
        boolean corrected = false;
        while (true) {
            Outcome.Replied reply = round.ask();
            try {
                return replies.read(reply.message(), reply.ended(), round.exchanges());
            } catch (Unusable wrong) {
                if (wrong instanceof Known known && round.repeat(reply.message(), known)) {
                    continue;
                }
                if (corrected) {
                    throw new PlannerFailed(twice(wrong.why()), round.exchanges(), wrong);
                }
                corrected = true;
                round.correct(reply.message(), wrong);
                String words = Objects.requireNonNullElse(reply.message().text(), "");
                if (!Thoughts.without(words).isEmpty()) {
                    partial.accept("\n");
                }
            }
        }
    }

    private Bilingual twice(Bilingual why) {
        return Bilingual.of(
                "the model \"{0}\" twice gave no usable reply: {1}; nothing was done; use the"
                        + " embedded planner, or another model",
                "模型“{0}”两次未给出可用的回复：{1}；未执行任何操作；请使用内置规划器，或更换模型", settings.model(), why);
    }

    private static String nonce() {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
