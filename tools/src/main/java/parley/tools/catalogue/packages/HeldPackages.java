package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// The packages that upgrades leave alone, and what is installed of those asked for.
///
/// @param held every hold, by name
/// @param installed the packages asked for that are installed
public record HeldPackages(
        @Means(en = "held", zh = "已锁定") List<Hold> held,
        @Means(en = "installed", zh = "已安装") List<HostText> installed) {
    /// One hold.
    ///
    /// @param at what it is held at, where the manager says: a pattern of versions
    /// @param since when it was set, as the host wrote it down, in the host's own time; apt keeps
    ///   no such date
    public record Hold(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "held at", zh = "锁定于") Optional<HostText> at,
            @Means(en = "since", zh = "起始") Optional<HostText> since) {
        public Hold {
            requireNonNull(name, "name is null");
            requireNonNull(at, "at is null");
            requireNonNull(since, "since is null");
        }
    }

    public HeldPackages {
        held = List.copyOf(held);
        installed = List.copyOf(installed);
    }

    boolean isHeld(String name) {
        return held.stream().anyMatch(hold -> hold.name().value().equals(name));
    }

    boolean isInstalled(String name) {
        return installed.contains(new HostText(name));
    }
}
