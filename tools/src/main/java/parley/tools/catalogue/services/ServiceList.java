package parley.tools.catalogue.services;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.read.KeyValues;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.NamePart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The units of a host and their states.
///
/// Source: `systemctl show` of every unit that systemd has in memory, and `systemctl
/// list-unit-files` for those that are installed but not in memory, which are inactive. *Empty*
/// means that no unit fits. Units whose file is gone and which are not running are left out.
public final class ServiceList implements Observation<ServiceList.Arguments, ServiceList.Units> {
    private static final long MOST_BYTES = 2L * 1024 * 1024;
    private static final int MOST_NAMED = 10;
    private static final String PROPERTIES =
            "Id,LoadState,ActiveState,SubState,UnitFileState,Result,NRestarts,MainPID,MemoryCurrent,"
                + "ActiveEnterTimestamp,InactiveEnterTimestamp";

    /// Which units to list, by their state.
    public enum State {
        RUNNING,
        FAILED,
        INACTIVE,
        ALL
    }

    /// The types of units.
    public enum Type {
        SERVICE,
        TIMER,
        SOCKET,
        TARGET,
        MOUNT,
        PATH,
        SLICE,
        SCOPE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public record Arguments(
            @Means(en = "only units in this state (default all)", zh = "只看该状态的单元（默认全部）")
                    Optional<State> state,
            @Means(en = "the type of unit (default service)", zh = "单元类型（默认 service）")
                    Optional<Type> type,
            @Means(en = "only names with this part", zh = "只看名称包含该部分的") Optional<NamePart> match) {
        Type unitType() {
            return type.orElse(Type.SERVICE);
        }
    }

    /// One unit. Where systemd does not say, an optional is empty.
    ///
    /// @param line where its active state stands; 0 when it is not in memory
    public record Unit(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "load", zh = "加载状态") UnitLoad load,
            @Means(en = "active", zh = "运行状态") UnitActive active,
            @Means(en = "sub", zh = "子状态") HostText sub,
            @Means(en = "at boot", zh = "开机启动") Optional<HostText> enabled,
            @Means(en = "result", zh = "结果") Optional<HostText> result,
            @Means(en = "restarts", zh = "自动重启次数") Optional<Long> restarts,
            @Means(en = "main pid", zh = "主进程") Optional<Long> mainPid,
            @Means(en = "memory", zh = "内存") Optional<Bytes> memory,
            @Means(en = "since", zh = "起始时间") Optional<Instant> since,
            @Means(en = "line", zh = "行") int line) {
        boolean fits(State state) {
            return switch (state) {
                case RUNNING -> active.isUp() && !sub.value().equals("exited");
                case FAILED -> active == UnitActive.FAILED;
                case INACTIVE -> active == UnitActive.INACTIVE;
                case ALL -> true;
            };
        }
    }

    /// @param known how many units of the type the host has, whatever their state and name
    public record Units(
            @Means(en = "units", zh = "单元") List<Unit> units,
            @Means(en = "of", zh = "总数") long known) {
        public Units {
            units = List.copyOf(units);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "service.list",
                "services",
                Bilingual.of("Services and their states", "服务列表及状态"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("which services failed on web-1?", "web-1 上哪些服务失败了"),
                Bilingual.of("list everything called gunicorn", "列出名字里有 gunicorn 的服务"),
                Bilingual.of("what is running on lb-1", "lb-1 上跑着哪些服务"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (!platform.hasSystemd()) {
            return Systemctl.noSystemd();
        }
        String type = arguments.unitType().word();
        Argv loaded = Systemctl.show(platform, PROPERTIES, "*." + type).keeping(MOST_BYTES);
        return Next.sequence(soFar, loaded, UnitFiles.list(type).keeping(MOST_BYTES));
    }

    @Override
    public Reading<Units> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Unit> units = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (KeyValues block : KeyValues.blocks(captures.getFirst().readable())) {
            Unit unit = unit(block);
            boolean ghost = unit.load() == UnitLoad.NOT_FOUND && !unit.active().isUp();
            if (seen.add(unit.unit().value()) && !ghost) {
                units.add(unit);
            }
        }
        for (Map.Entry<String, String> file : UnitFiles.read(captures.getLast()).entrySet()) {
            boolean template = file.getKey().contains("@.");
            boolean otherName = file.getValue().equals("alias");
            if (!template && !otherName && seen.add(file.getKey())) {
                units.add(sleeping(file.getKey(), file.getValue()));
            }
        }
        Predicate<Unit> named =
                unit ->
                        arguments
                                .match()
                                .filter(part -> !unit.unit().value().contains(part.value()))
                                .isEmpty();
        List<Unit> fitting =
                units.stream()
                        .filter(named)
                        .filter(unit -> unit.fits(arguments.state().orElse(State.ALL)))
                        .sorted(Comparator.comparing(unit -> unit.unit().value()))
                        .toList();
        boolean cut = captures.stream().anyMatch(Capture::truncated);
        List<Bilingual> gaps =
                cut
                        ? List.of(
                                Bilingual.of(
                                        "the list was cut: this host has more units than were read",
                                        "列表被截断：该主机的单元多于已读取的数量"))
                        : List.of();
        return Reading.of(new Units(fitting, units.size()), fitting.isEmpty(), gaps);
    }

    private static Unit unit(KeyValues block) throws Unreadable {
        UnitActive active = UnitActive.of(block);
        return new Unit(
                new HostText(block.text("Id")),
                UnitLoad.of(block),
                active,
                new HostText(block.text("SubState")),
                block.find("UnitFileState").map(HostText::new),
                block.find("Result").map(HostText::new),
                block.number("NRestarts"),
                block.number("MainPID").filter(pid -> pid > 0),
                block.number("MemoryCurrent").map(Bytes::new),
                HostTime.ofSystemd(
                        block,
                        active == UnitActive.INACTIVE || active == UnitActive.FAILED
                                ? "InactiveEnterTimestamp"
                                : "ActiveEnterTimestamp"),
                block.line("ActiveState"));
    }

    /// A unit that is installed and that systemd had no reason to load.
    private static Unit sleeping(String name, String enabled) {
        return new Unit(
                new HostText(name),
                enabled.startsWith("masked") ? UnitLoad.MASKED : UnitLoad.STUB,
                UnitActive.INACTIVE,
                new HostText("dead"),
                Optional.of(new HostText(enabled)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Units> reading) {
        List<Unit> units = reading.value().units();
        List<Finding> findings = new ArrayList<>();
        units.stream()
                .filter(unit -> unit.active() == UnitActive.FAILED)
                .limit(MOST_NAMED)
                .forEach(unit -> findings.add(failed(unit)));
        units.stream()
                .filter(unit -> unit.sub().value().equals("auto-restart"))
                .limit(MOST_NAMED)
                .forEach(unit -> findings.add(flapping(unit)));
        findings.add(summary(arguments, reading.value()));
        return List.copyOf(findings);
    }

    private static Finding failed(Unit unit) {
        String result = unit.result().map(HostText::value).orElse("");
        String since = unit.since().map(HostTime::spoken).orElse("");
        return Finding.of(
                        Severity.CRITICAL,
                        unit.unit()
                                + " failed"
                                + (since.isEmpty() ? "" : " at " + since)
                                + (result.isEmpty() ? "" : " (" + result + ")"),
                        unit.unit()
                                + " 失败"
                                + (since.isEmpty() ? "" : "，时间 " + since)
                                + (result.isEmpty() ? "" : "（" + result + "）"))
                .at(1, unit.line());
    }

    private static Finding flapping(Unit unit) {
        return Finding.of(
                        Severity.CRITICAL,
                        "{0} keeps ending and being restarted: {1} automatic restarts",
                        "{0} 反复退出并被自动重启：{1} 次",
                        unit.unit(),
                        unit.restarts().orElse(0L))
                .at(1, unit.line());
    }

    private static Finding summary(Arguments arguments, Units value) {
        String type = arguments.unitType().word();
        Map<String, Long> counts =
                value.units().stream()
                        .collect(
                                Collectors.groupingBy(
                                        unit -> unit.active().word(), Collectors.counting()));
        String states =
                counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        if (value.units().isEmpty()) {
            boolean asksFailed = arguments.state().filter(State.FAILED::equals).isPresent();
            return Finding.of(
                    asksFailed ? Severity.HEALTHY : Severity.NOTICE,
                    "none of the {0} {1} units fits",
                    "{0} 个 {1} 单元中没有符合条件的",
                    value.known(),
                    type);
        }
        boolean narrowed = arguments.state().isPresent() || arguments.match().isPresent();
        return Finding.of(
                Severity.NOTICE,
                value.units().size()
                        + (narrowed ? " of " + value.known() : "")
                        + " "
                        + type
                        + " units: "
                        + states,
                (narrowed ? value.known() + " 个中的 " : "共 ")
                        + value.units().size()
                        + " 个 "
                        + type
                        + " 单元："
                        + states);
    }
}
