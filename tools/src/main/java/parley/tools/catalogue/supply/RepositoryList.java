package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;

/// The repositories of a host and the keys that it trusts.
///
/// @param keys empty as well where they were not asked for
/// @param missingKeys key files that an enabled repository names and that are not there
/// @param askedAt when the host was asked, by its own clock
public record RepositoryList(
        @Means(en = "repositories", zh = "软件源") List<Repository> repositories,
        @Means(en = "trusted keys", zh = "受信任的密钥") List<SigningKey> keys,
        @Means(en = "missing key files", zh = "缺失的密钥文件") List<HostText> missingKeys,
        @Means(en = "asked at", zh = "查询时间") Instant askedAt) {
    public RepositoryList {
        repositories = List.copyOf(repositories);
        keys = List.copyOf(keys);
        missingKeys = List.copyOf(missingKeys);
        requireNonNull(askedAt, "askedAt is null");
    }
}
