package parley.tools.catalogue.kernel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.Locale;

/// One reason why a host should be rebooted.
///
/// @param detail a kernel release, a package, a file
/// @param at the line that says so
public record RebootReason(
        @Means(en = "reason", zh = "原因") Kind kind,
        @Means(en = "detail", zh = "说明") HostText detail,
        @Means(en = "line", zh = "行") Finding.Lines at) {
    /// What it is that only a reboot renews.
    public enum Kind {
        /// A newer kernel is installed than the one that runs.
        @Means(en = "kernel", zh = "内核")
        KERNEL,
        /// A package asked for a reboot.
        @Means(en = "package", zh = "软件包")
        PACKAGE,
        /// The package manager names a core library or service that was updated since the boot.
        @Means(en = "core library", zh = "核心库")
        CORE,
        /// The init process itself runs old code.
        @Means(en = "init", zh = "init 进程")
        INIT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RebootReason {
        requireNonNull(kind, "kind is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(at, "at is null");
    }
}
