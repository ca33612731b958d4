package parley.prompts.plan.model;

import static java.util.Objects.requireNonNull;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// How much time, how many turns, how many tokens and how much money a model may use. A session is
/// one start of Parley.
///
/// @param connect until a connection stands
/// @param idle how long a connection may stay silent, before the first byte and between bytes
/// @param total one step of the planner, with every retry
/// @param mostTurns replies of the model for one request; the last is asked for without tools
/// @param mostReplyTokens of one reply
/// @param mostTokens of one request, prompts and replies together
/// @param mostSessionTokens of all requests of a session
/// @param mostMoney of one request, in the currency of the prices; empty for as much as it takes
/// @param mostSessionMoney of all requests of a session
public record ModelLimits(
        Duration connect,
        Duration idle,
        Duration total,
        int mostTurns,
        int mostReplyTokens,
        int mostTokens,
        long mostSessionTokens,
        Optional<BigDecimal> mostMoney,
        Optional<BigDecimal> mostSessionMoney) {
    private static final long SESSION_TOKENS = 5_000_000;

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
        if (mostSessionTokens < mostTokens) {
            throw new BadValue(
                    Bilingual.of(
                            "the model needs as many tokens a session as a request: at least "
                                    + mostTokens,
                            "每次会话的 token 上限不得低于单个请求：至少 " + mostTokens));
        }
        requireNonNull(mostMoney, "mostMoney is null");
        requireNonNull(mostSessionMoney, "mostSessionMoney is null");
        if (Stream.of(mostMoney, mostSessionMoney)
                .flatMap(Optional::stream)
                .anyMatch(limit -> limit.signum() <= 0)) {
            throw new BadValue(
                    Bilingual.of(
                            "a limit in money must be above 0; leave it out for none",
                            "金额上限须大于 0；不设上限请省略"));
        }
    }

    /// Without a limit in money, and with the usual one for a session.
    public ModelLimits(
            Duration connect,
            Duration idle,
            Duration total,
            int mostTurns,
            int mostReplyTokens,
            int mostTokens) {
        this(
                connect,
                idle,
                total,
                mostTurns,
                mostReplyTokens,
                mostTokens,
                Math.max(SESSION_TOKENS, mostTokens),
                Optional.empty(),
                Optional.empty());
    }

    boolean isInMoney() {
        return mostMoney.isPresent() || mostSessionMoney.isPresent();
    }
}
