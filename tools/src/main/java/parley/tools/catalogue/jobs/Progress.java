package parley.tools.catalogue.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.ConstantWords;
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
        @Means(en = "working out what to do", zh = "解析依赖")
        RESOLVE,
        @Means(en = "downloading", zh = "下载")
        DOWNLOAD,
        @Means(en = "checking the transaction", zh = "事务检查")
        CHECK,
        @Means(en = "installing", zh = "安装")
        INSTALL,
        @Means(en = "setting up", zh = "配置")
        CONFIGURE,
        @Means(en = "removing", zh = "移除")
        REMOVE,
        @Means(en = "running scripts and triggers", zh = "执行脚本与触发器")
        TRIGGERS,
        @Means(en = "verifying", zh = "校验")
        VERIFY,
        @Means(en = "finishing", zh = "收尾")
        FINISHED;

        public String en() {
            return ConstantWords.of(this).en();
        }

        public String zh() {
            return ConstantWords.of(this).zh();
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
