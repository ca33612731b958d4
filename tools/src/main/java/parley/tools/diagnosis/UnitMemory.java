package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.catalogue.services.ServiceSetLimits;
import parley.tools.catalogue.services.UnitLimits;
import parley.tools.catalogue.services.UnitStatus;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.Optional;

/// Units that run against a limit of their own: memory, open files.
final class UnitMemory {
    private static final int KILL = 9;

    private final Case about;
    private final UnitName unit;
    private final Seen<UnitStatus> seen;
    private final UnitStatus status;
    private final Definition definition;

    UnitMemory(Case about, UnitName unit, Seen<UnitStatus> seen, Definition definition) {
        this.about = about;
        this.unit = unit;
        this.seen = seen;
        this.status = seen.value();
        this.definition = definition;
    }

    /// That it was killed for memory; empty when it was not killed.
    Optional<Conclusion> killed(boolean flapping) {
        boolean said = status.result().map(HostText::value).filter("oom-kill"::equals).isPresent();
        boolean killed =
                status.exit()
                        .filter(exit ->
                                exit.how() == ExitStatus.How.KILLED && exit.status() == KILL)
                        .isPresent();
        if (!said && !killed) {
            return Optional.empty();
        }
        Optional<Bytes> limit =
                status.memoryLimit().or(() -> status.limits().flatMap(UnitLimits::memoryMax));
        if (limit.isEmpty() && !said) {
            return Optional.of(
                    Conclusion.likely(
                                    Severity.CRITICAL,
                                    status.unit()
                                            + " was killed by signal 9/KILL; it has no memory limit"
                                            + " of its own, so the kernel (host out of memory) or"
                                            + " somebody did it",
                                    status.unit() + " 被信号 9/KILL 终止；它自身没有内存上限，因此是内核（主机内存耗尽）或有人所为",
                                    Citation.of(seen.clue(), "^ExecMainStatus=9"))
                            .proposing(Proposed.diagnosis(Symptom.OOM, about.host())));
        }
        return Optional.of(limited(said, flapping, limit));
    }

    private Conclusion limited(boolean said, boolean flapping, Optional<Bytes> limit) {
        Optional<Definition.Setting> setting = definition.find("MemoryMax");
        String en = setting.map(one -> " (" + one.en() + ")").orElse("");
        String zh = setting.map(one -> "（" + one.zh() + "）").orElse("");
        String size = limit.map(Bytes::toString).orElse("");
        String again = flapping ? ", again and again" : "";
        Citation how =
                said
                        ? Citation.of(seen.clue(), "^Result=oom-kill")
                        : Citation.of(seen.clue(), "^ExecMainStatus=9");
        String enText =
                status.unit()
                        + " was killed"
                        + again
                        + " for its memory limit"
                        + (size.isEmpty() ? "" : " of " + size)
                        + en
                        + (said
                                ? ": systemd says oom-kill"
                                : ": signal 9/KILL while it had that limit");
        String zhText =
                status.unit()
                        + (flapping ? " 反复" : " ")
                        + "因内存上限"
                        + (size.isEmpty() ? "" : " " + size)
                        + " 被终止"
                        + zh
                        + (said ? "：systemd 记录为 oom-kill" : "：在该上限下被信号 9/KILL 终止");
        Conclusion conclusion =
                said
                        ? Conclusion.confirmed(Severity.CRITICAL, enText, zhText, how)
                        : Conclusion.likely(Severity.CRITICAL, enText, zhText, how);
        if (setting.isPresent()) {
            conclusion = conclusion.citing(setting.get().citation());
        } else if (limit.isPresent()) {
            conclusion = conclusion.citing(Citation.of(seen.clue(), "^MemoryMax="));
        }
        Conclusion advised =
                conclusion
                        .advising(
                                "find out whether it leaks or really needs more; the host's memory"
                                    + " is not the cause. Raising or removing the limit is a change"
                                    + " of its own",
                                "先弄清是内存泄漏还是确实需要更多；原因不在主机内存。调高或取消上限是单独的改动")
                        .disproved(
                                "it is killed again with a limit well above what it uses",
                                "上限远高于其用量后仍被终止");
        return limit.map(bytes -> advised.proposing(raise(bytes), about.host())).orElse(advised);
    }

    private Call<ServiceSetLimits.Arguments> raise(Bytes limit) {
        return new Call<>(
                new ServiceSetLimits(),
                new ServiceSetLimits.Arguments(
                        unit,
                        Optional.of(new Bytes(2 * limit.value())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// That it has as many files open as it may.
    Conclusion files(Citation line) {
        Optional<Definition.Setting> setting = definition.find("LimitNOFILE");
        if (setting.isEmpty()) {
            return Conclusion.likely(
                            Severity.CRITICAL,
                            status.unit()
                                    + " has as many files open as it may; its definition sets no"
                                    + " LimitNOFILE, so it is the default or one it set itself",
                            status.unit() + " 打开的文件数已达上限；其定义未设置 LimitNOFILE，因此是默认值或它自行设置的值",
                            line)
                    .disproved("it has fewer files open than its limit", "其打开的文件数低于上限");
        }
        Definition.Setting limit = setting.get();
        return Conclusion.confirmed(
                        Severity.CRITICAL,
                        status.unit()
                                + " has as many files open as it may: its limit is "
                                + limit.value()
                                + " ("
                                + limit.en()
                                + "), not the host's",
                        status.unit()
                                + " 打开的文件数已达上限：单元上限为 "
                                + limit.value()
                                + "（"
                                + limit.zh()
                                + "），而非整机上限",
                        line,
                        limit.citation())
                .advising(
                        "find out whether it forgets to close files; else raise LimitNOFILE in "
                                + limit.file()
                                + " and restart it",
                        "先确认程序是否忘记关闭文件；否则在 " + limit.file() + " 中调高 LimitNOFILE 并重启")
                .disproved(
                        "it has fewer files open than " + limit.value(),
                        "其打开的文件数少于 " + limit.value());
    }
}
