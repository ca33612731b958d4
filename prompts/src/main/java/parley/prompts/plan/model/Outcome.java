package parley.prompts.plan.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.FinishReason;

import parley.prompts.plan.Usage;
import parley.tools.Bilingual;

import java.time.Duration;
import java.util.Optional;

/// How one attempt to ask a model ended.
sealed interface Outcome {
    /// A whole reply.
    ///
    /// @param usage what it took
    record Replied(AiMessage message, FinishReason ended, Usage usage) implements Outcome {}

    /// No usable reply.
    ///
    /// @param again whether the same request may succeed a little later
    /// @param after how long the endpoint asks to wait
    record Failed(Bilingual why, boolean again, Optional<Duration> after) implements Outcome {
        static Failed forGood(Bilingual why) {
            return new Failed(why, false, Optional.empty());
        }

        static Failed forNow(Bilingual why) {
            return new Failed(why, true, Optional.empty());
        }
    }
}
