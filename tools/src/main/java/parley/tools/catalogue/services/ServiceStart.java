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

/// Starts a service; one that failed before is given a fresh start.
///
/// Commands: `systemctl reset-failed -- UNIT` where the unit has failed and `resetFailed` is not
/// false, then `systemctl start -- UNIT`, which waits until the unit is up or has failed, at most
/// 90 seconds. Exit codes as in [SystemctlDone]; a program that dies right after its start still
/// gives 0, so the check watches the unit for ten seconds. Its lock is systemd's own: one job a
/// unit.
public final class ServiceStart implements Change<ServiceStart.Arguments, SystemctlDone> {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(90);
    private static final long WATCH_SECONDS = 10;

    public record Arguments(
            @Means(en = "the unit", zh = "单元") UnitName unit,
            @Means(
                            en = "clear its failed state and start limit first (the default)",
                            zh = "先清除失败状态和启动次数限制（默认）")
                    Optional<Boolean> resetFailed) {
        public Arguments {
            UnitRefusal.of(unit.full())
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
        }

        boolean resets() {
            return resetFailed.orElse(true);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "service.start",
                "services",
                Bilingual.of("Start a service", "启动服务"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("start nginx on web-2", "启动 web-2 的 nginx"),
                        Bilingual.of("bring redis back up on cache-1", "把 cache-1 的 redis 拉起来"),
                        Bilingual.of(
                                "reset the failed state of celery on batch-1",
                                "启动 batch-1 的 celery 服务")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(Systemctl.rootCommand("start", "<unit>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(
                new Call<>(
                        new ServiceStatus(),
                        ServiceStatus.Arguments.with(
                                arguments.unit(), ServiceStatus.Include.CONFIG)));
    }

    @Override
    public Optional<Bilingual> already(Arguments arguments, Preview preview) {
        return preview.find(UnitStatus.class)
                .filter(status -> status.active() == UnitActive.ACTIVE)
                .map(status -> UnitImpact.state(arguments.unit().full(), status));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        String asked = arguments.unit().full();
        Optional<UnitStatus> read = preview.find(UnitStatus.class);
        if (read.isEmpty()) {
            return UnitImpact.unread(asked, Risk.CHANGE);
        }
        UnitStatus status = read.get();
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        UnitImpact.unusable(asked, status).ifPresent(obstacles::add);
        UnitRefusal.of(UnitImpact.name(arguments.unit(), preview)).ifPresent(obstacles::add);
        status.config().flatMap(ConfigCheck::obstacle).ifPresent(obstacles::add);
        if (status.refusesStart()) {
            obstacles.add(
                    Bilingual.of(
                            status.unit() + " refuses to be started by hand (RefuseManualStart)",
                            status.unit() + " 拒绝手动启动（RefuseManualStart）"));
        }
        if (status.exists()) {
            lines.add(UnitImpact.state(asked, status));
            status.config().map(ConfigCheck::says).ifPresent(lines::add);
            UnitImpact.failedBefore(status).ifPresent(lines::add);
        }
        return new Impact(
                Risk.CHANGE,
                Set.of(UnitImpact.name(arguments.unit(), preview)),
                Set.of(),
                Set.of(),
                lines,
                obstacles);
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        List<String> unit = List.of(UnitImpact.name(arguments.unit(), preview));
        boolean failed =
                preview.find(UnitStatus.class)
                        .filter(status -> status.active() == UnitActive.FAILED)
                        .isPresent();
        List<Argv> commands = new ArrayList<>();
        if (arguments.resets() && failed) {
            // On a unit that has not failed it fails itself: "not loaded".
            commands.add(Systemctl.change(List.of("reset-failed"), unit));
        }
        commands.add(Systemctl.change(List.of("start"), unit).within(TIME_LIMIT));
        return List.copyOf(commands);
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        boolean oneShot = preview.find(UnitStatus.class).filter(UnitStatus::isOneShot).isPresent();
        String unit = arguments.unit().full();
        if (oneShot) {
            return Undo.impossible(
                    Bilingual.of(
                            "{0} does a piece of work and ends; what it does cannot be undone here",
                            "{0} 执行一次任务后即结束；它所做的事无法在此撤销", unit));
        }
        return Undo.by(
                new Call<>(
                        new ServiceStop(),
                        new ServiceStop.Arguments(arguments.unit(), Optional.empty())),
                Bilingual.of("stop {0} again", "再次停止 {0}", unit));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(
                new Call<>(
                        new ServiceStatus(),
                        ServiceStatus.Arguments.watching(arguments.unit(), WATCH_SECONDS)));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return Observed.find(after, UnitStatus.class)
                .map(now -> StartProof.of(preview.find(UnitStatus.class), now))
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
