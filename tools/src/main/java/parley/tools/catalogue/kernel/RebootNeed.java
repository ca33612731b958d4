package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a host still runs old code, and what would renew it.
///
/// @param needed `UNKNOWN` when nothing says yes and not everything could be looked at
/// @param newestKernel the newest kernel that a package brought; empty where none did
/// @param toRestart units that run old code and need no reboot for new
/// @param helper which program of the distribution was asked; empty when none is installed
public record RebootNeed(
        @Means(en = "reboot needed", zh = "需要重启主机") Answer needed,
        @Means(en = "reasons", zh = "原因") List<RebootReason> reasons,
        @Means(en = "running kernel", zh = "运行中的内核") HostText runningKernel,
        @Means(en = "newest kernel installed", zh = "已安装的最新内核") Optional<HostText> newestKernel,
        @Means(en = "to restart", zh = "需要重启的服务") List<StaleUnit> toRestart,
        @Means(en = "asked", zh = "所用工具") Optional<HostText> helper) {
    /// Yes, no, or not known.
    public enum Answer {
        @Means(en = "yes", zh = "需要")
        YES,
        @Means(en = "no", zh = "不需要")
        NO,
        @Means(en = "unknown", zh = "未知")
        UNKNOWN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RebootNeed {
        requireNonNull(needed, "needed is null");
        reasons = List.copyOf(reasons);
        requireNonNull(runningKernel, "runningKernel is null");
        requireNonNull(newestKernel, "newestKernel is null");
        toRestart = List.copyOf(toRestart);
        requireNonNull(helper, "helper is null");
    }
}
