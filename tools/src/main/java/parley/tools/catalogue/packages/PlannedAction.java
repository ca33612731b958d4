package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.ConstantWords;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.Locale;
import java.util.Optional;

/// What a solved plan does to one package.
///
/// @param from the version that is there; empty for a new package
/// @param to the version that will be there; empty for a removal
/// @param wayBack whether a repository still offers the version that is there; empty for a new
///   package, which needs none, and where it could not be read
public record PlannedAction(
        @Means(en = "operation", zh = "操作") Operation op,
        @Means(en = "package", zh = "软件包") HostText name,
        @Means(en = "architecture", zh = "架构") HostText architecture,
        @Means(en = "from", zh = "当前版本") Optional<HostText> from,
        @Means(en = "to", zh = "新版本") Optional<HostText> to,
        @Means(en = "repository", zh = "软件源") Optional<HostText> repository,
        @Means(en = "why", zh = "原因") Why why,
        @Means(en = "old version offered", zh = "旧版本仍可用") Optional<Boolean> wayBack) {
    /// What is done.
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
        PURGE;

        boolean takesAway() {
            return this == REMOVE || this == PURGE;
        }

        @JsonValue
        String en() {
            return name().toLowerCase(Locale.ROOT);
        }

        String zh() {
            return ConstantWords.of(this).zh();
        }
    }

    /// What it is done for.
    public enum Why {
        @Means(en = "asked for", zh = "直接请求")
        REQUESTED,
        /// Something requested needs it.
        @Means(en = "dependency", zh = "作为依赖")
        DEPENDENCY,
        /// It needs something that goes.
        @Means(en = "needs what goes", zh = "依赖被移除者")
        DEPENDENT,
        /// Nothing needs it any more.
        @Means(en = "not needed any more", zh = "不再需要")
        UNUSED,
        /// Another package takes its place.
        @Means(en = "replaced", zh = "被取代")
        REPLACED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PlannedAction {
        requireNonNull(op, "op is null");
        requireNonNull(name, "name is null");
        requireNonNull(architecture, "architecture is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(repository, "repository is null");
        requireNonNull(why, "why is null");
        requireNonNull(wayBack, "wayBack is null");
    }

    PlannedAction withWayBack(Optional<Boolean> known) {
        return new PlannedAction(op, name, architecture, from, to, repository, why, known);
    }

    /// `nginx 1.0 → 1.1`, `nginx 1.0`.
    String versions() {
        String text =
                from.isPresent() && to.isPresent()
                        ? from.get() + " → " + to.get()
                        : from.or(() -> to).map(HostText::value).orElse("");
        return text.isEmpty() ? name.value() : name + " " + text;
    }

    /// One line that differs exactly when the action does.
    String fingerprint() {
        return String.join(
                "|",
                op.name(),
                name.value(),
                architecture.value(),
                from.map(HostText::value).orElse(""),
                to.map(HostText::value).orElse(""),
                repository.map(HostText::value).orElse(""));
    }
}
