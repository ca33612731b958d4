package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// What a host knows about one package, or which packages own one path.
///
/// @param name empty when a path was asked for that not exactly one package owns
/// @param owners the packages that own the path asked for
/// @param candidate the version that an installation or upgrade would choose
/// @param offers the versions that repositories offer
/// @param sourcePackage the source it was built from
public record PackageFacts(
        @Means(en = "package", zh = "软件包") Optional<HostText> name,
        @Means(en = "owners", zh = "所属软件包") List<HostText> owners,
        @Means(en = "installed", zh = "已安装") List<Installed> installed,
        @Means(en = "candidate", zh = "候选版本") Optional<HostText> candidate,
        @Means(en = "offered", zh = "可用版本") List<Offer> offers,
        @Means(en = "summary", zh = "简介") Optional<HostText> summary,
        @Means(en = "homepage", zh = "主页") Optional<HostText> homepage,
        @Means(en = "license", zh = "许可证") Optional<HostText> license,
        @Means(en = "installed size", zh = "安装大小") Optional<Bytes> size,
        @Means(en = "source package", zh = "源码包") Optional<HostText> sourcePackage) {
    /// A version that is on the host, or was.
    ///
    /// @param state `installed`, or what dpkg says instead: `config-files`, `half-configured`, …
    /// @param held whether upgrades leave it alone
    public record Installed(
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "architecture", zh = "架构") HostText architecture,
            @Means(en = "state", zh = "状态") HostText state,
            @Means(en = "held", zh = "已锁定") boolean held) {
        /// Whether more of it is there than its configuration.
        boolean isThere() {
            return !state.value().equals("config-files");
        }

        boolean isWhole() {
            return state.value().equals("installed");
        }
    }

    /// A version in a repository.
    ///
    /// @param priority apt's pin priority
    public record Offer(
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "repository", zh = "软件源") HostText repository,
            @Means(en = "priority", zh = "优先级") Optional<Long> priority) {}

    public PackageFacts {
        requireNonNull(name, "name is null");
        owners = List.copyOf(owners);
        installed = List.copyOf(installed);
        offers = List.copyOf(offers);
    }

    /// The answer about a path that not exactly one package owns.
    static PackageFacts ofOwners(List<HostText> owners) {
        return new PackageFacts(
                Optional.empty(),
                owners,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Whether the host knows nothing of it.
    boolean isNothing() {
        return installed.isEmpty() && offers.isEmpty() && owners.isEmpty();
    }
}
