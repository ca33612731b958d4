package parley.prompts.plan.model;

import parley.prompts.plan.Usage;
import parley.tools.Bilingual;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How many replies, tokens and how much money each of the latest requests has used, and all of the
/// session together.
final class Budget {
    private static final int MOST_REMEMBERED = 64;

    private record Used(int turns, Usage usage) {}

    private final ModelLimits limits;
    private Usage session = Usage.NONE;
    private final Map<String, Used> byRequest =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Used> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    Budget(ModelLimits limits) {
        this.limits = limits;
    }

    private Used used(String request) {
        return byRequest.getOrDefault(request, new Used(0, Usage.NONE));
    }

    /// Takes one turn for `request`; why not, when there is none left.
    synchronized Optional<Bilingual> take(String request) {
        Used used = used(request);
        Optional<Bilingual> spent = spent(used);
        if (spent.isEmpty()) {
            byRequest.put(request, new Used(used.turns() + 1, used.usage()));
        }
        return spent;
    }

    private Optional<Bilingual> spent(Used used) {
        if (used.turns() >= limits.mostTurns()) {
            return Optional.of(
                    Bilingual.of(
                            "the model did not come to an end within {0} turns; ask for less at"
                                    + " once, or use the embedded planner",
                            "模型在 {0} 轮内没有得出结果；请缩小请求范围，或使用内置规划器", limits.mostTurns()));
        }
        if (used.usage().tokens() >= limits.mostTokens()) {
            return Optional.of(
                    Bilingual.of(
                            "the model used up the {0} tokens of this request; ask for less at"
                                    + " once, or raise the limit",
                            "模型已用完该请求的 {0} 个 token；请缩小请求范围，或调高上限", limits.mostTokens()));
        }
        if (session.tokens() >= limits.mostSessionTokens()) {
            return Optional.of(
                    Bilingual.of(
                            "the model used up the {0} tokens of this session; start Parley anew,"
                                    + " or raise the limit (sessionTokens)",
                            "模型已用完本次会话的 {0} 个 token；请重新启动 Parley，或调高上限（sessionTokens）",
                            limits.mostSessionTokens()));
        }
        return money(used.usage(), limits.mostMoney(), "request", "该请求", "money")
                .or(() ->
                        money(
                                session,
                                limits.mostSessionMoney(),
                                "session",
                                "本次会话",
                                "sessionMoney"));
    }

    private static Optional<Bilingual> money(
            Usage usage, Optional<BigDecimal> limit, String en, String zh, String setting) {
        return limit.filter(most -> sum(usage).compareTo(most) >= 0)
                .map(most ->
                        Bilingual.of(
                                "the model used up the {0}{1} of this {2}; ask for less at once, or"
                                        + " raise the limit ({3})",
                                "模型已用完{4}的 {0}{1} 限额；请缩小请求范围，或调高上限（{3}）",
                                most.toPlainString(),
                                currency(usage),
                                en,
                                setting,
                                zh));
    }

    /// A model has one price, so there is one currency.
    private static BigDecimal sum(Usage usage) {
        return usage.money().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String currency(Usage usage) {
        return usage.money().isEmpty() ? "" : " " + usage.money().keySet().iterator().next();
    }

    /// Whether the turn just taken is the last.
    synchronized boolean isLast(String request) {
        return used(request).turns() >= limits.mostTurns();
    }

    synchronized void spend(String request, Usage usage) {
        Used used = used(request);
        byRequest.put(request, new Used(used.turns(), used.usage().plus(usage)));
        session = session.plus(usage);
    }
}
