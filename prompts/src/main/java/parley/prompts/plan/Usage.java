package parley.prompts.plan;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What replies of a model took, in tokens and in money.
///
/// @param replies how many there were
/// @param in tokens that were sent, those that the endpoint had in a cache included
/// @param cached how many of them it had in a cache
/// @param out tokens that came back, thoughts included
/// @param counted whether the endpoint counted all of them; else some are estimated from the length
///   of the texts
/// @param money what they cost by currency (`USD`), at the prices of the settings; empty where no
///   price is set, which is not the same as nothing
public record Usage(
        int replies,
        long in,
        long cached,
        long out,
        boolean counted,
        Map<String, BigDecimal> money) {
    /// No model was asked.
    public static final Usage NONE = new Usage(0, 0, 0, 0, true, Map.of());

    public Usage {
        if (replies < 0 || in < 0 || out < 0 || cached < 0 || cached > in) {
            throw new IllegalArgumentException("no usage: " + in + " (" + cached + "), " + out);
        }
        money = Collections.unmodifiableMap(new TreeMap<>(money));
    }

    public static Usage total(Collection<Planned.Exchange> exchanges) {
        return exchanges.stream().map(Planned.Exchange::usage).reduce(NONE, Usage::plus);
    }

    public Usage plus(Usage other) {
        Map<String, BigDecimal> both = new TreeMap<>(money);
        other.money.forEach((currency, sum) -> both.merge(currency, sum, BigDecimal::add));
        return new Usage(
                replies + other.replies,
                in + other.in,
                cached + other.cached,
                out + other.out,
                counted && other.counted,
                both);
    }

    public long tokens() {
        return in + out;
    }
}
