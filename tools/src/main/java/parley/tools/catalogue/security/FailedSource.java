package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Failed logins from one address.
///
/// @param users the names that were tried, at most ten
/// @param mostInFiveMinutes how many came in the worst five minutes
/// @param succeededAfter when somebody was let in from there afterwards
/// @param line where the first failure stands in its capture, the first line being 1
public record FailedSource(
        @Means(en = "from", zh = "来源") HostText source,
        @Means(en = "failed", zh = "失败次数") long count,
        @Means(en = "names tried", zh = "尝试的用户名") List<HostText> users,
        @Means(en = "most in 5 min", zh = "5 分钟内最多") long mostInFiveMinutes,
        @Means(en = "first", zh = "首次") Instant first,
        @Means(en = "last", zh = "最近") Instant last,
        @Means(en = "let in afterwards", zh = "之后成功登录") Optional<Instant> succeededAfter,
        @Means(en = "line", zh = "行") long line) {
    /// More failures in five minutes from one address are an attack.
    public static final long BRUTE_FORCE = 20;

    public FailedSource {
        requireNonNull(source, "source is null");
        users = List.copyOf(users);
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
        requireNonNull(succeededAfter, "succeededAfter is null");
    }

    public boolean isBruteForce() {
        return mostInFiveMinutes > BRUTE_FORCE;
    }
}
