package parley.tools.catalogue.jobs;

import parley.tools.Bilingual;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.Optional;

/// A transaction in one sentence.
public final class JobWords {
    private JobWords() {}

    public static Bilingual of(JobState state) {
        return switch (state.state()) {
            case RUNNING -> running(state);
            case OK -> ended(state, " ended", " 已结束");
            case FAILED -> ended(state, " failed", " 失败");
            case STOPPED -> ended(state, " was stopped before its end", " 在结束前被停止");
            case INTERRUPTED ->
                    Bilingual.of(
                            "{0} was interrupted: the host went down while it ran; look at its"
                                    + " packages before going on",
                            "{0} 被中断：执行期间主机停机；继续之前请先检查软件包状态", what(state));
            case LOST ->
                    Bilingual.of(
                            "nothing on this host says how {0} ended: its unit is gone and the"
                                    + " journal holds no end of it",
                            "该主机上没有 {0} 的结束记录：单元已不存在，日志中也没有其结果", what(state));
            case NONE ->
                    Bilingual.of(
                            "this host knows of no transaction started by Parley",
                            "该主机上没有由 Parley 启动过的事务");
        };
    }

    private static Bilingual running(JobState state) {
        Progress progress = state.progress();
        String subject = progress.subject().map(HostText::value).map(name -> " " + name).orElse("");
        String en = progress.phase().map(phase -> ": " + phase.en() + subject).orElse("");
        String zh = progress.phase().map(phase -> "：" + phase.zh() + subject).orElse("");
        return Bilingual.of("{0} is running{1}", "{0} 正在执行{2}", what(state), en, zh);
    }

    private static Bilingual ended(JobState state, String en, String zh) {
        Optional<Bilingual> how = state.exit().map(ExitStatus::meaning);
        String said = state.said().stream().findFirst().map(HostText::value).orElse("");
        return Bilingual.of(
                what(state)
                        + en
                        + how.map(one -> ", " + one.en()).orElse("")
                        + at(state)
                        + (said.isEmpty() ? "" : ": " + said),
                what(state)
                        + zh
                        + how.map(one -> "，" + one.zh()).orElse("")
                        + atZh(state)
                        + (said.isEmpty() ? "" : "：" + said));
    }

    private static String what(JobState state) {
        String what =
                state.what()
                        .map(HostText::value)
                        .or(() -> state.id().map(HostText::value))
                        .orElse(Transaction.UNIT);
        return "“" + what + "”";
    }

    private static String at(JobState state) {
        return state.ended().map(time -> " at " + HostTime.spoken(time)).orElse("");
    }

    private static String atZh(JobState state) {
        return state.ended().map(time -> "（" + HostTime.spoken(time) + "）").orElse("");
    }
}
