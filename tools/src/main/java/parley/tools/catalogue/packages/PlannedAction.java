package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

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
        INSTALL,
        UPGRADE,
        DOWNGRADE,
        REINSTALL,
        REMOVE,
        /// Removed with its configuration.
        PURGE;

        boolean takesAway() {
            return this == REMOVE || this == PURGE;
        }

        @JsonValue
        String en() {
            return name().toLowerCase(Locale.ROOT);
        }

        String zh() {
            return switch (this) {
                case INSTALL -> "安装";
                case UPGRADE -> "升级";
                case DOWNGRADE -> "降级";
                case REINSTALL -> "重装";
                case REMOVE -> "卸载";
                case PURGE -> "清除（含配置）";
            };
        }
    }

    /// What it is done for.
    public enum Why {
        REQUESTED,
        /// Something requested needs it.
        DEPENDENCY,
        /// It needs something that goes.
        DEPENDENT,
        /// Nothing needs it any more.
        UNUSED,
        /// Another package takes its place.
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
