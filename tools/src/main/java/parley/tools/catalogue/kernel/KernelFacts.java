package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// The kernel that runs, and those that could.
///
/// @param newestInstalled empty where no package brought a kernel, as in a container
/// @param bootDefault the one that the next boot takes; empty where that cannot be told
/// @param foreignModules modules from outside the kernel, or without a signature
public record KernelFacts(
        @Means(en = "running", zh = "运行中的内核") HostText running,
        @Means(en = "newest installed", zh = "已安装的最新内核") Optional<HostText> newestInstalled,
        @Means(en = "next boot", zh = "下次启动") Optional<HostText> bootDefault,
        @Means(en = "command line", zh = "启动参数") HostText commandLine,
        @Means(en = "taints", zh = "污染标记") List<Taint> taints,
        @Means(en = "modules", zh = "模块数") long modules,
        @Means(en = "foreign modules", zh = "外部模块") List<HostText> foreignModules,
        @Means(en = "live patches", zh = "热补丁") List<HostText> livePatches,
        @Means(en = "parameters", zh = "参数") List<KernelParameter> parameters) {
    public KernelFacts {
        requireNonNull(running, "running is null");
        requireNonNull(newestInstalled, "newestInstalled is null");
        requireNonNull(bootDefault, "bootDefault is null");
        requireNonNull(commandLine, "commandLine is null");
        taints = List.copyOf(taints);
        foreignModules = List.copyOf(foreignModules);
        livePatches = List.copyOf(livePatches);
        parameters = List.copyOf(parameters);
    }

    /// The parameter of this name, when it was asked for.
    public Optional<KernelParameter> parameter(String key) {
        return parameters.stream().filter(one -> one.key().equals(key)).findFirst();
    }
}
