package parley.prompts.plan;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.Proposal;

import java.util.List;
import java.util.Locale;

/// What a planner makes of a request.
public sealed interface Planned {
    /// What was sent to a model and what came back; empty for the embedded planner.
    List<Exchange> exchanges();

    /// One call of a model, byte for byte.
    ///
    /// @param usage what it took
    record Exchange(String model, String prompt, String reply, Usage usage) {
        public Exchange {
            requireNonNull(model, "model is null");
            requireNonNull(prompt, "prompt is null");
            requireNonNull(reply, "reply is null");
            requireNonNull(usage, "usage is null");
        }
    }

    /// These calls, in this order.
    ///
    /// @param complete whether nothing further is wanted after them; a model may want to see
    ///   readings first
    record Plan(Proposal proposal, boolean complete, List<Exchange> exchanges) implements Planned {
        public Plan {
            requireNonNull(proposal, "proposal is null");
            exchanges = List.copyOf(exchanges);
        }
    }

    /// A question that must be answered first.
    ///
    /// @param choices ready answers, possibly none; choosing one is the same as typing it
    record Clarify(About about, Bilingual question, List<String> choices, List<Exchange> exchanges)
            implements Planned {
        public Clarify {
            requireNonNull(about, "about is null");
            requireNonNull(question, "question is null");
            choices = List.copyOf(choices);
            exchanges = List.copyOf(exchanges);
        }
    }

    /// It will not be planned.
    record Decline(Reason reason, Bilingual message, List<Exchange> exchanges) implements Planned {
        public Decline {
            requireNonNull(reason, "reason is null");
            requireNonNull(message, "message is null");
            exchanges = List.copyOf(exchanges);
        }
    }

    /// The readings answer the request; these are a model's words about them, each sentence citing
    /// evidence ids.
    record Answered(String words, List<Exchange> exchanges) implements Planned {
        public Answered {
            requireNonNull(words, "words is null");
            exchanges = List.copyOf(exchanges);
        }
    }

    /// What a question is about.
    enum About {
        HOST,
        UNIT,
        PACKAGE,
        TOOL,
        VALUE,
        OTHER;

        /// The word of the interfaces.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Why a request is declined.
    enum Reason {
        NO_TOOL,
        NOT_ALLOWED
    }
}
