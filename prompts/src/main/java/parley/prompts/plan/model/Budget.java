package parley.prompts.plan.model;

import parley.tools.Bilingual;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How many replies and tokens each of the latest requests has used.
final class Budget {
    private static final int MOST_REMEMBERED = 64;

    private record Used(int turns, long tokens) {}

    private final ModelLimits limits;
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
        return byRequest.getOrDefault(request, new Used(0, 0));
    }

    /// Takes one turn for `request`; why not, when there is none left.
    synchronized Optional<Bilingual> take(String request) {
        Used used = used(request);
        if (used.turns() >= limits.mostTurns()) {
            return Optional.of(
                    Bilingual.of(
                            "the model did not come to an end within "
                                    + limits.mostTurns()
                                    + " turns; ask for less at once, or use the embedded planner",
                            "模型在 " + limits.mostTurns() + " 轮内没有得出结果；请缩小请求范围，或使用内置规划器"));
        }
        if (used.tokens() >= limits.mostTokens()) {
            return Optional.of(
                    Bilingual.of(
                            "the model used up the "
                                    + limits.mostTokens()
                                    + " tokens of this request; ask for less at once, or raise the"
                                    + " limit",
                            "模型已用完该请求的 " + limits.mostTokens() + " 个 token；请缩小请求范围，或调高上限"));
        }
        byRequest.put(request, new Used(used.turns() + 1, used.tokens()));
        return Optional.empty();
    }

    /// Whether the turn just taken is the last.
    synchronized boolean isLast(String request) {
        return used(request).turns() >= limits.mostTurns();
    }

    synchronized void spend(String request, long tokens) {
        Used used = used(request);
        byRequest.put(request, new Used(used.turns(), used.tokens() + tokens));
    }
}
