package parley.tools.catalogue.network;

import static java.util.Objects.requireNonNull;

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
import parley.tools.catalogue.network.TimeStatus.Clock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Brings a clock right now instead of slowly: chronyd asks its sources at once, and with `step`
/// sets the clock to what they say.
///
/// Commands, as root: `chronyc burst 4/4` or `chronyc makestep`, then `chronyc waitsync`, which
/// waits up to half a minute until the clock is within 0.1 s (exit 1: it is not). `200 OK` means
/// that chronyd took the command, not that the clock is right: the check reads it. Refused where no
/// chronyd runs or none of its sources answers: there is nothing to set the clock to.
public final class TimeSync implements Change<TimeSync.Arguments, TimeSync.Asked> {
    private static final double LARGE_STEP_MS = 1000;
    private static final double RIGHT_MS = 100;

    /// How.
    public enum Mode {
        /// Measure at once; the clock is then moved slowly, without a jump.
        BURST,
        /// Jump.
        STEP
    }

    public record Arguments(
            @Means(
                            en =
                                    "burst: measure now and move slowly (default); step: jump to"
                                            + " the right time",
                            zh = "burst：立即测量并缓慢校正（默认）；step：直接跳到正确时间")
                    Optional<Mode> mode) {
        public Arguments {
            requireNonNull(mode, "mode is null");
        }

        Mode wanted() {
            return mode.orElse(Mode.BURST);
        }
    }

    /// What chronyd took.
    ///
    /// @param replies what it said to each command
    /// @param settled whether the clock was within 0.1 s when it was waited for
    public record Asked(
            @Means(en = "replies", zh = "应答") List<HostText> replies,
            @Means(en = "settled", zh = "已稳定") boolean settled) {
        public Asked {
            replies = List.copyOf(replies);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "time.sync",
                "network",
                Bilingual.of("Bring the clock right now", "立即校准时间"),
                Risk.CHANGE,
                Risk.DISRUPTIVE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("sync the clock on web-1", "web-1 的时钟校准一下"),
                        Bilingual.of("resync ntp on db-1", "强制同步 db-1 的时间"),
                        Bilingual.of("synchronise the clock of batch-1", "校准 batch-1 的时钟")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Call<?> look() {
        return new Call<>(new TimeStatus(), new TimeStatus.Arguments());
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(look());
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        Optional<Clock> clock = preview.find(Clock.class);
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        if (clock.isEmpty()) {
            obstacles.add(Bilingual.of("the clock's state could not be read", "读不到时钟状态"));
        } else {
            obstacle(clock.get()).ifPresent(obstacles::add);
            lines.add(size(arguments, clock.get()));
            if (jumps(arguments, clock.get())) {
                lines.add(
                        Bilingual.of(
                                "a jump hits what counts time: timers, logs, TLS, Kerberos,"
                                        + " databases and clusters",
                                "时间跳变会影响依赖时间的程序：定时器、日志、TLS、Kerberos、数据库与集群"));
            }
        }
        return new Impact(
                clock.filter(one -> jumps(arguments, one)).isPresent()
                        ? Risk.DISRUPTIVE
                        : Risk.CHANGE,
                Set.of("chrony"),
                Set.of(),
                Set.of(),
                lines,
                obstacles);
    }

    private static boolean jumps(Arguments arguments, Clock clock) {
        return arguments.wanted() == Mode.STEP
                && clock.offsetMs().filter(ms -> Math.abs(ms) < LARGE_STEP_MS).isEmpty();
    }

    private static Optional<Bilingual> obstacle(Clock clock) {
        if (clock.offsetMs().isEmpty()) {
            return Optional.of(
                    Bilingual.of(
                            "no chronyd answers on this host, and only chronyd can be told to do"
                                    + " this; time.status says what runs instead",
                            "该主机上没有 chronyd 应答，而此操作只支持 chronyd；用 time.status 可看运行的是什么"));
        }
        return clock.reachableSources() == 0
                ? Optional.of(
                        Bilingual.of(
                                "none of its time sources answers, so there is nothing to set the"
                                        + " clock to; look at net.probe and dns.check",
                                "没有任何时间源应答，无从校准；请用 net.probe 与 dns.check 查看"))
                : Optional.empty();
    }

    private static Bilingual size(Arguments arguments, Clock clock) {
        double offset = clock.offsetMs().orElse(0.0);
        String ms = Milliseconds.spoken(Math.abs(offset));
        boolean ahead = offset > 0;
        return switch (arguments.wanted()) {
            case STEP ->
                    Bilingual.of(
                            "the clock jumps " + ms + (ahead ? " back" : " forward"),
                            "时钟将" + (ahead ? "回拨 " : "前拨 ") + ms);
            case BURST ->
                    Bilingual.of(
                            "the clock is "
                                    + ms
                                    + (ahead ? " ahead" : " behind")
                                    + " and is moved slowly, without a jump",
                            "时钟" + (ahead ? "快 " : "慢 ") + ms + "，将缓慢校正，不会跳变");
        };
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("chronyc burst 4/4"),
                RootCommand.of("chronyc makestep"),
                RootCommand.of("chronyc waitsync 6 0.1 0 5"));
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        Argv act =
                switch (arguments.wanted()) {
                    case BURST -> Argv.of("chronyc", "burst", "4/4");
                    case STEP -> Argv.of("chronyc", "makestep");
                };
        return List.of(
                act.asRoot(),
                Argv.of("chronyc", "waitsync", "6", "0.1", "0", "5")
                        .asRoot()
                        .within(Duration.ofSeconds(40))
                        .alsoReadableWhenExit(1));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return Undo.impossible(
                Bilingual.of("a clock is not set back to a wrong time", "时钟不会被改回错误的时间"));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look());
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        Optional<Clock> now = Observed.find(after, Clock.class);
        if (now.isEmpty() || now.get().offsetMs().isEmpty()) {
            return new Proof(
                    false,
                    Bilingual.of(
                            "chronyd could not be asked what became of it", "无法向 chronyd 查询结果"));
        }
        double offset = Math.abs(now.get().offsetMs().get());
        String ms = Milliseconds.spoken(offset);
        if (!now.get().synced()) {
            return new Proof(
                    false,
                    Bilingual.of(
                            "the clock follows no source yet ({0} off)",
                            "时钟尚未跟随任何时间源（偏差 {0}）", ms));
        }
        double before =
                preview.find(Clock.class)
                        .flatMap(Clock::offsetMs)
                        .map(Math::abs)
                        .orElse(Double.MAX_VALUE);
        boolean slowly = arguments.wanted() == Mode.BURST && offset <= before;
        return new Proof(
                offset <= RIGHT_MS || slowly,
                Bilingual.of("the clock follows a source and is {0} off", "时钟已跟随时间源，偏差 {0}", ms));
    }

    @Override
    public Reading<Asked> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<HostText> replies = new ArrayList<>();
        Capture order = captures.getFirst();
        if (order.exit() == 1 && !order.missing() && !order.stdout().isBlank()) {
            String said = order.lines().getFirst();
            throw new Unreadable(Bilingual.of("chronyd refused: " + said, "chronyd 拒绝：" + said));
        }
        for (Line line : Lines.of(1, captures)) {
            if (!line.text().equals("200 OK")) {
                throw new Unreadable(
                        Bilingual.of(
                                "chronyd refused: " + line.text(), "chronyd 拒绝：" + line.text()));
            }
            replies.add(new HostText(line.text()));
        }
        if (replies.isEmpty()) {
            throw Unreadable.line(captures.getFirst().argv(), 1, "200 OK", "nothing");
        }
        return Reading.ok(
                new Asked(replies, captures.size() > 1 && captures.get(1).readable().exit() == 0));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Asked> reading) {
        return List.of(
                Finding.of(Severity.NOTICE, "chronyd took the command", "chronyd 已接受命令").at(1, 1));
    }
}
