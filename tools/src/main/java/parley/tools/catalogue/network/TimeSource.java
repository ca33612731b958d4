package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

/// A server or device that a time daemon listens to.
///
/// @param state `*` the one followed, `+` a good one, `-` an outlier, `?` not usable, `x` a liar,
///   `~` too variable
/// @param reach answers to the last eight questions, as bits; 0 when none was answered
/// @param offsetMs how far this host's clock is ahead of it, as last measured
public record TimeSource(
        @Means(en = "source", zh = "时间源") HostText address,
        @Means(en = "state", zh = "状态") HostText state,
        @Means(en = "stratum", zh = "层级") long stratum,
        @Means(en = "reach", zh = "可达位") long reach,
        @Means(en = "offset ms", zh = "偏移毫秒") double offsetMs) {
    public TimeSource {
        requireNonNull(address, "address is null");
        requireNonNull(state, "state is null");
    }

    /// Whether it answered lately.
    public boolean reachable() {
        return reach != 0;
    }

    /// Whether the clock follows it.
    public boolean followed() {
        return state.value().equals("*");
    }
}
