package parley.console.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import parley.prompts.plan.Usage;
import parley.tools.Language;

import java.math.BigDecimal;
import java.util.Map;

class UsageWordsTest {
    @Test
    void tokensAndMoneyAreOneLineInEachLanguage() {
        Usage usage =
                new Usage(2, 12_345, 512, 56, true, Map.of("USD", new BigDecimal("0.00123412")));

        assertEquals(
                "model: 2 replies · 12,345 tokens sent (512 from a cache), 56 received · USD"
                        + " 0.001235",
                UsageWords.of(usage, Language.EN));
        assertEquals(
                "模型：2 次回复 · 发送 12,345 token（其中缓存 512），接收 56 token · USD 0.001235",
                UsageWords.of(usage, Language.ZH));
    }

    @Test
    void whatIsEstimatedIsSaidToBe() {
        Usage usage = new Usage(1, 300, 0, 20, false, Map.of());

        assertEquals(
                "model: 1 reply · about 300 tokens sent, about 20 received",
                UsageWords.of(usage, Language.EN));
    }
}
