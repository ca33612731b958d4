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
import parley.tools.value.UnitName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Restarts a service; reloads it only when told to.
///
/// Command: `systemctl restart -- UNIT` as root, which waits until the unit is up or has failed, at
/// most two minutes. It prints nothing when its job is done; exit 1 means that the job failed, 5
/// that there is no such unit, 3 that the unit cannot do this, 4 that it was not permitted. Exit 0
/// proves nothing for a unit whose program dies right after its start: the check, which watches the
/// unit for ten seconds, does. Its lock is systemd's own: one job a unit.
public final class ServiceRestart
        implements Change<ServiceRestart.Arguments, ServiceRestart.Accepted> {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
    private static final long WATCH_SECONDS = 10;

    /// What is done to the unit.
    public enum Mode {
        @Means(en = "restart", zh = "重启")
        RESTART,
        @Means(en = "reload", zh = "重新加载")
        RELOAD,
        @Means(en = "reload, else restart", zh = "重新加载，否则重启")
        RELOAD_OR_RESTART;

        /// systemctl's verb.
        String verb() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public record Arguments(
            @Means(en = "the unit", zh = "单元") UnitName unit,
            @Means(
                            en = "restart (the default), reload, or reload-or-restart",
                            zh = "restart（默认）、reload 或 reload-or-restart")
                    Optional<Mode> mode) {
        public Arguments {
            UnitRefusal.of(unit.full())
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
        }

        Mode wanted() {
            return mode.orElse(Mode.RESTART);
        }
    }

    /// What systemd accepted and carried out.
    public record Accepted(
            @Means(en = "unit", zh = "单元") UnitName unit,
            @Means(en = "done", zh = "操作") Mode mode) {}

    @Override
    public Card card() {
        return new Card(
                "service.restart",
                "services",
                Bilingual.of("Restart or reload a service", "重启或重新加载服务"),
                Risk.CHANGE,
                Risk.DISRUPTIVE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("restart nginx on web-2", "重启 web-2 的 nginx"),
                        Bilingual.of("reload haproxy on lb-1", "让 lb-1 的 haproxy 重新加载配置"),
                        Bilingual.of("bounce php-fpm everywhere", "所有机器的 php-fpm 都重启一下")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(Systemctl.rootCommand("{{restart||reload}}", "<unit>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Risk risk(Arguments arguments) {
        return arguments.wanted() == Mode.RELOAD ? Risk.CHANGE : Risk.DISRUPTIVE;
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        return List.of(
                Systemctl.change(
                                List.of(arguments.wanted().verb()),
                                List.of(UnitImpact.name(arguments.unit(), preview)))
                        .within(TIME_LIMIT));
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        UnitName unit = arguments.unit();
        return List.of(
                new Call<>(
                        new ServiceStatus(),
                        ServiceStatus.Arguments.with(unit, ServiceStatus.Include.CONFIG)),
                new Call<>(new ServiceDeps(), new ServiceDeps.Arguments(unit)));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return RestartImpact.of(arguments, risk(arguments), preview);
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return RestartImpact.undo(arguments, preview);
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        List<Call<?>> checks = new ArrayList<>();
        checks.add(
                new Call<>(
                        new ServiceStatus(),
                        ServiceStatus.Arguments.watching(arguments.unit(), WATCH_SECONDS)));
        if (arguments.wanted() != Mode.RELOAD) {
            checks.add(new Call<>(new ServiceDeps(), new ServiceDeps.Arguments(arguments.unit())));
            checks.addAll(Dependants.checks(preview));
        }
        return List.copyOf(checks);
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        Optional<UnitStatus> before = preview.find(UnitStatus.class);
        Optional<UnitStatus> now = Observed.find(after, UnitStatus.class);
        if (now.isEmpty()) {
            return UnitProof.unread();
        }
        Proof own = RestartProof.of(arguments.wanted(), before, now.get());
        return own.succeeded() ? Dependants.proof(own, preview, after) : own;
    }

    @Override
    public Reading<Accepted> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        SystemctlDone.check(captures);
        return Reading.ok(new Accepted(arguments.unit(), arguments.wanted()));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Accepted> reading) {
        String what = arguments.wanted().verb() + " " + arguments.unit().full();
        return List.of(
                Finding.of(Severity.NOTICE, "systemd carried out: " + what, "systemd 已执行：" + what));
    }
}
