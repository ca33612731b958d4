package parley.prompts.plan.model;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;

import org.jspecify.annotations.Nullable;

import parley.prompts.plan.Usage;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// How many tokens a reply took: as the endpoint counts, and where it does not, estimated, so that
/// a limit holds at every endpoint.
final class Counting {
    /// About what a token is in JSON with English words; Chinese ones take fewer bytes a token, so
    /// that the estimate errs upwards for them.
    private static final int BYTES_A_TOKEN = 3;

    private final Optional<Prices> prices;

    Counting(Optional<Prices> prices) {
        this.prices = prices;
    }

    /// @param counted what the endpoint says; some say nothing, or only zeros
    Usage of(@Nullable TokenUsage counted, String sent, String received) {
        long in = number(counted == null ? null : counted.inputTokenCount());
        long out = number(counted == null ? null : counted.outputTokenCount());
        if (counted == null || in + out == 0) {
            return estimated(sent, received);
        }
        long cached = 0;
        if (counted instanceof OpenAiTokenUsage usage && usage.inputTokensDetails() != null) {
            cached = number(usage.inputTokensDetails().cachedTokens());
        }
        if (counted instanceof AnthropicTokenUsage usage) {
            // Here the tokens around a cache are counted beside the others.
            cached = number(usage.cacheReadInputTokens());
            in += cached + number(usage.cacheCreationInputTokens());
        }
        return usage(in, Math.min(cached, in), out, true);
    }

    Usage estimated(String sent, String received) {
        return usage(tokens(sent), 0, tokens(received), false);
    }

    private Usage usage(long in, long cached, long out, boolean counted) {
        Map<String, BigDecimal> money =
                prices.map(price -> Map.of(price.currency(), price.of(in, cached, out)))
                        .orElse(Map.of());
        return new Usage(1, in, cached, out, counted, money);
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_A_TOKEN);
    }

    private static long number(@Nullable Integer count) {
        return count == null ? 0 : Math.max(0, count);
    }
}
