package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// Whether a package is signed by a key that the host trusts.
public record SignatureCheck(
        @Means(en = "package", zh = "软件包") HostText name,
        @Means(en = "signatures", zh = "签名") List<Signed> signatures) {
    /// What the signature covers.
    public enum Level {
        /// The package itself.
        @Means(en = "package", zh = "软件包")
        PACKAGE,
        /// The lists that name the package's checksum.
        @Means(en = "package lists", zh = "软件包列表")
        METADATA,
        @Means(en = "none", zh = "无")
        NONE
    }

    /// @param installed whether this build is on the host; else it is the one that is offered
    /// @param repository whose lists were verified, on apt
    /// @param trusted empty where it could not be found out
    /// @param digestOk whether what is signed has the right checksum; empty where that was not
    ///   computed: of an installed rpm only the files are left, see `package.verify_files`
    public record Signed(
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "installed", zh = "已安装") boolean installed,
            @Means(en = "repository", zh = "软件源") Optional<HostText> repository,
            @Means(en = "level", zh = "签名层级") Level level,
            @Means(en = "signed", zh = "已签名") Optional<Boolean> signed,
            @Means(en = "algorithm", zh = "算法") Optional<HostText> algorithm,
            @Means(en = "key", zh = "密钥") Optional<HostText> keyId,
            @Means(en = "signer", zh = "签名者") Optional<HostText> signer,
            @Means(en = "trusted", zh = "可信") Optional<Boolean> trusted,
            @Means(en = "digest right", zh = "摘要正确") Optional<Boolean> digestOk,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public Signed {
            requireNonNull(version, "version is null");
            requireNonNull(repository, "repository is null");
            requireNonNull(level, "level is null");
            requireNonNull(signed, "signed is null");
            requireNonNull(algorithm, "algorithm is null");
            requireNonNull(keyId, "keyId is null");
            requireNonNull(signer, "signer is null");
            requireNonNull(trusted, "trusted is null");
            requireNonNull(digestOk, "digestOk is null");
            requireNonNull(evidence, "evidence is null");
        }

        boolean isGood() {
            return signed.orElse(false) && trusted.orElse(false) && digestOk.orElse(true);
        }
    }

    public SignatureCheck {
        requireNonNull(name, "name is null");
        signatures = List.copyOf(signatures);
    }
}
