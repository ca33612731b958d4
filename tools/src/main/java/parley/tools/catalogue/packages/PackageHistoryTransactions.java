package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a package manager remembers of its transactions, the newest first.
///
/// @param zone the zone in which the host wrote its times
/// @param more whether there are older ones that were not asked for
/// @param askedAt when the host was asked, by its own clock
public record PackageHistoryTransactions(
        @Means(en = "transactions", zh = "事务") List<Transaction> transactions,
        @Means(en = "time zone", zh = "时区") HostText zone,
        @Means(en = "older ones", zh = "另有更早记录") boolean more,
        @Means(en = "asked at", zh = "查询时间") Instant askedAt) {
    /// How a transaction ended.
    public enum Status {
        @Means(en = "done", zh = "成功")
        OK,
        /// It failed, or was cut off and never finished.
        @Means(en = "failed", zh = "失败")
        ERROR,
        /// It ended, but a script of a package failed.
        @Means(en = "partly done", zh = "部分完成")
        PARTIAL
    }

    /// What was done to one package.
    public enum Operation {
        @Means(en = "install", zh = "安装")
        INSTALL,
        @Means(en = "upgrade", zh = "升级")
        UPGRADE,
        @Means(en = "downgrade", zh = "降级")
        DOWNGRADE,
        @Means(en = "reinstall", zh = "重装")
        REINSTALL,
        @Means(en = "remove", zh = "卸载")
        REMOVE,
        /// Removed with its configuration.
        @Means(en = "purge", zh = "清除（含配置）")
        PURGE,
        /// Removed because another package takes its place.
        @Means(en = "obsolete", zh = "被取代")
        OBSOLETE,
        /// Only the note why it is installed changed.
        @Means(en = "mark", zh = "标记")
        MARK
    }

    /// @param from the version before; empty for what was new
    /// @param to the version after; empty for what is gone
    /// @param reason `user` or `dependency`, where the history says
    /// @param repository where the new version came from, where the history says
    /// @param failed whether this package is the one that failed
    public record Action(
            @Means(en = "operation", zh = "操作") Operation op,
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "architecture", zh = "架构") HostText architecture,
            @Means(en = "from", zh = "原版本") Optional<HostText> from,
            @Means(en = "to", zh = "新版本") Optional<HostText> to,
            @Means(en = "reason", zh = "原因") Optional<HostText> reason,
            @Means(en = "repository", zh = "软件源") Optional<HostText> repository,
            @Means(en = "failed", zh = "失败") boolean failed) {
        public Action {
            requireNonNull(op, "op is null");
            requireNonNull(name, "name is null");
            requireNonNull(architecture, "architecture is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }

        /// `a 1.0`, or `a 1.0 → 1.1`.
        String versions() {
            String text =
                    from.isPresent() && to.isPresent() && !from.equals(to)
                            ? from.get() + " → " + to.get()
                            : to.or(() -> from).map(HostText::value).orElse("");
            return text.isEmpty() ? name.value() : name + " " + text;
        }

        @Override
        public String toString() {
            return op.name().toLowerCase(Locale.ROOT) + " " + versions();
        }
    }

    /// @param id what an undo names it by: dnf's number; on apt, which has none, the local time of
    ///   its start as `20261121T141801`, with `.2` for the second within the same second
    /// @param end empty when it never ended
    /// @param ours the hash of the plan, when Parley did it
    public record Transaction(
            @Means(en = "id", zh = "编号") HostText id,
            @Means(en = "start", zh = "开始") Instant start,
            @Means(en = "end", zh = "结束") Optional<Instant> end,
            @Means(en = "user", zh = "用户") Optional<HostText> user,
            @Means(en = "status", zh = "状态") Status status,
            @Means(en = "command line", zh = "命令行") HostText command,
            @Means(en = "actions", zh = "变更") List<Action> actions,
            @Means(en = "trouble", zh = "问题") List<HostText> trouble,
            @Means(en = "by Parley", zh = "由 Parley 执行") Optional<HostText> ours) {
        public Transaction {
            requireNonNull(id, "id is null");
            requireNonNull(start, "start is null");
            requireNonNull(end, "end is null");
            requireNonNull(user, "user is null");
            requireNonNull(status, "status is null");
            requireNonNull(command, "command is null");
            actions = List.copyOf(actions);
            trouble = List.copyOf(trouble);
            requireNonNull(ours, "ours is null");
        }

        boolean concerns(String name) {
            return actions.stream().anyMatch(action -> action.name().value().equals(name));
        }
    }

    public PackageHistoryTransactions {
        transactions = List.copyOf(transactions);
        requireNonNull(zone, "zone is null");
        requireNonNull(askedAt, "askedAt is null");
    }
}
