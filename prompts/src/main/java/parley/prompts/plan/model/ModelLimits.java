package parley.prompts.plan.model;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.time.Duration;

/// How much time, how many turns and how many tokens a model may use.
///
/// @param connect until a connection stands
/// @param idle how long a connection may stay silent, before the first byte and between bytes
/// @param total one step of the planner, with every retry
/// @param mostTurns replies of the model for one request; the last is asked for without tools
/// @param mostReplyTokens of one reply
/// @param mostTokens of one request, prompts and replies together
public record ModelLimits(
        Duration connect,
        Duration idle,
        Duration total,
        int mostTurns,
        int mostReplyTokens,
        int mostTokens) {
    public static final ModelLimits DEFAULT =
            new ModelLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(90),
                    Duration.ofSeconds(300),
                    12,
                    4_096,
                    200_000);

    public ModelLimits {
        for (Duration limit : new Duration[] {connect, idle, total}) {
            if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofHours(1)) > 0) {
                throw new BadValue(
                        Bilingual.of(
                                "a time limit of the model must be above 0 and at most 1 h: "
                                        + limit,
                                "模型的时间限制须大于 0 且不超过 1 小时：" + limit));
            }
        }
        if (mostTurns < 1 || mostReplyTokens < 1 || mostTokens < mostReplyTokens) {
            throw new BadValue(
                    Bilingual.of(
                            "the model needs at least 1 turn, 1 token a reply, and as many tokens"
                                    + " a request as a reply",
                            "模型至少需要 1 轮、每次回复 1 个 token，且每个请求的 token 上限不得低于单次回复"));
        }
    }
}
