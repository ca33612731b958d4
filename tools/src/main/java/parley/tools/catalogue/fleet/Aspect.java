package parley.tools.catalogue.fleet;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.ConstantWords;
import parley.tools.Means;
import parley.tools.catalogue.kernel.KernelInfo;
import parley.tools.catalogue.network.NetInterfaces;
import parley.tools.catalogue.network.TimeStatus;
import parley.tools.catalogue.packages.PackageList;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.supply.RepoList;
import parley.tools.value.Count;
import parley.tools.value.SysctlKey;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// In what hosts are compared, and the call that reads it.
public enum Aspect {
    @Means(en = "packages", zh = "软件包")
    PACKAGES,
    @Means(en = "kernel", zh = "内核")
    KERNEL,
    @Means(en = "kernel parameters", zh = "内核参数")
    SYSCTL,
    @Means(en = "services", zh = "服务")
    UNITS,
    @Means(en = "mounts", zh = "挂载")
    MOUNTS,
    @Means(en = "repositories", zh = "软件源")
    REPOS,
    @Means(en = "limits", zh = "资源限制")
    LIMITS,
    @Means(en = "foreign modules", zh = "外部模块")
    DRIVER,
    @Means(en = "clock", zh = "时钟")
    TIME,
    @Means(en = "MTU", zh = "MTU")
    MTU,
    @Means(en = "certificates", zh = "证书")
    CERTS;

    /// What is compared when nobody says: what hosts of one kind have in common.
    static final List<Aspect> USUAL =
            List.of(PACKAGES, KERNEL, SYSCTL, UNITS, MOUNTS, REPOS, TIME, MTU);

    private static final long MOST_PACKAGES = 2000;

    /// Those that people tune, and that explain why one of several equal hosts behaves differently.
    private static final List<String> KEYS =
            List.of(
                    "fs.file-max",
                    "kernel.pid_max",
                    "net.core.somaxconn",
                    "net.ipv4.ip_forward",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_max_syn_backlog",
                    "net.ipv4.tcp_syncookies",
                    "vm.dirty_ratio",
                    "vm.max_map_count",
                    "vm.overcommit_memory",
                    "vm.swappiness");

    private static final List<String> LIMIT_KEYS =
            List.of("fs.file-max", "fs.nr_open", "kernel.pid_max", "kernel.threads-max");

    Bilingual called() {
        return ConstantWords.of(this);
    }

    /// Empty where no tool of the catalogue reads it for a host as a whole.
    Optional<Call<?>> call() {
        return Optional.ofNullable(
                switch (this) {
                    case PACKAGES ->
                            new Call<>(
                                    new PackageList(),
                                    new PackageList.Arguments(
                                            Optional.empty(),
                                            Optional.of(new Count(MOST_PACKAGES)),
                                            Optional.empty()));
                    case KERNEL, DRIVER ->
                            new Call<>(
                                    new KernelInfo(), new KernelInfo.Arguments(Optional.empty()));
                    case SYSCTL -> parameters(KEYS);
                    case LIMITS -> parameters(LIMIT_KEYS);
                    case UNITS ->
                            new Call<>(
                                    new ServiceList(),
                                    new ServiceList.Arguments(
                                            Optional.empty(), Optional.empty(), Optional.empty()));
                    case MOUNTS ->
                            new Call<>(new DiskUsage(), new DiskUsage.Arguments(Optional.empty()));
                    case REPOS ->
                            new Call<>(new RepoList(), new RepoList.Arguments(Optional.of(false)));
                    case TIME -> new Call<>(new TimeStatus(), new TimeStatus.Arguments());
                    case MTU ->
                            new Call<>(
                                    new NetInterfaces(),
                                    new NetInterfaces.Arguments(Optional.empty()));
                    case CERTS -> null;
                });
    }

    private static Call<?> parameters(List<String> keys) {
        Stream<SysctlKey> all = keys.stream().map(SysctlKey::new);
        return new Call<>(new KernelInfo(), new KernelInfo.Arguments(Optional.of(all.toList())));
    }
}
