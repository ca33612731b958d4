package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;

/// How a host's packages are, and what else a change of them may have hit.
///
/// @param count how many packages are installed
/// @param broken what is not in order, in the manager's words: `tb-broken half-configured`
/// @param present the packages asked for that are there, each architecture by itself
/// @param leftovers configuration files that a package manager left beside those in use
/// @param keys the keys that rpm trusts; apt keeps none in its database
/// @param failedUnits units that systemd calls failed
/// @param runningUnits services and sockets that are up
public record PackagesState(
        @Means(en = "packages", zh = "软件包数") long count,
        @Means(en = "not in order", zh = "异常") List<HostText> broken,
        @Means(en = "present", zh = "已安装") List<Present> present,
        @Means(en = "files to merge", zh = "待合并的文件") List<HostText> leftovers,
        @Means(en = "trusted keys", zh = "受信任的密钥") List<HostText> keys,
        @Means(en = "failed units", zh = "失败的单元") List<HostText> failedUnits,
        @Means(en = "running units", zh = "运行中的单元") List<HostText> runningUnits) {
    /// One package that is there.
    public record Present(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "architecture", zh = "架构") HostText architecture,
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "whole", zh = "完好") boolean whole) {
        public Present {
            requireNonNull(name, "name is null");
            requireNonNull(architecture, "architecture is null");
            requireNonNull(version, "version is null");
        }
    }

    public PackagesState {
        broken = List.copyOf(broken);
        present = List.copyOf(present);
        leftovers = List.copyOf(leftovers);
        keys = List.copyOf(keys);
        failedUnits = List.copyOf(failedUnits);
        runningUnits = List.copyOf(runningUnits);
    }
}
