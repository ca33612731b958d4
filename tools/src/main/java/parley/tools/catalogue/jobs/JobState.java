package parley.tools.catalogue.jobs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How far a transaction is, or how it ended.
///
/// @param id systemd's invocation id; empty in the moment before systemd has begun it, and where
///   there never was a transaction
/// @param what what its description says that it does
/// @param holder who started it; empty when the unit is not of Parley's making
/// @param exit how its program ended, where that is known
/// @param waitsToBeCleared whether the unit is still there although the work has ended
/// @param said what the package manager complained about, the gravest first
/// @param tail its newest output, the oldest line first, without progress lines
/// @param more whether there is output before `tail`
public record JobState(
        @Means(en = "job", zh = "任务") Optional<HostText> id,
        @Means(en = "state", zh = "状态") State state,
        @Means(en = "what", zh = "内容") Optional<HostText> what,
        @Means(en = "started by", zh = "发起人") Optional<HostText> holder,
        @Means(en = "started", zh = "开始") Optional<Instant> started,
        @Means(en = "ended", zh = "结束") Optional<Instant> ended,
        @Means(en = "exit", zh = "退出") Optional<ExitStatus> exit,
        @Means(en = "progress", zh = "进度") Progress progress,
        @Means(en = "waits to be cleared away", zh = "等待清理") boolean waitsToBeCleared,
        @Means(en = "complaints", zh = "报错") List<HostText> said,
        @Means(en = "newest output", zh = "最新输出") List<Line> tail,
        @Means(en = "older output not shown", zh = "另有更早输出") boolean more) {
    /// What a transaction is doing, or what became of it.
    public enum State {
        @Means(en = "running", zh = "执行中")
        RUNNING,
        /// Its program ended with exit code 0: whether it did its work is for checks to say.
        @Means(en = "ended", zh = "已结束")
        OK,
        @Means(en = "failed", zh = "失败")
        FAILED,
        /// Somebody, or the host's shutdown, stopped it before its end.
        @Means(en = "stopped", zh = "被停止")
        STOPPED,
        /// The host went down while it ran.
        @Means(en = "interrupted", zh = "被中断")
        INTERRUPTED,
        /// It began, or is said to have begun, and nothing says how it ended.
        @Means(en = "lost", zh = "无结果记录")
        LOST,
        /// This host knows of no transaction.
        @Means(en = "none", zh = "无")
        NONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One line that the work printed.
    public record Line(
            @Means(en = "time", zh = "时间") Instant time,
            @Means(en = "output", zh = "输出") HostText text) {
        public Line {
            requireNonNull(time, "time is null");
            requireNonNull(text, "text is null");
        }
    }

    public JobState {
        requireNonNull(id, "id is null");
        requireNonNull(state, "state is null");
        requireNonNull(what, "what is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(started, "started is null");
        requireNonNull(ended, "ended is null");
        requireNonNull(exit, "exit is null");
        requireNonNull(progress, "progress is null");
        said = List.copyOf(said);
        tail = List.copyOf(tail);
        if (waitsToBeCleared && state == State.RUNNING) {
            throw new IllegalArgumentException("running work is never cleared away");
        }
    }

    /// Whether the work is over, however it ended.
    public boolean isOver() {
        return switch (state) {
            case OK, FAILED, STOPPED, INTERRUPTED -> true;
            case RUNNING, LOST, NONE -> false;
        };
    }
}
