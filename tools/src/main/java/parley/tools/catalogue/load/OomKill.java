package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One process that was killed for lack of memory.
///
/// @param victim its name; where only its unit is known, that
/// @param unit the systemd unit it belonged to
/// @param anonRss the memory of its own that it held
/// @param memcg the control group whose limit was reached
/// @param limit that limit
/// @param order how many adjacent pages were asked for, as a power of two; 0 is a single page
/// @param biggestOther the largest other process then, where the kernel listed them
public record OomKill(
        @Means(en = "when", zh = "时间") Instant time,
        @Means(en = "killed", zh = "被杀进程") HostText victim,
        @Means(en = "process", zh = "进程号") Optional<Long> pid,
        @Means(en = "user id", zh = "用户编号") Optional<Long> uid,
        @Means(en = "unit", zh = "单元") Optional<HostText> unit,
        @Means(en = "held", zh = "占用") Optional<Bytes> anonRss,
        @Means(en = "whose memory ran out", zh = "范围") Scope scope,
        @Means(en = "group", zh = "控制组") Optional<HostText> memcg,
        @Means(en = "limit", zh = "限额") Optional<Bytes> limit,
        @Means(en = "order", zh = "阶数") Optional<Long> order,
        @Means(en = "adjustment", zh = "OOM 调整") Optional<Long> oomScoreAdj,
        @Means(en = "largest other", zh = "其他最大进程") Optional<HostText> biggestOther,
        @Means(en = "cause", zh = "原因") Cause cause,
        @Means(en = "killed by", zh = "由谁终止") Killer by,
        @Means(en = "evidence", zh = "出处") List<Finding.Lines> evidence) {
    /// Whose memory ran out.
    public enum Scope {
        @Means(en = "host", zh = "整机")
        HOST,
        /// The group that the process was in.
        @Means(en = "control group", zh = "控制组")
        CGROUP,
        /// A group above it: others use the same limit.
        @Means(en = "parent control group", zh = "上级控制组")
        PARENT_CGROUP,
        /// The memory nodes its group may use.
        @Means(en = "NUMA node", zh = "NUMA 节点")
        NUMA_NODE,
        /// The memory nodes its own policy names.
        @Means(en = "memory policy", zh = "内存策略")
        NODEMASK,
        @Means(en = "unknown", zh = "未知")
        UNKNOWN;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Why, as far as the message tells.
    public enum Cause {
        @Means(en = "limit reached", zh = "达到上限")
        LIMIT_REACHED,
        @Means(en = "host full", zh = "整机内存耗尽")
        HOST_FULL,
        /// There was memory, but not in one piece.
        @Means(en = "fragmentation", zh = "内存碎片")
        FRAGMENTATION,
        /// There was memory, but not where it may be taken from.
        @Means(en = "bound to full nodes", zh = "绑定的节点已满")
        BINDING,
        @Means(en = "unknown", zh = "未知")
        UNKNOWN;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Who killed it.
    public enum Killer {
        @Means(en = "kernel", zh = "内核")
        KERNEL,
        @Means(en = "systemd-oomd", zh = "systemd-oomd")
        SYSTEMD_OOMD,
        @Means(en = "earlyoom", zh = "earlyoom")
        EARLYOOM;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OomKill {
        requireNonNull(time, "time is null");
        requireNonNull(victim, "victim is null");
        requireNonNull(pid, "pid is null");
        requireNonNull(uid, "uid is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(anonRss, "anonRss is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(memcg, "memcg is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(order, "order is null");
        requireNonNull(oomScoreAdj, "oomScoreAdj is null");
        requireNonNull(biggestOther, "biggestOther is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(by, "by is null");
        evidence = List.copyOf(evidence);
    }
}
