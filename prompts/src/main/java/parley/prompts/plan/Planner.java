package parley.prompts.plan;

import java.util.function.Consumer;

/// A step function from a conversation to what should be done next. It never calls a tool itself.
public interface Planner {
    /// What to do next. An interrupt cancels it.
    ///
    /// @param partial receives words for the person as they arrive; may never be called
    /// @throws PlannerFailed when a model cannot be reached or does not keep to the form
    /// @throws InterruptedException when cancelled
    Planned next(Conversation conversation, Consumer<String> partial)
            throws PlannerFailed, InterruptedException;

    /// Whether what it is given goes to somebody else: then there is nothing secret in it.
    default boolean sends() {
        return false;
    }

    /// `embedded`, or the model's name.
    String name();
}
