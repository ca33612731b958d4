package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;

/// Logins of one user from one address by one method.
///
/// @param line where the first stands in its capture, the first line being 1
public record LoginGroup(
        @Means(en = "user", zh = "用户") HostText user,
        @Means(en = "from", zh = "来源") HostText source,
        @Means(en = "method", zh = "方式") HostText method,
        @Means(en = "times", zh = "次数") long count,
        @Means(en = "first", zh = "首次") Instant first,
        @Means(en = "last", zh = "最近") Instant last,
        @Means(en = "line", zh = "行") long line) {
    public LoginGroup {
        requireNonNull(user, "user is null");
        requireNonNull(source, "source is null");
        requireNonNull(method, "method is null");
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
    }
}
