package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.catalogue.services.ExitStatus;
import parley.tools.catalogue.services.ServiceStart;
import parley.tools.catalogue.services.UnitStatus;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.diagnosis.UnitLog.Told;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a unit failed: from how it ended, from what its definition says, and from the earliest line
/// of its log that gives a cause away.
final class UnitFailure {
    /// The setting of the definition that an exit status of systemd's own is about.
    private static final Map<Integer, String> SETTINGS =
            Map.ofEntries(
                    Map.entry(200, "WorkingDirectory"),
                    Map.entry(203, "ExecStart"),
                    Map.entry(205, "LimitNOFILE"),
                    Map.entry(210, "RootDirectory"),
                    Map.entry(216, "Group"),
                    Map.entry(217, "User"),
                    Map.entry(218, "CapabilityBoundingSet"),
                    Map.entry(226, "ReadWritePaths"),
                    Map.entry(233, "RuntimeDirectory"),
                    Map.entry(238, "StateDirectory"));

    private final Case about;
    private final UnitName unit;
    private final Seen<UnitStatus> seen;
    private final UnitStatus status;
    private final Definition definition;
    private final boolean flapping;

    UnitFailure(
            Case about,
            UnitName unit,
            Seen<UnitStatus> seen,
            Definition definition,
            boolean flapping) {
        this.about = about;
        this.unit = unit;
        this.seen = seen;
        this.status = seen.value();
        this.definition = definition;
        this.flapping = flapping;
    }

    /// Of a unit that does not run, or not for long.
    Conclusion conclusion(List<Told> told, List<JournalEntry> lastWords, Optional<UnitLog> log) {
        Optional<Conclusion> memory =
                new UnitMemory(about, unit, seen, definition).killed(flapping);
        if (memory.isPresent()) {
            return memory.get();
        }
        Optional<Conclusion> stage = stage(log);
        if (stage.isPresent()) {
            return stage.get();
        }
        for (Told one : told) {
            Optional<Conclusion> cause = sign(one);
            if (cause.isPresent()) {
                return cause.get().citing(state());
            }
        }
        Conclusion plain =
                Conclusion.confirmed(
                        Severity.CRITICAL,
                        head().en() + ended().en() + words(lastWords, "; its last words: "),
                        head().zh() + ended().zh() + words(lastWords, "；最后的日志："),
                        state());
        if (log.isPresent()) {
            for (JournalEntry entry : lastWords) {
                plain = plain.citing(log.get().cite(entry));
            }
        }
        return plain.disproved(
                "it stays active for ten seconds after a start", "启动后能保持 active 超过 10 秒");
    }

    private static String words(List<JournalEntry> entries, String before) {
        return entries.isEmpty() ? "" : before + entries.getFirst().message();
    }

    private Citation state() {
        return Citation.of(seen.clue(), flapping ? "^SubState=" : "^Result=");
    }

    /// `demo.service failed: `, or that it does so again and again.
    private Bilingual head() {
        long restarts = status.restarts().orElse(0L);
        return flapping
                ? Bilingual.of(
                        "{0} dies and is started again, over and over ({1} automatic restarts): ",
                        "{0} 反复退出又被自动重启（已重启 {1} 次）：", status.unit(), restarts)
                : Bilingual.of(
                        status.unit()
                                + (status.active().isUp() ? " has trouble: " : " does not run: "),
                        status.unit() + (status.active().isUp() ? " 有问题：" : " 没有运行："));
    }

    private Bilingual ended() {
        String result = status.result().map(HostText::value).orElse("");
        return switch (result) {
            case "timeout" ->
                    Bilingual.of(
                            "it did not get ready within its time limit (Result=timeout)",
                            "未能在时限内完成启动或停止（Result=timeout）");
            case "watchdog" ->
                    Bilingual.of(
                            "it hung: it no longer answered systemd's watchdog",
                            "已卡死：不再响应 systemd 看门狗");
            case "protocol" ->
                    Bilingual.of(
                            "it never said that it was ready, as its Type demands",
                            "没有按其 Type 的要求通知就绪");
            case "resources" ->
                    Bilingual.of("systemd could not set up what it needs", "systemd 无法为其准备所需资源");
            default ->
                    status.exit()
                            .map(ExitStatus::meaning)
                            .map(how ->
                                    Bilingual.of("it ended with " + how.en(), "已结束：" + how.zh()))
                            .orElse(Bilingual.of("Result=" + result, "Result=" + result));
        };
    }

    /// systemd itself could not get as far as running the program.
    private Optional<Conclusion> stage(Optional<UnitLog> log) {
        int code =
                status.exit()
                        .filter(exit -> exit.how() == ExitStatus.How.EXITED)
                        .map(ExitStatus::status)
                        .orElse(0);
        String name = SETTINGS.get(code);
        if (name == null) {
            return Optional.empty();
        }
        Optional<Definition.Setting> setting = definition.find(name);
        String en = setting.map(one -> " (" + one.en() + ")").orElse("");
        String zh = setting.map(one -> "（" + one.zh() + "）").orElse("");
        Conclusion conclusion =
                Conclusion.confirmed(
                        Severity.CRITICAL,
                        head().en() + status.exit().orElseThrow().meaning().en() + en,
                        head().zh() + status.exit().orElseThrow().meaning().zh() + zh,
                        Citation.of(seen.clue(), "^ExecMainStatus=" + code));
        if (setting.isPresent()) {
            conclusion = conclusion.citing(setting.get().citation());
        }
        if (log.isPresent()) {
            Optional<JournalEntry> failed = log.get().systemd("Failed at step");
            if (failed.isPresent()) {
                conclusion = conclusion.citing(log.get().cite(failed.get()));
            }
        }
        return Optional.of(stageAdvice(code, conclusion));
    }

    private Conclusion stageAdvice(int code, Conclusion conclusion) {
        Conclusion advised =
                switch (code) {
                    case 203 ->
                            conclusion.advising(
                                    "put the program back (reinstall the package it belongs to), or"
                                            + " correct ExecStart; then start the unit",
                                    "恢复该程序（重装其所属软件包）或改正 ExecStart，然后启动该单元");
                    case 216, 217 ->
                            conclusion.advising(
                                    "create that account or correct the setting; then start the"
                                            + " unit",
                                    "创建该账号或改正该设置，然后启动该单元");
                    default ->
                            conclusion.advising(
                                    "correct that setting or create what it names; then start the"
                                            + " unit",
                                    "改正该设置，或创建它所引用的对象，然后启动该单元");
                };
        return advised.disproved(
                        "ExecMainStatus is not " + code + " after the next start",
                        "下次启动后 ExecMainStatus 不再是 " + code)
                .proposing(start(), about.host());
    }

    /// What one line of the log gives away; empty where it is no cause by itself.
    Optional<Conclusion> sign(Told told) {
        String message = told.brief();
        Bilingual head = head();
        return Optional.of(
                switch (told.sign()) {
                    case PORT_TAKEN -> new TakenPort(about, status.unit(), head).conclusion(told);
                    case TOO_MANY_FILES ->
                            new UnitMemory(about, unit, seen, definition).files(told.citation());
                    case OUT_OF_MEMORY ->
                            cause(told, head.en() + "it ran out of memory", head.zh() + "内存不足")
                                    .advising(
                                            "see what limits it: diagnose it as oom",
                                            "用 oom 诊断查看是什么限制了它");
                    case NO_SPACE -> noSpace(told);
                    case NO_LIBRARY ->
                            cause(
                                    told,
                                    head.en() + "a library it needs is missing: " + message,
                                    head.zh() + "缺少所需的共享库：" + message);
                    case BAD_CONFIGURATION ->
                            cause(
                                            told,
                                            head.en() + "its configuration is wrong: " + message,
                                            head.zh() + "配置有误：" + message)
                                    .advising(
                                            "correct that line, let the program check it, then"
                                                    + " start the unit; afterwards look again: a"
                                                    + " second fault may show only then",
                                            "改正该行并用程序自带的检查验证，然后启动；之后请再查一次，可能还有第二个问题")
                                    .proposing(start(), about.host());
                    case NO_USER ->
                            cause(
                                    told,
                                    head.en() + "the account it should run as does not exist",
                                    head.zh() + "其运行账号不存在");
                    case DEPENDENCY ->
                            cause(
                                    told,
                                    head.en() + "something it depends on did not start: " + message,
                                    head.zh() + "其依赖未能启动：" + message);
                    case NO_PERMISSION ->
                            cause(
                                    told,
                                    head.en() + "it is not permitted something: " + message,
                                    head.zh() + "权限不足：" + message);
                    case NO_PEER ->
                            cause(
                                    told,
                                    head.en() + "something it needs does not answer: " + message,
                                    head.zh() + "它所依赖的对端没有应答：" + message);
                    case NO_NAME ->
                            cause(
                                    told,
                                    head.en() + "it cannot resolve a name: " + message,
                                    head.zh() + "它无法解析域名：" + message);
                    case NO_FILE ->
                            cause(
                                    told,
                                    head.en() + "a file it needs is missing: " + message,
                                    head.zh() + "缺少所需的文件：" + message);
                    case NO_LOGIN ->
                            cause(
                                    told,
                                    head.en() + "its login elsewhere was refused: " + message,
                                    head.zh() + "它在别处登录被拒绝：" + message);
                });
    }

    static Conclusion cause(Told told, String en, String zh) {
        return Conclusion.confirmed(Severity.CRITICAL, en, zh, told.citation())
                .disproved(
                        "it still fails when that is mended, without this line in its log",
                        "修复后仍然失败，且日志中不再出现该行");
    }

    private Conclusion noSpace(Told told) {
        Conclusion cause =
                cause(
                        told,
                        head().en() + "the filesystem it writes to is full",
                        head().zh() + "它写入的文件系统已满");
        for (Conclusion full : DiskFull.fullOnes(about)) {
            cause = cause.citing(full.evidence().getFirst());
        }
        return cause.advising("see what fills it", "查看是什么占满了空间")
                .proposing(Proposed.diagnosis(Symptom.DISK_FULL, about.host()));
    }

    private Call<ServiceStart.Arguments> start() {
        return new Call<>(new ServiceStart(), new ServiceStart.Arguments(unit, Optional.empty()));
    }
}
