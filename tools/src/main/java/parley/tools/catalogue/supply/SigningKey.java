package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A key that a host trusts to sign packages or repositories.
///
/// @param id the last 16 digits of its fingerprint
/// @param expires empty when it never does
/// @param source the file it is in, or rpm's database
/// @param signers the ids that signatures made with it name: its own and its subkeys'
public record SigningKey(
        @Means(en = "key", zh = "密钥") HostText id,
        @Means(en = "owner", zh = "所有者") HostText owner,
        @Means(en = "made", zh = "生成时间") Instant made,
        @Means(en = "expires", zh = "过期时间") Optional<Instant> expires,
        @Means(en = "revoked", zh = "已吊销") boolean revoked,
        @Means(en = "kept in", zh = "位置") HostText source,
        @Means(en = "signs as", zh = "签名标识") List<HostText> signers) {
    public SigningKey {
        requireNonNull(id, "id is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(made, "made is null");
        requireNonNull(expires, "expires is null");
        requireNonNull(source, "source is null");
        signers = List.copyOf(signers);
    }

    /// Whether a signature that names `keyId`, of 8 or 16 digits, is this key's.
    boolean signsAs(String keyId) {
        return signers.stream().anyMatch(one -> one.value().endsWith(keyId));
    }

    boolean hasExpired(Instant now) {
        return expires.filter(end -> end.isBefore(now)).isPresent();
    }
}
