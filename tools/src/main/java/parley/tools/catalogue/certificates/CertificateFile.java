package parley.tools.catalogue.certificates;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// A file with certificates.
///
/// @param count how many certificates it holds
/// @param certificates the first of a chain first; of a store of authorities only those that end
///   within half a year or have ended
/// @param usedBy the configuration files that name it
/// @param keyMatches whether the key that the configuration names beside it is this certificate's;
///   empty where none is named or it could not be read
public record CertificateFile(
        @Means(en = "file", zh = "文件") HostText path,
        @Means(en = "state", zh = "状态") State state,
        @Means(en = "certificates", zh = "证书数") long count,
        @Means(en = "chain", zh = "证书链") Chain chain,
        @Means(en = "contents", zh = "证书") List<Certificate> certificates,
        @Means(en = "used by", zh = "使用者") List<HostText> usedBy,
        @Means(en = "key matches", zh = "密钥匹配") Optional<Boolean> keyMatches) {
    /// Whether the file could be read, and what was in it.
    public enum State {
        @Means(en = "read", zh = "已读取")
        READ,
        @Means(en = "no such file", zh = "文件不存在")
        NO_SUCH_FILE,
        @Means(en = "no permission", zh = "无权限")
        NO_PERMISSION,
        /// No certificate in text form (PEM).
        @Means(en = "no certificate", zh = "无证书")
        NO_CERTIFICATE
    }

    /// How the certificates of a file go together.
    public enum Chain {
        @Means(en = "none", zh = "无")
        NONE,
        @Means(en = "self-signed", zh = "自签名")
        SELF_SIGNED,
        /// One, signed by somebody who is not in the file.
        @Means(en = "alone", zh = "仅一张")
        ALONE,
        /// Each is signed by the next.
        @Means(en = "complete", zh = "完整")
        COMPLETE,
        /// One is not signed by the next: programs that do not look further refuse it.
        @Means(en = "broken", zh = "不连贯")
        BROKEN,
        /// A store of authorities.
        @Means(en = "store of authorities", zh = "证书库")
        STORE
    }

    public CertificateFile {
        requireNonNull(path, "path is null");
        requireNonNull(state, "state is null");
        requireNonNull(chain, "chain is null");
        certificates = List.copyOf(certificates);
        usedBy = List.copyOf(usedBy);
        requireNonNull(keyMatches, "keyMatches is null");
    }

    /// The one that a server presents as its own; empty for a store and for an unread file.
    public Optional<Certificate> leaf() {
        return chain == Chain.STORE ? Optional.empty() : certificates.stream().findFirst();
    }
}
