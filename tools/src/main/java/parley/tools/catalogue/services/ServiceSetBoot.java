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
import java.util.List;
import java.util.Optional;

/// Sets whether a service starts at boot, or whether it can be started at all; with `now` it is
/// started or stopped, too.
///
/// Command: `systemctl enable|disable|mask|unmask [--now] -- UNIT`. Exit codes as in
/// [SystemctlDone]; what is linked is told on standard error. `static`, `indirect` and `generated`
/// units cannot be enabled, and that is said before. The check reads the unit's file state.
public final class ServiceSetBoot implements Change<ServiceSetBoot.Arguments, SystemctlDone> {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
    private static final long WATCH_SECONDS = 10;

    /// How the unit shall be at boot.
    public enum State {
        ENABLED("enable"),
        DISABLED("disable"),
        /// Nothing and nobody can start it.
        MASKED("mask"),
        UNMASKED("unmask");

        private final String verb;

        State(String verb) {
            this.verb = verb;
        }

        /// systemctl's verb.
        String verb() {
            return verb;
        }

        boolean stops() {
            return this == DISABLED || this == MASKED;
        }
    }

    public record Arguments(
            @Means(en = "the unit", zh = "单元") UnitName unit,
            @Means(
                            en = "enabled, disabled, masked (cannot be started at all) or unmasked",
                            zh = "enabled、disabled、masked（完全无法启动）或 unmasked")
                    State state,
            @Means(en = "also start or stop it now", zh = "同时立即启动或停止") Optional<Boolean> now) {
        public Arguments {
            UnitRefusal.of(unit.full())
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
        }

        /// Unmasking alone starts nothing.
        boolean isNow() {
            return now.orElse(false) && state != State.UNMASKED;
        }

        boolean stopsNow() {
            return isNow() && state.stops();
        }
    }

    @Override
    public Card card() {
        return new Card(
                "service.set_boot",
                "services",
                Bilingual.of("Start a service at boot, or not", "设置服务是否开机启动"),
                Risk.CHANGE,
                Risk.DISRUPTIVE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("enable nginx at boot on web-2", "设置 web-2 的 nginx 开机自启"),
                        Bilingual.of("disable postfix on batch-1", "禁用 batch-1 的 postfix"),
                        Bilingual.of("mask cups on web-1", "屏蔽 web-1 的 cups")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                Systemctl.rootCommand("{{enable||disable||mask||unmask}} [[ --now ]]", "<unit>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Risk risk(Arguments arguments) {
        boolean hard = arguments.state() == State.MASKED || arguments.isNow();
        return hard ? Risk.DISRUPTIVE : Risk.CHANGE;
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        UnitName unit = arguments.unit();
        Call<?> status = new Call<>(new ServiceStatus(), ServiceStatus.Arguments.of(unit));
        return arguments.stopsNow()
                ? List.of(status, new Call<>(new ServiceDeps(), new ServiceDeps.Arguments(unit)))
                : List.of(status);
    }

    @Override
    public Optional<Bilingual> already(Arguments arguments, Preview preview) {
        return preview.find(UnitStatus.class)
                .filter(UnitStatus::exists)
                .filter(status -> BootState.isSo(arguments, status))
                .map(BootState::says);
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return BootState.impact(arguments, risk(arguments), preview);
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        String verb = arguments.state().verb();
        return List.of(
                Systemctl.change(
                                arguments.isNow() ? List.of(verb, "--now") : List.of(verb),
                                List.of(UnitImpact.name(arguments.unit(), preview)))
                        .within(TIME_LIMIT));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return BootState.undo(arguments, preview);
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        ServiceStatus.Arguments look =
                arguments.isNow()
                        ? ServiceStatus.Arguments.watching(arguments.unit(), WATCH_SECONDS)
                        : ServiceStatus.Arguments.of(arguments.unit());
        return List.of(new Call<>(new ServiceStatus(), look));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return Observed.find(after, UnitStatus.class)
                .map(now -> BootState.proof(arguments, preview.find(UnitStatus.class), now))
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
