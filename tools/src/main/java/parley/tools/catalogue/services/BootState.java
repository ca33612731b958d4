package parley.tools.catalogue.services;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Impact;
import parley.tools.Change.Proof;
import parley.tools.Preview;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.services.ServiceSetBoot.Arguments;
import parley.tools.catalogue.services.ServiceSetBoot.State;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a unit is at boot, by systemd's word for its file: what a change of it means, whether it
/// took, and the way back.
final class BootState {
    private BootState() {}

    private static String word(UnitStatus status) {
        return status.enabled()
                .map(HostText::value)
                .orElse(status.load() == UnitLoad.MASKED ? "masked" : "unknown");
    }

    private static boolean isMasked(UnitStatus status) {
        return status.load() == UnitLoad.MASKED || word(status).startsWith("masked");
    }

    /// Whether the file is as it shall be, whatever the unit does now.
    private static boolean isFileSo(State state, UnitStatus status) {
        return switch (state) {
            case ENABLED -> word(status).equals("enabled");
            case DISABLED -> List.of("disabled", "indirect").contains(word(status));
            case MASKED -> word(status).equals("masked");
            case UNMASKED -> !isMasked(status);
        };
    }

    static boolean isSo(Arguments arguments, UnitStatus status) {
        boolean running = status.active() == UnitActive.ACTIVE;
        boolean down = !status.active().isUp() && status.active() != UnitActive.DEACTIVATING;
        boolean nowSo = !arguments.isNow() || (arguments.state().stops() ? down : running);
        return isFileSo(arguments.state(), status) && nowSo;
    }

    static Bilingual says(UnitStatus status) {
        String state = status.active().word() + " (" + status.sub() + ")";
        return Bilingual.of(
                "{0} is {1} at boot and now {2}",
                "{0} 的开机状态为 {1}，当前为 {2}", status.unit(), word(status), state);
    }

    static Impact impact(Arguments arguments, Risk risk, Preview preview) {
        String asked = arguments.unit().full();
        Optional<UnitStatus> read = preview.find(UnitStatus.class);
        if (read.isEmpty()) {
            return UnitImpact.unread(asked, risk);
        }
        UnitStatus status = read.get();
        Optional<ServiceDeps.Deps> deps = preview.find(ServiceDeps.Deps.class);
        String name = UnitImpact.name(arguments.unit(), preview);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        UnitRefusal.of(name).ifPresent(obstacles::add);
        obstacle(arguments, asked, status).ifPresent(obstacles::add);
        if (status.exists()) {
            lines.add(says(status));
            if (arguments.stopsNow()) {
                UnitImpact.hit(deps, lines);
            } else if (arguments.state() == State.MASKED && status.active().isUp()) {
                lines.add(
                        Bilingual.of(
                                "it goes on running until it is stopped; after that nothing can"
                                        + " start it",
                                "它会继续运行直到被停止；之后任何方式都无法启动它"));
            }
        }
        Set<String> alsoHit = arguments.stopsNow() ? UnitImpact.alsoHit(deps) : Set.of();
        return new Impact(risk, Set.of(name), alsoHit, Set.of(), lines, obstacles);
    }

    private static Optional<Bilingual> obstacle(
            Arguments arguments, String asked, UnitStatus status) {
        if (!status.exists()) {
            return UnitImpact.unusable(asked, status);
        }
        if (arguments.state().stops() && arguments.isNow() && status.refusesStop()) {
            return Optional.of(
                    Bilingual.of(
                            status.unit() + " refuses to be stopped by hand (RefuseManualStop)",
                            status.unit() + " 拒绝手动停止（RefuseManualStop）"));
        }
        return switch (arguments.state()) {
            case ENABLED -> UnitImpact.unusable(asked, status).or(() -> notInstallable(status));
            case DISABLED -> isMasked(status) ? Optional.empty() : notInstallable(status);
            case MASKED -> ownFile(status);
            case UNMASKED -> Optional.empty();
        };
    }

    /// Units without an `[Install]` section: `enable` does nothing for them and says 0.
    private static Optional<Bilingual> notInstallable(UnitStatus status) {
        String word = word(status);
        if (!List.of("static", "generated", "transient", "alias").contains(word)) {
            return Optional.empty();
        }
        return Optional.of(
                Bilingual.of(
                        "{0} is {1}: it cannot be enabled or disabled, others start it; to keep it"
                                + " from starting, mask it",
                        "{0} 为 {1}：无法启用或禁用，由其他单元启动；若要禁止启动，请屏蔽（masked）", status.unit(), word));
    }

    /// A mask is a link in the place where this file stands.
    private static Optional<Bilingual> ownFile(UnitStatus status) {
        boolean inTheWay =
                status.files().stream()
                        .map(HostText::value)
                        .anyMatch(file -> file.equals("/etc/systemd/system/" + status.unit()));
        return inTheWay && !isMasked(status)
                ? Optional.of(
                        Bilingual.of(
                                "{0} is defined in /etc/systemd/system, where the mask would have"
                                        + " to stand: disable it instead",
                                "{0} 的定义位于 /etc/systemd/system，无法屏蔽；请改为禁用（disabled）",
                                status.unit()))
                : Optional.empty();
    }

    static Undo undo(Arguments arguments, Preview preview) {
        Optional<UnitStatus> before = preview.find(UnitStatus.class);
        if (before.isEmpty()) {
            return Undo.byHand(Bilingual.of("set it back to what it was before", "恢复为之前的状态"));
        }
        UnitStatus status = before.get();
        State back = back(arguments.state(), status);
        boolean running = status.active().isUp();
        // Taking back a stop starts it again, and the other way round.
        Optional<Boolean> now =
                arguments.isNow() && running == arguments.state().stops() && back != State.UNMASKED
                        ? Optional.of(true)
                        : Optional.empty();
        String unit = arguments.unit().full();
        String startToo =
                arguments.stopsNow() && running && now.isEmpty()
                        ? "; then start it: service.start"
                        : "";
        return Undo.by(
                new Call<>(new ServiceSetBoot(), new Arguments(arguments.unit(), back, now)),
                Bilingual.of(
                        back.verb() + " " + unit + " again" + startToo,
                        "再次对 "
                                + unit
                                + " 执行 "
                                + back.verb()
                                + (startToo.isEmpty() ? "" : "；然后用 service.start 启动")));
    }

    private static State back(State done, UnitStatus before) {
        return switch (done) {
            case ENABLED -> State.DISABLED;
            case DISABLED -> isMasked(before) ? State.MASKED : State.ENABLED;
            case MASKED -> State.UNMASKED;
            case UNMASKED -> State.MASKED;
        };
    }

    static Proof proof(Arguments arguments, Optional<UnitStatus> before, UnitStatus after) {
        if (!isFileSo(arguments.state(), after)) {
            return UnitProof.failed(
                    after,
                    "is " + word(after) + " at boot, not " + word(arguments.state()),
                    "的开机状态为 " + word(after) + "，而不是 " + word(arguments.state()));
        }
        if (arguments.stopsNow()) {
            Proof stopped = StopProof.of(after, Optional.empty());
            return stopped.succeeded() ? with(stopped, after) : stopped;
        }
        if (arguments.isNow()) {
            Proof started = StartProof.of(before, after);
            return started.succeeded() ? with(started, after) : started;
        }
        return new Proof(true, says(after));
    }

    private static Proof with(Proof proof, UnitStatus after) {
        return new Proof(
                true,
                Bilingual.of(
                        "{0}; at boot it is {1}", "{0}；开机状态为 {1}", proof.statement(), word(after)));
    }

    private static String word(State state) {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }
}
