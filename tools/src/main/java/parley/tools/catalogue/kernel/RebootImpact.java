package parley.tools.catalogue.kernel;

import parley.tools.Bilingual;
import parley.tools.Change.Proof;
import parley.tools.Following.Stage;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a reboot means, how far it is, and whether it happened.
final class RebootImpact {
    private RebootImpact() {}

    static List<Bilingual> obstacles(Boots now) {
        return now.scheduled()
                .map(when ->
                        List.of(
                                Bilingual.of(
                                        "the host is going down already, at {0}",
                                        "主机已计划于 {0} 关机或重启", HostTime.spoken(when))))
                .orElse(List.of());
    }

    static List<Bilingual> lines(Boots now) {
        List<Bilingual> lines = new ArrayList<>();
        lines.add(Bilingual.of("its state is {0} now", "当前系统状态：{0}", now.state()));
        now.times()
                .ifPresent(times ->
                        lines.add(
                                Bilingual.of(
                                        "the last boot took "
                                                + times.totalMs() / 1000
                                                + " s, without firmware checks",
                                        "上次启动耗时 " + times.totalMs() / 1000 + " 秒（不含固件自检）")));
        return lines;
    }

    static Bilingual kernel(RebootNeed need) {
        String running = need.runningKernel().value();
        return need.newestKernel()
                .map(HostText::value)
                .filter(newest -> !newest.equals(running))
                .map(newest ->
                        Bilingual.of(
                                "kernel {0} runs; {1} is to come",
                                "运行中的内核为 {0}；重启后应为 {1}", running, newest))
                .orElse(Bilingual.of("kernel {0} runs", "运行中的内核为 {0}", running));
    }

    /// While it is scheduled, going down or coming up, the work goes on.
    static Stage stage(Boots boots) {
        if (boots.scheduled().isPresent()) {
            String when = HostTime.spoken(boots.scheduled().get());
            return new Stage.Running(
                    Bilingual.of("reboots at {0}", "将于 {0} 重启", when), Optional.empty());
        }
        if (!boots.isSettled()) {
            return new Stage.Running(
                    Bilingual.of("the host is " + boots.state(), "主机状态：" + boots.state()),
                    Optional.empty());
        }
        return new Stage.Ended(
                Bilingual.of("the host is up: " + boots.state(), "主机已启动：" + boots.state()));
    }

    static Proof proof(Optional<Boots> before, Optional<Boots> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return new Proof(
                    false, Bilingual.of("the boot id was not read afterwards", "操作之后没有读到启动标识"));
        }
        if (before.get().bootId().equals(after.get().bootId())) {
            return new Proof(
                    false,
                    Bilingual.of(
                            "the host did not reboot: its boot id is the same", "主机没有重启：启动标识未变"));
        }
        boolean worse =
                before.get().state().value().equals("running")
                        && !after.get().state().value().equals("running");
        return new Proof(
                true,
                Bilingual.of(
                        "the host rebooted: its boot id changed; it is "
                                + after.get().state()
                                + (worse ? ", unlike before: units failed" : ""),
                        "主机已重启：启动标识已变；状态 " + after.get().state() + (worse ? "，不如重启前：有单元失败" : "")));
    }
}
