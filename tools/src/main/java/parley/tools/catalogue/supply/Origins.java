package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where one installed package came from, for each version and architecture of it.
///
/// @param installed none when the package is not installed
public record Origins(
        @Means(en = "package", zh = "软件包") HostText name,
        @Means(en = "installed", zh = "已安装") List<Origin> installed) {
    /// Why a package is on the host.
    public enum Reason {
        @Means(en = "asked for", zh = "用户安装")
        USER,
        @Means(en = "as a dependency", zh = "作为依赖")
        DEPENDENCY,
        @Means(en = "unknown", zh = "未知")
        UNKNOWN
    }

    /// @param repository where it was installed from: what dnf noted then; on apt, which notes
    ///   nothing, the repositories that offer this very version now
    /// @param url the address of that repository
    /// @param vendor who says to have made it; a claim
    /// @param keyId of the signature of the package; apt's packages have none
    /// @param trusted whether a key that the host trusts vouches for it: for the package itself, on
    ///   apt for the lists of the repository that offers it
    /// @param offered whether an enabled repository offers this version now
    /// @param orphan whether no enabled repository offers any version of it
    public record Origin(
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "architecture", zh = "架构") HostText architecture,
            @Means(en = "repositories", zh = "软件源") List<HostText> repository,
            @Means(en = "address", zh = "地址") Optional<HostText> url,
            @Means(en = "vendor", zh = "供应商") Optional<HostText> vendor,
            @Means(en = "build host", zh = "构建主机") Optional<HostText> buildHost,
            @Means(en = "source package", zh = "源码包") Optional<HostText> source,
            @Means(en = "installed at", zh = "安装时间") Optional<Instant> installedAt,
            @Means(en = "reason", zh = "安装原因") Reason reason,
            @Means(en = "key", zh = "签名密钥") Optional<HostText> keyId,
            @Means(en = "trusted", zh = "可信") Optional<Boolean> trusted,
            @Means(en = "offered", zh = "仍可获取") Optional<Boolean> offered,
            @Means(en = "orphan", zh = "孤立") Optional<Boolean> orphan,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public Origin {
            requireNonNull(version, "version is null");
            requireNonNull(architecture, "architecture is null");
            repository = List.copyOf(repository);
            requireNonNull(url, "url is null");
            requireNonNull(vendor, "vendor is null");
            requireNonNull(buildHost, "buildHost is null");
            requireNonNull(source, "source is null");
            requireNonNull(installedAt, "installedAt is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(keyId, "keyId is null");
            requireNonNull(trusted, "trusted is null");
            requireNonNull(offered, "offered is null");
            requireNonNull(orphan, "orphan is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    public Origins {
        requireNonNull(name, "name is null");
        installed = List.copyOf(installed);
    }
}
