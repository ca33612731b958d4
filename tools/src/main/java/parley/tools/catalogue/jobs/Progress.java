package parley.tools.catalogue.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.Locale;
import java.util.Optional;

/// How far a package manager is.
///
/// @param phase empty when its output does not say
/// @param percent of the phase, or of the whole where the manager counts so
public record Progress(
        @Means(en = "phase", zh = "阶段") Optional<Phase> phase,
        @Means(en = "package", zh = "软件包") Optional<HostText> subject,
        @Means(en = "percent", zh = "百分比") Optional<Long> percent) {
    static final Progress NONE = new Progress(Optional.empty(), Optional.empty(), Optional.empty());

    /// What a package manager is doing, in the order in which it does it.
    public enum Phase {
        RESOLVE("working out what to do", "解析依赖"),
        DOWNLOAD("downloading", "下载"),
        CHECK("checking the transaction", "事务检查"),
        INSTALL("installing", "安装"),
        CONFIGURE("setting up", "配置"),
        REMOVE("removing", "移除"),
        TRIGGERS("running scripts and triggers", "执行脚本与触发器"),
        VERIFY("verifying", "校验"),
        FINISHED("finishing", "收尾");

        private final String en;
        private final String zh;

        Phase(String en, String zh) {
            this.en = en;
            this.zh = zh;
        }

        public String en() {
            return en;
        }

        public String zh() {
            return zh;
        }

        /// Whether nothing on the host has been changed yet, so that the work can still be stopped.
        public boolean isHarmless() {
            return this == RESOLVE || this == DOWNLOAD;
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Progress {
        requireNonNull(phase, "phase is null");
        requireNonNull(subject, "subject is null");
        if (percent.filter(one -> one < 0 || one > 100).isPresent()) {
            throw new IllegalArgumentException("not a percentage: " + percent.get());
        }
    }
}
