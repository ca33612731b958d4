package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who was let in, who was not, and who is in now.
///
/// @param since the exact beginning, by the host's clock; empty for "since boot"
/// @param coverageFrom how far back the journal reaches; empty where nobody could tell
/// @param newSources addresses that somebody was let in from and that the host's record of logins
///   (`last`) does not name before that time; empty also where that record does not reach back
public record Logins(
        @Means(en = "since", zh = "起始") Optional<Instant> since,
        @Means(en = "reaches back to", zh = "最早可查") Optional<Instant> coverageFrom,
        @Means(en = "let in", zh = "成功登录") List<LoginGroup> accepted,
        @Means(en = "failed", zh = "失败来源") List<FailedSource> failed,
        @Means(en = "sudo refused", zh = "sudo 被拒") List<SudoRefusal> sudoRefused,
        @Means(en = "logged in now", zh = "当前登录") List<Session> sessions,
        @Means(en = "new sources", zh = "新来源") List<HostText> newSources) {
    public Logins {
        requireNonNull(since, "since is null");
        requireNonNull(coverageFrom, "coverageFrom is null");
        accepted = List.copyOf(accepted);
        failed = List.copyOf(failed);
        sudoRefused = List.copyOf(sudoRefused);
        sessions = List.copyOf(sessions);
        newSources = List.copyOf(newSources);
    }

    /// Logins of root itself.
    public List<LoginGroup> ofRoot() {
        return accepted.stream().filter(one -> one.user().value().equals("root")).toList();
    }
}
