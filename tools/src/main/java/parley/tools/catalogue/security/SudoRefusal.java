package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;

/// That sudo refused somebody.
///
/// @param line where the first stands in its capture, the first line being 1
public record SudoRefusal(
        @Means(en = "user", zh = "用户") HostText user,
        @Means(en = "why", zh = "原因") HostText reason,
        @Means(en = "times", zh = "次数") long count,
        @Means(en = "last", zh = "最近") Instant last,
        @Means(en = "line", zh = "行") long line) {
    public SudoRefusal {
        requireNonNull(user, "user is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(last, "last is null");
    }
}
