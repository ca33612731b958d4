package parley.evals;

import java.math.BigDecimal;

/// What a model took: how often it was asked, how many tokens that were, and what they cost where a
/// price is configured.
///
/// @param counted whether the endpoint said how many tokens each reply took
record Cost(int replies, long tokensIn, long tokensOut, boolean counted, BigDecimal money) {
    static final Cost NOTHING = new Cost(0, 0, 0, true, BigDecimal.ZERO);

    Cost plus(Cost other) {
        return new Cost(
                replies + other.replies,
                tokensIn + other.tokensIn,
                tokensOut + other.tokensOut,
                counted && other.counted,
                money.add(other.money));
    }
}
