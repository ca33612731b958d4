package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.List;
import java.util.Optional;

/// Who keeps a host's package manager from working.
///
/// @param busy whether a live process holds a lock that keeps others out
/// @param leftovers lock files of processes that are no longer there: they keep nobody out
/// @param services units that work with packages unattended, or for Parley, and run at the moment
public record ManagerLocks(
        @Means(en = "busy", zh = "被占用") boolean busy,
        @Means(en = "held by", zh = "占用者") List<Holder> holders,
        @Means(en = "left behind", zh = "遗留的锁文件") List<Leftover> leftovers,
        @Means(en = "running units", zh = "运行中的单元") List<Service> services) {
    /// A live process with a lock.
    ///
    /// @param command its command line, secrets masked
    /// @param ageS for how many seconds the process has been running
    /// @param unit the systemd unit it belongs to
    /// @param ours whether that is Parley's own transaction
    /// @param blocks whether the lock keeps others out: a `flock` on a file of dpkg or apt does not
    public record Holder(
            @Means(en = "lock", zh = "锁") HostText lock,
            @Means(en = "process", zh = "进程") Pid pid,
            @Means(en = "command", zh = "命令") HostText command,
            @Means(en = "running for (s)", zh = "已运行秒数") long ageS,
            @Means(en = "unit", zh = "单元") Optional<HostText> unit,
            @Means(en = "ours", zh = "Parley 自己的") boolean ours,
            @Means(en = "keeps others out", zh = "阻塞其他操作") boolean blocks,
            @Means(en = "line", zh = "行") Finding.Lines line) {
        public Holder {
            requireNonNull(lock, "lock is null");
            requireNonNull(pid, "pid is null");
            requireNonNull(command, "command is null");
            requireNonNull(unit, "unit is null");
            requireNonNull(line, "line is null");
        }
    }

    /// A lock file that a process left.
    ///
    /// @param pid empty when what stands in the file is no process id
    public record Leftover(
            @Means(en = "lock", zh = "锁") HostText lock,
            @Means(en = "process", zh = "进程") Optional<Pid> pid,
            @Means(en = "line", zh = "行") Finding.Lines line) {
        public Leftover {
            requireNonNull(lock, "lock is null");
            requireNonNull(pid, "pid is null");
            requireNonNull(line, "line is null");
        }
    }

    /// A unit that is running.
    public record Service(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "state", zh = "状态") HostText state,
            @Means(en = "main process", zh = "主进程") Optional<Pid> pid,
            @Means(en = "ours", zh = "Parley 自己的") boolean ours,
            @Means(en = "line", zh = "行") Finding.Lines line) {
        public Service {
            requireNonNull(unit, "unit is null");
            requireNonNull(state, "state is null");
            requireNonNull(pid, "pid is null");
            requireNonNull(line, "line is null");
        }
    }

    public ManagerLocks {
        holders = List.copyOf(holders);
        leftovers = List.copyOf(leftovers);
        services = List.copyOf(services);
    }

    /// Whether nothing at all was found.
    boolean isNothing() {
        return holders.isEmpty() && leftovers.isEmpty() && services.isEmpty();
    }
}
