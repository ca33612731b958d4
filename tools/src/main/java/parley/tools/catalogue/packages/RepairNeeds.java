package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is wrong with a host's packages, and what each way of mending it would do.
///
/// @param broken packages whose installation did not come to its end, with dpkg's state
/// @param unmet what `dnf check` says beside duplicates; with apt, that dependencies are not met
/// @param duplicates packages of which rpm has two versions, as `dnf check` names them
/// @param database what rpm says of its database, when it is not sound
/// @param fixes what correcting dependencies, or removing duplicates, would do
/// @param refusal why the package manager would not do that
/// @param copy where a copy of rpm's database would be put before it is rebuilt
public record RepairNeeds(
        @Means(en = "not fully installed", zh = "未完整安装") List<Broken> broken,
        @Means(en = "unmet dependencies", zh = "未满足的依赖") List<HostText> unmet,
        @Means(en = "duplicates", zh = "重复的软件包") List<HostText> duplicates,
        @Means(en = "database", zh = "数据库问题") Optional<HostText> database,
        @Means(en = "would be done", zh = "将会执行") List<Fix> fixes,
        @Means(en = "refused", zh = "拒绝原因") Optional<HostText> refusal,
        @Means(en = "copy of the database", zh = "数据库备份位置") Optional<HostText> copy) {
    /// A package whose installation did not come to its end.
    public record Broken(
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "version", zh = "版本") HostText version,
            @Means(en = "state", zh = "状态") Flaw state) {
        public Broken {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(state, "state is null");
        }
    }

    /// dpkg's word for how far a package came.
    public enum Flaw {
        @Means(en = "unpacked", zh = "仅解包")
        UNPACKED,
        @Means(en = "half-configured", zh = "配置到一半")
        HALF_CONFIGURED,
        @Means(en = "half-installed", zh = "安装到一半")
        HALF_INSTALLED,
        @Means(en = "triggers awaited", zh = "等待触发器")
        TRIGGERS_AWAITED,
        @Means(en = "triggers pending", zh = "触发器待执行")
        TRIGGERS_PENDING,
        @Means(en = "must be reinstalled", zh = "必须重装")
        MUST_BE_REINSTALLED;

        /// Whether configuring is what it lacks.
        boolean isUnconfigured() {
            return switch (this) {
                case UNPACKED, HALF_CONFIGURED, TRIGGERS_AWAITED, TRIGGERS_PENDING -> true;
                case HALF_INSTALLED, MUST_BE_REINSTALLED -> false;
            };
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// One thing that mending would do to one package.
    public record Fix(
            @Means(en = "action", zh = "操作") Action action,
            @Means(en = "package", zh = "软件包") HostText name,
            @Means(en = "version", zh = "版本") HostText version) {
        public Fix {
            requireNonNull(action, "action is null");
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
        }
    }

    /// What is done to a package.
    public enum Action {
        @Means(en = "install", zh = "安装")
        INSTALL,
        @Means(en = "configure", zh = "配置")
        CONFIGURE,
        @Means(en = "remove", zh = "卸载")
        REMOVE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RepairNeeds {
        broken = List.copyOf(broken);
        unmet = List.copyOf(unmet);
        duplicates = List.copyOf(duplicates);
        requireNonNull(database, "database is null");
        fixes = List.copyOf(fixes);
        requireNonNull(refusal, "refusal is null");
        requireNonNull(copy, "copy is null");
    }

    /// Whether nothing is wrong.
    boolean isSound() {
        return broken.isEmpty() && unmet.isEmpty() && duplicates.isEmpty() && database.isEmpty();
    }

    List<Fix> removals() {
        return fixes.stream().filter(fix -> fix.action() == Action.REMOVE).toList();
    }
}
