package parley.tools.catalogue.kernel;

import parley.tools.Bilingual;
import parley.tools.RootCommand;
import parley.tools.value.SysctlKey;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which kernel parameters may be changed: those that tune, none that guards. What protects the
/// host (`kernel.randomize_va_space`, `kernel.kptr_restrict`, forwarding, reverse path filters) is
/// not among them.
final class SysctlRules {
    /// A parameter of one of the trees that hold the allowed ones.
    private static final String KEY = "<~(fs|kernel|net|vm)([.][a-z0-9_-]+){1,6}>";

    /// A value: some parameters take two or three numbers.
    private static final String NUMBERS = "<~-?[0-9]{1,19}> [[ <number> ]] [[ <number> ]]";

    private static final Set<String> ALLOWED =
            Set.of(
                    // keep-sorted start
                    "fs.aio-max-nr",
                    "fs.file-max",
                    "fs.inotify.max_queued_events",
                    "fs.inotify.max_user_instances",
                    "fs.inotify.max_user_watches",
                    "fs.nr_open",
                    "kernel.hung_task_timeout_secs",
                    "kernel.panic",
                    "kernel.pid_max",
                    "kernel.sched_autogroup_enabled",
                    "kernel.threads-max",
                    "net.core.netdev_budget",
                    "net.core.netdev_max_backlog",
                    "net.core.optmem_max",
                    "net.core.rmem_default",
                    "net.core.rmem_max",
                    "net.core.somaxconn",
                    "net.core.wmem_default",
                    "net.core.wmem_max",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes",
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_max_syn_backlog",
                    "net.ipv4.tcp_max_tw_buckets",
                    "net.ipv4.tcp_mtu_probing",
                    "net.ipv4.tcp_rmem",
                    "net.ipv4.tcp_slow_start_after_idle",
                    "net.ipv4.tcp_synack_retries",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.tcp_tw_reuse",
                    "net.ipv4.tcp_wmem",
                    "net.netfilter.nf_conntrack_max",
                    "net.netfilter.nf_conntrack_tcp_timeout_established",
                    "vm.dirty_background_ratio",
                    "vm.dirty_expire_centisecs",
                    "vm.dirty_ratio",
                    "vm.dirty_writeback_centisecs",
                    "vm.max_map_count",
                    "vm.min_free_kbytes",
                    "vm.overcommit_memory",
                    "vm.overcommit_ratio",
                    "vm.swappiness",
                    "vm.vfs_cache_pressure",
                    "vm.zone_reclaim_mode"
                    // keep-sorted end
                    );

    private SysctlRules() {}

    /// Why this parameter is not changed; empty when it may be.
    static Optional<Bilingual> refusal(SysctlKey key) {
        return ALLOWED.contains(SysctlReading.dotted(key.value()))
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                key
                                        + " is not among the parameters that may be changed from"
                                        + " here; they are: "
                                        + String.join(", ", ALLOWED.stream().sorted().toList()),
                                key
                                        + " 不在可修改的参数之列；可修改的有："
                                        + String.join("、", ALLOWED.stream().sorted().toList())));
    }

    /// The file that keeps a parameter of ours beyond the next boot. It comes after the
    /// distribution's own, whose names begin with numbers.
    static String file(SysctlKey key) {
        return "/etc/sysctl.d/zz-parley-" + SysctlReading.dotted(key.value()) + ".conf";
    }

    /// The forms of the commands of a change. The host lets any parameter of these trees be set;
    /// that only some may is for [#refusal] to say.
    ///
    /// @param write the program of awk that writes the file
    static List<RootCommand> rootCommands(String write) {
        String file = "/etc/sysctl.d/zz-parley-" + KEY + ".conf";
        return List.of(
                RootCommand.of("sysctl -w -- " + KEY + "=" + NUMBERS),
                RootCommand.of(
                        "awk -v f=" + file + " -v k=" + KEY + " -v v=" + NUMBERS + " " + write),
                RootCommand.of("rm -f -- " + file));
    }
}
