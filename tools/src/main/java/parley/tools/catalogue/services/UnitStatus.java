package parley.tools.catalogue.services;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.read.HostTime;
import parley.tools.read.KeyValues;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything about one unit. Where systemd does not say, an optional is empty.
///
/// @param unit its own name; another name of it may have been asked for
/// @param since when it entered its active state
/// @param exit how its main process last ended, if one ever did
/// @param restarts how often systemd restarted it by itself since somebody last started it
/// @param changedMicros when anything of its state last changed, in microseconds after boot
/// @param enteredMicros when it last became active, in microseconds after boot
/// @param conditionsMet empty when systemd never had to look at its conditions
/// @param watch what watching it for a while showed
/// @param limits its resource limits, when they were asked for
/// @param config what its program says about its configuration, when that was asked for
/// @param evidence where its active state stands
public record UnitStatus(
        @Means(en = "unit", zh = "单元") HostText unit,
        @Means(en = "names", zh = "名称") List<HostText> names,
        @Means(en = "description", zh = "说明") HostText description,
        @Means(en = "load", zh = "加载状态") UnitLoad load,
        @Means(en = "load error", zh = "加载错误") Optional<HostText> loadError,
        @Means(en = "active", zh = "运行状态") UnitActive active,
        @Means(en = "sub", zh = "子状态") HostText sub,
        @Means(en = "since", zh = "起始时间") Optional<Instant> since,
        @Means(en = "type", zh = "类型") Optional<HostText> type,
        @Means(en = "result", zh = "结果") Optional<HostText> result,
        @Means(en = "last exit", zh = "上次退出") Optional<ExitStatus> exit,
        @Means(en = "main pid", zh = "主进程") Optional<Long> mainPid,
        @Means(en = "restarts", zh = "自动重启次数") Optional<Long> restarts,
        @Means(en = "restart policy", zh = "重启策略") Optional<HostText> restartPolicy,
        @Means(en = "at boot", zh = "开机启动") Optional<HostText> enabled,
        @Means(en = "memory", zh = "内存") Optional<Bytes> memory,
        @Means(en = "memory limit", zh = "内存上限") Optional<Bytes> memoryLimit,
        @Means(en = "tasks", zh = "任务数") Optional<Long> tasks,
        @Means(en = "status text", zh = "状态文本") Optional<HostText> statusText,
        @Means(en = "definition files", zh = "定义文件") List<HostText> files,
        @Means(en = "definition changed on disk", zh = "定义文件已改动") boolean needDaemonReload,
        @Means(en = "can reload", zh = "可重新加载") boolean canReload,
        @Means(en = "refuses manual stop", zh = "拒绝手动停止") boolean refusesStop,
        @Means(en = "refuses manual start", zh = "拒绝手动启动") boolean refusesStart,
        @Means(en = "start conditions met", zh = "满足启动条件") Optional<Boolean> conditionsMet,
        @Means(en = "triggered by", zh = "触发者") List<HostText> triggeredBy,
        @Means(en = "reload result", zh = "重新加载结果") Optional<HostText> reloadResult,
        @Means(en = "invocation", zh = "运行标识") Optional<HostText> invocation,
        @Means(en = "changed (µs after boot)", zh = "状态变化（启动后微秒）") long changedMicros,
        @Means(en = "became active (µs after boot)", zh = "进入活动（启动后微秒）") long enteredMicros,
        @Means(en = "watch", zh = "观察") Optional<UnitWatch> watch,
        @Means(en = "similar names", zh = "相近的名称") List<HostText> similar,
        @Means(en = "definition", zh = "定义") Optional<HostText> definition,
        @Means(en = "definition problems", zh = "定义问题") List<HostText> problems,
        @Means(en = "log", zh = "日志") List<JournalEntry> logs,
        @Means(en = "limits", zh = "资源限制") Optional<UnitLimits> limits,
        @Means(en = "configuration", zh = "配置检查") Optional<ConfigCheck> config,
        @Means(en = "evidence", zh = "依据") Place evidence) {
    private static final long MOST_STATUS = 255;

    /// What [#of] reads.
    static final String PROPERTIES =
            "Id,Names,Description,LoadState,LoadError,ActiveState,SubState,Type,Result,ExecMainCode,"
                + "ExecMainStatus,MainPID,NRestarts,Restart,UnitFileState,MemoryCurrent,MemoryMax,"
                + "TasksCurrent,StatusText,FragmentPath,DropInPaths,NeedDaemonReload,CanReload,"
                + "RefuseManualStop,RefuseManualStart,ConditionResult,"
                + "ConditionTimestampMonotonic,TriggeredBy,ReloadResult,"
                + "InvocationID,ActiveEnterTimestamp,InactiveEnterTimestamp,"
                + "StateChangeTimestampMonotonic,ActiveEnterTimestampMonotonic";

    public UnitStatus {
        requireNonNull(unit, "unit is null");
        names = List.copyOf(names);
        files = List.copyOf(files);
        triggeredBy = List.copyOf(triggeredBy);
        similar = List.copyOf(similar);
        problems = List.copyOf(problems);
        logs = List.copyOf(logs);
    }

    /// A line of one of the captures; both count from 1.
    public record Place(
            @Means(en = "command", zh = "命令") int capture,
            @Means(en = "line", zh = "行") int line) {}

    /// What only some calls ask for beside the properties.
    record Extras(
            Optional<UnitWatch> watch,
            List<HostText> similar,
            Optional<HostText> definition,
            List<HostText> problems,
            List<JournalEntry> logs,
            Optional<UnitLimits> limits,
            Optional<ConfigCheck> config) {}

    /// The status in one block of `systemctl show`, which is capture number `capture`.
    static UnitStatus of(KeyValues block, int capture, Extras extras) throws Unreadable {
        UnitActive active = UnitActive.of(block);
        int line = block.line("ActiveState");
        return new UnitStatus(
                new HostText(block.text("Id")),
                texts(block.words("Names")),
                new HostText(block.find("Description").orElse("")),
                UnitLoad.of(block),
                loadError(block),
                active,
                new HostText(block.text("SubState")),
                HostTime.ofSystemd(
                        block,
                        active == UnitActive.INACTIVE || active == UnitActive.FAILED
                                ? "InactiveEnterTimestamp"
                                : "ActiveEnterTimestamp"),
                text(block, "Type"),
                text(block, "Result"),
                exit(block),
                block.number("MainPID").filter(pid -> pid > 0),
                block.number("NRestarts"),
                text(block, "Restart"),
                text(block, "UnitFileState"),
                block.number("MemoryCurrent").map(Bytes::new),
                block.number("MemoryMax").map(Bytes::new),
                block.number("TasksCurrent"),
                text(block, "StatusText"),
                files(block),
                block.yes("NeedDaemonReload"),
                block.yes("CanReload"),
                block.yes("RefuseManualStop"),
                block.yes("RefuseManualStart"),
                block.number("ConditionTimestampMonotonic").orElse(0L) > 0
                        ? Optional.of(block.yes("ConditionResult"))
                        : Optional.empty(),
                texts(block.words("TriggeredBy")),
                text(block, "ReloadResult"),
                text(block, "InvocationID"),
                block.number("StateChangeTimestampMonotonic").orElse(0L),
                block.number("ActiveEnterTimestampMonotonic").orElse(0L),
                extras.watch(),
                extras.similar(),
                extras.definition(),
                extras.problems(),
                extras.logs(),
                extras.limits(),
                extras.config(),
                new Place(capture, line));
    }

    /// Whether the host knows the unit at all.
    public boolean exists() {
        return load != UnitLoad.NOT_FOUND;
    }

    /// A service that ends when its work is done, and is not kept active after that.
    boolean isOneShot() {
        return type.filter(text -> text.value().equals("oneshot")).isPresent();
    }

    boolean succeeded() {
        return result.isEmpty() || result.get().value().equals("success");
    }

    /// `"No such file"` stands behind an error name: `LoadError=org.freedesktop… "…"`.
    private static Optional<HostText> loadError(KeyValues block) {
        return block.find("LoadError")
                .map(error -> error.replaceFirst("^\\S+ ?", "").replaceAll("^\"|\"$", ""))
                .filter(error -> !error.isEmpty())
                .map(HostText::new);
    }

    private static Optional<ExitStatus> exit(KeyValues block) throws Unreadable {
        long code = block.number("ExecMainCode").orElse(0L);
        if (code == 0) {
            return Optional.empty();
        }
        if (code > ExitStatus.How.values().length) {
            throw block.unreadable("ExecMainCode", "1, 2 or 3");
        }
        long status = block.number("ExecMainStatus").orElse(0L);
        if (status > MOST_STATUS) {
            throw block.unreadable("ExecMainStatus", "an exit status or a signal");
        }
        ExitStatus.How how =
                code == 1
                        ? ExitStatus.How.EXITED
                        : code == 2 ? ExitStatus.How.KILLED : ExitStatus.How.DUMPED;
        return Optional.of(new ExitStatus(how, Math.toIntExact(status)));
    }

    private static List<HostText> files(KeyValues block) {
        List<String> files = new ArrayList<>();
        block.find("FragmentPath").ifPresent(files::add);
        files.addAll(block.words("DropInPaths"));
        return texts(files);
    }

    private static Optional<HostText> text(KeyValues block, String key) {
        return block.find(key).map(HostText::new);
    }

    private static List<HostText> texts(List<String> words) {
        return words.stream().map(HostText::new).toList();
    }
}
