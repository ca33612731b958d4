package parley.prompts.plan.model;

import java.util.List;

/// A reply that asks for nothing but what was read already: it is answered from what is known.
final class Known extends Unusable {
    private final transient List<String> ids;

    /// @param ids the evidence that holds it
    Known(List<String> ids) {
        super(
                "all of this was read already ("
                        + String.join(", ", ids)
                        + "); answer from the evidence at hand, or ask for something else",
                "这些内容均已读取（" + String.join("、", ids) + "）；请依据已有证据作答，或读取其他内容");
        this.ids = List.copyOf(ids);
    }

    List<String> ids() {
        return ids;
    }
}
