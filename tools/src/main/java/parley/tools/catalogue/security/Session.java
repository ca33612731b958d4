package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.Optional;

/// Somebody who is logged in now, as `who` tells.
///
/// @param since as the host prints it, in its own time
public record Session(
        @Means(en = "user", zh = "用户") HostText user,
        @Means(en = "terminal", zh = "终端") HostText terminal,
        @Means(en = "since", zh = "登录时间") HostText since,
        @Means(en = "from", zh = "来源") Optional<HostText> source) {
    public Session {
        requireNonNull(user, "user is null");
        requireNonNull(terminal, "terminal is null");
        requireNonNull(since, "since is null");
        requireNonNull(source, "source is null");
    }
}
