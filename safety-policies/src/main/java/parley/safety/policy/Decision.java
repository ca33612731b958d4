package parley.safety.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// The answer to one question.
///
/// @param because the policies that decided, in the order of file and line; empty when nothing
///   permits it, or when there was trouble
/// @param trouble why it could not be decided properly; such an answer is always a refusal
public record Decision(boolean allowed, List<PolicyRule> because, List<String> trouble) {
    public Decision {
        because = List.copyOf(because);
        trouble = List.copyOf(trouble);
        if (allowed && !requireNonNull(trouble).isEmpty()) {
            throw new IllegalArgumentException("a decision with trouble allows nothing");
        }
    }

    static Decision refused(String trouble) {
        return new Decision(false, List.of(), List.of(trouble));
    }
}
