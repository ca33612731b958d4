package parley.console.turn;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.tools.Proposal;

import java.util.List;
import java.util.function.Consumer;

/// A planner that proposes exactly the calls it was given: the command line's, when no words have
/// to be understood.
public record GivenCalls(List<Proposal.Item> items) implements Planner {
    public GivenCalls {
        items = List.copyOf(items);
    }

    @Override
    public Planned next(Conversation conversation, Consumer<String> partial) {
        return new Planned.Plan(new Proposal(items, List.of()), true, List.of());
    }

    @Override
    public String name() {
        return "command line";
    }
}
