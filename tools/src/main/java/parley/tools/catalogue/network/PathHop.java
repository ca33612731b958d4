package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.Optional;

/// A router on the way, or the target itself.
///
/// @param address empty where nobody answered
/// @param lossPct share of questions that got no answer; one router that loses while those behind
///   it do not only answers seldom
/// @param bestMs the fastest answer, of which the time on the way is most of
public record PathHop(
        @Means(en = "hop", zh = "跳") long number,
        @Means(en = "address", zh = "地址") Optional<HostText> address,
        @Means(en = "sent", zh = "发送") long sent,
        @Means(en = "loss", zh = "丢包率") Percent lossPct,
        @Means(en = "average ms", zh = "平均毫秒") double avgMs,
        @Means(en = "best ms", zh = "最快毫秒") double bestMs,
        @Means(en = "worst ms", zh = "最慢毫秒") double worstMs,
        @Means(en = "deviation ms", zh = "偏差毫秒") double stdevMs) {
    public PathHop {
        requireNonNull(address, "address is null");
        requireNonNull(lossPct, "lossPct is null");
    }

    /// The same hop, from which nothing came.
    PathHop silent() {
        return new PathHop(number, Optional.empty(), sent, new Percent(100), 0, 0, 0, 0);
    }

    /// Whether it is `wanted`.
    boolean is(String wanted) {
        return address.filter(one -> one.value().equals(wanted)).isPresent();
    }
}
