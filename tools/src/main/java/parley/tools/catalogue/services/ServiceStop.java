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
import parley.tools.value.HostText;
import parley.tools.value.UnitName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Stops a service, with `alsoTriggers` also the sockets, timers and paths that would start it
/// again.
///
/// Command: `systemctl stop -- [TRIGGERS] UNIT`, which waits until the unit is down: systemd kills
/// what does not end within the unit's own TimeoutStopSec, 90 seconds unless it says otherwise.
/// Exit codes as in [SystemctlDone]. The check looks that it stays down and left no process behind.
/// Its lock is systemd's own: one job a unit.
public final class ServiceStop implements Change<ServiceStop.Arguments, SystemctlDone> {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
    private static final long WATCH_SECONDS = 4;

    public record Arguments(
            @Means(en = "the unit", zh = "单元") UnitName unit,
            @Means(
                            en = "also stop the sockets, timers and paths that start it again",
                            zh = "同时停止会再次触发它的 socket、timer 和 path")
                    Optional<Boolean> alsoTriggers) {
        public Arguments {
            UnitRefusal.of(unit.full())
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
        }

        boolean stopsTriggers() {
            return alsoTriggers.orElse(false);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "service.stop",
                "services",
                Bilingual.of("Stop a service", "停止服务"),
                Risk.DISRUPTIVE,
                Risk.DISRUPTIVE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("stop nginx on web-2", "停掉 web-2 的 nginx"),
                        Bilingual.of("stop celery on batch-1", "停止 batch-1 的 celery"),
                        Bilingual.of("stop haproxy on lb-1", "把 lb-1 的 haproxy 停了")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(Systemctl.rootCommand("stop", "<unit>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        UnitName unit = arguments.unit();
        return List.of(
                new Call<>(new ServiceStatus(), ServiceStatus.Arguments.of(unit)),
                new Call<>(new ServiceDeps(), new ServiceDeps.Arguments(unit)));
    }

    /// A unit that is down has nothing to stop; its triggers may be up all the same.
    @Override
    public Optional<Bilingual> already(Arguments arguments, Preview preview) {
        return preview.find(UnitStatus.class)
                .filter(UnitStatus::exists)
                .filter(status -> !status.active().isUp())
                .filter(status -> status.active() != UnitActive.DEACTIVATING)
                .filter(ignored -> triggers(arguments, preview).isEmpty())
                .map(status -> UnitImpact.state(arguments.unit().full(), status));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        String asked = arguments.unit().full();
        Optional<UnitStatus> read = preview.find(UnitStatus.class);
        if (read.isEmpty()) {
            return UnitImpact.unread(asked, Risk.DISRUPTIVE);
        }
        UnitStatus status = read.get();
        Optional<ServiceDeps.Deps> deps = preview.find(ServiceDeps.Deps.class);
        String name = UnitImpact.name(arguments.unit(), preview);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        if (!status.exists()) {
            UnitImpact.unusable(asked, status).ifPresent(obstacles::add);
        } else {
            lines.add(UnitImpact.state(asked, status));
            UnitImpact.hit(deps, lines);
            comesBack(arguments, status).ifPresent(lines::add);
        }
        UnitRefusal.of(name).ifPresent(obstacles::add);
        if (status.refusesStop()) {
            obstacles.add(
                    Bilingual.of(
                            status.unit() + " refuses to be stopped by hand (RefuseManualStop)",
                            status.unit() + " 拒绝手动停止（RefuseManualStop）"));
        }
        Set<String> objects = new TreeSet<>(triggers(arguments, preview));
        objects.add(name);
        return new Impact(
                Risk.DISRUPTIVE, objects, UnitImpact.alsoHit(deps), Set.of(), lines, obstacles);
    }

    private static Optional<Bilingual> comesBack(Arguments arguments, UnitStatus status) {
        if (arguments.stopsTriggers() || status.triggeredBy().isEmpty()) {
            return Optional.empty();
        }
        String names = UnitImpact.names(status.triggeredBy());
        return Optional.of(
                Bilingual.of(
                        "it does not stay down: {0} starts it again (alsoTriggers stops that, too)",
                        "它不会一直停着：{0} 会再次启动它（alsoTriggers 可一并停止）", names));
    }

    private static List<String> triggers(Arguments arguments, Preview preview) {
        List<String> triggers = new ArrayList<>();
        if (arguments.stopsTriggers()) {
            for (HostText unit :
                    preview.find(UnitStatus.class).map(UnitStatus::triggeredBy).orElse(List.of())) {
                try {
                    triggers.add(new UnitName(unit.value()).full());
                } catch (BadValue strange) {
                    // What is no unit name is not put into a command.
                }
            }
        }
        return triggers;
    }

    /// The triggers first: one that is up while its service goes down starts it again.
    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        List<String> units = triggers(arguments, preview);
        units.add(UnitImpact.name(arguments.unit(), preview));
        return List.of(Systemctl.change(List.of("stop"), units).within(TIME_LIMIT));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        List<String> triggers = triggers(arguments, preview);
        String unit = arguments.unit().full();
        String more = triggers.isEmpty() ? "" : String.join(", ", triggers);
        return Undo.by(
                new Call<>(
                        new ServiceStart(),
                        new ServiceStart.Arguments(arguments.unit(), Optional.empty())),
                Bilingual.of(
                        "start " + unit + " again" + (more.isEmpty() ? "" : ", and " + more),
                        "再次启动 " + unit + (more.isEmpty() ? "" : "，以及 " + more)));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(
                new Call<>(
                        new ServiceStatus(),
                        ServiceStatus.Arguments.watching(arguments.unit(), WATCH_SECONDS)),
                new Call<>(new ServiceDeps(), new ServiceDeps.Arguments(arguments.unit())));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return Observed.find(after, UnitStatus.class)
                .map(now -> StopProof.of(now, Observed.find(after, ServiceDeps.Deps.class)))
                .orElseGet(UnitProof::unread);
    }

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
