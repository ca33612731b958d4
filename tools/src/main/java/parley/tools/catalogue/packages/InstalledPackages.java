package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a host's package database lists.
///
/// @param installed how many packages are installed in full, whatever was asked for
/// @param matching how many of those have a name that was asked for
/// @param offset how many of the matching were passed over
/// @param packages one page of the matching, by name
/// @param broken packages that are there in part, of a name that was asked for
/// @param leftovers removed packages whose configuration is left, of a name that was asked for
/// @param doubled names of packages that the rpm database has in two versions, as after an upgrade
///   that was cut off; kernels may be there more than once
/// @param unsigned how many of the matching carry no signature; dpkg keeps none, so it is empty
///   there
public record InstalledPackages(
        @Means(en = "installed", zh = "已安装") long installed,
        @Means(en = "matching", zh = "匹配") long matching,
        @Means(en = "passed over", zh = "跳过") long offset,
        @Means(en = "packages", zh = "软件包") List<Entry> packages,
        @Means(en = "broken", zh = "安装不完整") List<Entry> broken,
        @Means(en = "configuration left", zh = "残留配置") List<Entry> leftovers,
        @Means(en = "in two versions", zh = "存在两个版本") List<HostText> doubled,
        @Means(en = "unsigned", zh = "无签名") Optional<Long> unsigned) {
    /// One package.
    ///
    /// @param state `installed`, or what dpkg says instead: `half-configured`, `config-files`, …
    /// @param held whether upgrades leave it alone; empty where the database does not say
    /// @param at when its files were put there, by the host's clock
    /// @param key the id of the key its signature was made with
    /// @param line where it stands in the output
    public record Entry(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "architecture", zh = "架构") HostText architecture,
            @Means(en = "state", zh = "状态") HostText state,
            @Means(en = "held", zh = "已锁定") Optional<Boolean> held,
            @Means(en = "size", zh = "大小") Optional<Bytes> size,
            @Means(en = "installed at", zh = "安装时间") Optional<Instant> at,
            @Means(en = "source package", zh = "源码包") Optional<HostText> source,
            @Means(en = "made by", zh = "提供者") Optional<HostText> vendor,
            @Means(en = "signing key", zh = "签名密钥") Optional<HostText> key,
            @Means(en = "line", zh = "行") Finding.Lines line) {
        public Entry {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(line, "line is null");
        }

        boolean isHeld() {
            return held.orElse(false);
        }
    }

    public InstalledPackages {
        packages = List.copyOf(packages);
        broken = List.copyOf(broken);
        leftovers = List.copyOf(leftovers);
        doubled = List.copyOf(doubled);
        requireNonNull(unsigned, "unsigned is null");
    }

    /// Whether nothing has a name that was asked for.
    boolean isNothing() {
        return matching == 0 && broken.isEmpty() && leftovers.isEmpty();
    }
}
