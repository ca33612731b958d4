package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.value.BadValue;
import parley.tools.value.Bytes;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.UnitName;
import parley.tools.value.Whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Limits the memory, processors, tasks or input and output of a service, until the next boot or,
/// with `persist`, beyond it; with `revert` it takes such limits back.
///
/// Command: `systemctl set-property [--runtime] -- UNIT MemoryMax=… CPUQuota=…%`, or `systemctl
/// revert -- UNIT`. Exit codes as in [SystemctlDone]. A memory limit below what is in use kills at
/// once, so it must leave a fifth above that. The check reads what systemd then enforces.
public final class ServiceSetLimits implements Change<ServiceSetLimits.Arguments, SystemctlDone> {
    static final long LEAST_MEMORY = 16L * 1024 * 1024;

    /// @param cpuQuota of one processor: 200 are two whole ones
    public record Arguments(
            @Means(en = "the unit", zh = "单元") UnitName unit,
            @Means(en = "the most memory, 16M at least", zh = "内存上限，至少 16M")
                    Optional<Bytes> memoryMax,
            @Means(
                            en = "the most processor time, in percent of one processor",
                            zh = "CPU 上限，单个处理器的百分比")
                    @Whole(least = 1, most = 102400)
                    Optional<Count> cpuQuota,
            @Means(en = "the most tasks (processes and threads)", zh = "任务（进程和线程）数上限")
                    @Whole(least = 1, most = 1000000)
                    Optional<Count> tasksMax,
            @Means(en = "its share of input and output, 100 being usual", zh = "IO 权重，通常为 100")
                    @Whole(least = 1, most = 10000)
                    Optional<Count> ioWeight,
            @Means(en = "keep it beyond the next boot", zh = "重启后仍然生效") Optional<Boolean> persist,
            @Means(en = "take limits set in this way back", zh = "撤销以此方式设置的限制")
                    Optional<Boolean> revert) {
        public Arguments {
            UnitRefusal.of(unit.full())
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
            boolean limits =
                    memoryMax.isPresent()
                            || cpuQuota.isPresent()
                            || tasksMax.isPresent()
                            || ioWeight.isPresent();
            if (limits == revert.orElse(false)) {
                throw new BadValue(
                        Bilingual.of(
                                "give memoryMax, cpuQuota, tasksMax or ioWeight, or else revert",
                                "请给出 memoryMax、cpuQuota、tasksMax 或 ioWeight，或者单独给出 revert"));
            }
            if (memoryMax.filter(most -> most.value() < LEAST_MEMORY).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "memoryMax is at least 16M: with less nothing can run",
                                "memoryMax 至少为 16M：再少则无法运行"));
            }
        }

        boolean reverts() {
            return revert.orElse(false);
        }

        boolean persists() {
            return persist.orElse(false);
        }

        static Arguments revert(UnitName unit) {
            return new Arguments(
                    unit,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(true));
        }
    }

    @Override
    public Card card() {
        return new Card(
                "service.set_limits",
                "services",
                Bilingual.of("Limit the resources of a service", "限制服务的资源"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of(
                                "limit celery on batch-1 to 2G of memory",
                                "把 batch-1 的 celery 内存限制为 2G"),
                        Bilingual.of(
                                "cap the cpu of celery on batch-1 at 50%",
                                "把 batch-1 的 celery 的 CPU 限制到 50%"),
                        Bilingual.of(
                                "set a memory limit of 4G for redis on cache-1",
                                "给 cache-1 的 redis 设个 4G 的内存上限")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                Systemctl.rootCommand(
                        "set-property [[ --runtime ]]",
                        "<unit> [[ MemoryMax=<number> ]] [[ CPUQuota=<number>% ]]"
                                + " [[ TasksMax=<number> ]] [[ IOWeight=<number> ]]"),
                Systemctl.rootCommand("revert", "<unit>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(look(arguments));
    }

    private static Call<?> look(Arguments arguments) {
        return new Call<>(
                new ServiceStatus(),
                ServiceStatus.Arguments.with(arguments.unit(), ServiceStatus.Include.LIMITS));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return LimitsImpact.of(arguments, preview);
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        List<String> unit = new ArrayList<>();
        unit.add(UnitImpact.name(arguments.unit(), preview));
        if (arguments.reverts()) {
            return List.of(Systemctl.change(List.of("revert"), unit));
        }
        unit.addAll(properties(arguments));
        return List.of(
                Systemctl.change(
                        arguments.persists()
                                ? List.of("set-property")
                                : List.of("set-property", "--runtime"),
                        unit));
    }

    private static List<String> properties(Arguments arguments) {
        List<String> words = new ArrayList<>();
        arguments.memoryMax().ifPresent(most -> words.add("MemoryMax=" + most.value()));
        arguments.cpuQuota().ifPresent(most -> words.add("CPUQuota=" + most + "%"));
        arguments.tasksMax().ifPresent(most -> words.add("TasksMax=" + most));
        arguments.ioWeight().ifPresent(weight -> words.add("IOWeight=" + weight));
        return words;
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return LimitsImpact.undo(arguments, preview);
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look(arguments));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return Observed.find(after, UnitStatus.class)
                .map(now -> LimitsImpact.proof(arguments, now))
                .orElseGet(UnitProof::unread);
    }

    /// `revert` tells on standard output which files it removed.
    @Override
    public Reading<SystemctlDone> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        return Reading.ok(SystemctlDone.of(captures));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<SystemctlDone> reading) {
        String done =
                String.join("; ", reading.value().done().stream().map(HostText::value).toList());
        return List.of(
                Finding.of(Severity.NOTICE, "systemd carried out: " + done, "systemd 已执行：" + done));
    }
}
