package parley.prompts.plan.model;

import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What a million tokens of a model cost, as the settings say. Prices change and differ by
/// contract: none is known to the program.
///
/// @param currency three letters: `USD`, `CNY`
/// @param in tokens that are sent
/// @param cached tokens that are sent and that the endpoint has in a cache
/// @param out tokens that come back
public record Prices(String currency, BigDecimal in, BigDecimal cached, BigDecimal out) {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(100_000);
    private static final int MILLION = 6;

    public Prices {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new BadValue(
                    Bilingual.of(
                            "the currency of a model's price is three letters such as USD, not"
                                    + " \"{0}\"",
                            "模型价格的 currency 须为三个字母（如 CNY），不能是“{0}”", currency));
        }
        for (BigDecimal price : new BigDecimal[] {in, cached, out}) {
            if (price.signum() < 0 || price.compareTo(HIGHEST) > 0) {
                throw new BadValue(
                        Bilingual.of(
                                "a model's price per million tokens is 0 to 100000, not " + price,
                                "模型每百万 token 的价格须在 0 到 100000 之间，不能是 " + price));
            }
        }
    }

    /// What these tokens cost.
    ///
    /// @param some how many of `sent` were in a cache
    BigDecimal of(long sent, long some, long received) {
        return in.multiply(BigDecimal.valueOf(sent - some))
                .add(cached.multiply(BigDecimal.valueOf(some)))
                .add(out.multiply(BigDecimal.valueOf(received)))
                .movePointLeft(MILLION)
                .stripTrailingZeros();
    }
}
