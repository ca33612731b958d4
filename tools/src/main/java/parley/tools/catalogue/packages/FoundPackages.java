package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// Packages that a search found.
///
/// @param found how many fit
/// @param packages the first of them: those whose very name was asked for, then by name
public record FoundPackages(
        @Means(en = "found", zh = "找到") long found,
        @Means(en = "packages", zh = "软件包") List<Hit> packages) {
    /// One package that fits.
    ///
    /// @param version what an installation would choose; else what is installed
    /// @param repository where that version comes from; empty when only the host has it
    /// @param installed the version on the host
    /// @param fits the file or the summary that fits
    public record Hit(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "version", zh = "版本") Optional<HostText> version,
            @Means(en = "repository", zh = "软件源") Optional<HostText> repository,
            @Means(en = "installed", zh = "已安装版本") Optional<HostText> installed,
            @Means(en = "what fits", zh = "匹配内容") Optional<HostText> fits) {
        public Hit {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(repository, "repository is null");
            requireNonNull(installed, "installed is null");
            requireNonNull(fits, "fits is null");
        }
    }

    public FoundPackages {
        packages = List.copyOf(packages);
    }
}
