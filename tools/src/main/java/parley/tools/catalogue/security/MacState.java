package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How SELinux and AppArmor stand, and what they denied.
///
/// @param enforcing how many AppArmor profiles are enforced
/// @param complaining how many only write down what they would deny
public record MacState(
        @Means(en = "SELinux", zh = "SELinux") Selinux selinux,
        @Means(en = "AppArmor", zh = "AppArmor") Apparmor apparmor,
        @Means(en = "profiles enforced", zh = "强制的配置") long enforcing,
        @Means(en = "profiles complaining", zh = "仅记录的配置") long complaining,
        @Means(en = "since", zh = "起始") Optional<Instant> since,
        @Means(en = "denials", zh = "拒绝记录") List<MacDenial> denials) {
    /// SELinux's mode.
    public enum Selinux {
        @Means(en = "enforcing", zh = "强制")
        ENFORCING,
        /// It denies nothing and writes down what it would deny.
        @Means(en = "permissive", zh = "宽容")
        PERMISSIVE,
        @Means(en = "disabled", zh = "已禁用")
        DISABLED,
        /// Its programs are not on the host.
        @Means(en = "not installed", zh = "未安装")
        NOT_INSTALLED
    }

    /// Whether AppArmor works.
    public enum Apparmor {
        @Means(en = "active", zh = "已启用")
        ACTIVE,
        @Means(en = "inactive", zh = "未启用")
        INACTIVE,
        @Means(en = "not installed", zh = "未安装")
        NOT_INSTALLED,
        /// Its state may not be read by this login.
        @Means(en = "unknown", zh = "未知")
        UNKNOWN
    }

    public MacState {
        requireNonNull(selinux, "selinux is null");
        requireNonNull(apparmor, "apparmor is null");
        requireNonNull(since, "since is null");
        denials = List.copyOf(denials);
    }
}
