package parley.console.show;

import com.fasterxml.jackson.databind.JsonNode;

import parley.prompts.plan.Usage;
import parley.tools.Language;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What models took, in one line: `model: 2 replies · 1,234 tokens sent (512 from a cache), 56
/// received · USD 0.0012`.
public final class UsageWords {
    /// Less than a millionth is not told apart from it.
    private static final int DECIMALS = 6;

    private UsageWords() {}

    public static String of(Usage usage, Language language) {
        String about = usage.counted() ? "" : language == Language.EN ? "about " : "约 ";
        String cached =
                usage.cached() == 0
                        ? ""
                        : language == Language.EN
                                ? " (" + number(usage.cached()) + " from a cache)"
                                : "（其中缓存 " + number(usage.cached()) + "）";
        String money =
                usage.money().isEmpty()
                        ? ""
                        : " · "
                                + usage.money().entrySet().stream()
                                        .map(sum ->
                                                sum.getKey()
                                                        + " "
                                                        + about
                                                        + rounded(sum.getValue()))
                                        .collect(Collectors.joining(", "));
        return switch (language) {
            case EN ->
                    "model: "
                            + usage.replies()
                            + (usage.replies() == 1 ? " reply · " : " replies · ")
                            + about
                            + number(usage.in())
                            + " tokens sent"
                            + cached
                            + ", "
                            + about
                            + number(usage.out())
                            + " received"
                            + money;
            case ZH ->
                    "模型："
                            + usage.replies()
                            + " 次回复 · 发送 "
                            + about
                            + number(usage.in())
                            + " token"
                            + cached
                            + "，接收 "
                            + about
                            + number(usage.out())
                            + " token"
                            + money;
        };
    }

    /// As the record has it.
    public static Usage recorded(JsonNode usage) {
        Map<String, BigDecimal> money = new TreeMap<>();
        usage.path("money")
                .properties()
                .forEach(
                        sum -> money.put(sum.getKey(), new BigDecimal(sum.getValue().asText("0"))));
        return new Usage(
                usage.path("replies").asInt(),
                usage.path("in").asLong(),
                usage.path("cached").asLong(),
                usage.path("out").asLong(),
                usage.path("counted").asBoolean(),
                money);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Upwards: what was spent is not told to be less.
    private static String rounded(BigDecimal sum) {
        return sum.setScale(DECIMALS, RoundingMode.CEILING).stripTrailingZeros().toPlainString();
    }
}
