package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether repositories can be reached, how fresh they are, and whether their lists are signed.
///
/// @param known the ids of all enabled repositories
/// @param askedAt when the host was asked, by its own clock
public record RepositoryChecks(
        @Means(en = "repositories", zh = "软件源") List<Checked> checked,
        @Means(en = "all enabled", zh = "全部启用的软件源") List<HostText> known,
        @Means(en = "asked at", zh = "查询时间") Instant askedAt) {
    /// What is known about the signature of a repository's lists.
    public enum Signature {
        @Means(en = "verified", zh = "已验证")
        VERIFIED,
        @Means(en = "unsigned", zh = "未签名")
        UNSIGNED,
        /// Damaged, or made with a key that is not trusted for it.
        @Means(en = "bad", zh = "签名无效")
        BAD,
        /// The host does not look.
        @Means(en = "unchecked", zh = "未校验")
        UNCHECKED,
        /// It was not reached.
        @Means(en = "unknown", zh = "未知")
        UNKNOWN
    }

    /// @param httpCode what the server answered, where it refused
    /// @param madeAt when the lists were made
    /// @param validUntil after which they must not be used
    /// @param packagesSigned whether packages' own signatures are checked; apt's have none
    public record Checked(
            @Means(en = "id", zh = "标识") HostText repository,
            @Means(en = "address", zh = "地址") Optional<HostText> url,
            @Means(en = "reached", zh = "可达") boolean reached,
            @Means(en = "HTTP code", zh = "HTTP 状态码") Optional<Long> httpCode,
            @Means(en = "made at", zh = "元数据时间") Optional<Instant> madeAt,
            @Means(en = "valid until", zh = "有效期至") Optional<Instant> validUntil,
            @Means(en = "signature of lists", zh = "列表签名") Signature signature,
            @Means(en = "packages signed", zh = "校验软件包签名") Optional<Boolean> packagesSigned,
            @Means(en = "error", zh = "错误") Optional<HostText> error,
            @Means(en = "evidence", zh = "出处") List<Finding.Lines> evidence) {
        public Checked {
            requireNonNull(repository, "repository is null");
            requireNonNull(url, "url is null");
            requireNonNull(httpCode, "httpCode is null");
            requireNonNull(madeAt, "madeAt is null");
            requireNonNull(validUntil, "validUntil is null");
            requireNonNull(signature, "signature is null");
            requireNonNull(packagesSigned, "packagesSigned is null");
            requireNonNull(error, "error is null");
            evidence = List.copyOf(evidence);
        }

        boolean isSound() {
            return reached && error.isEmpty();
        }

        Optional<Duration> age(Instant now) {
            return madeAt.map(at -> Duration.between(at, now));
        }
    }

    public RepositoryChecks {
        checked = List.copyOf(checked);
        known = List.copyOf(known);
        requireNonNull(askedAt, "askedAt is null");
    }
}
