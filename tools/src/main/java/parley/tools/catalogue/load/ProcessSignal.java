package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

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
import parley.tools.catalogue.services.ServiceStatus;
import parley.tools.value.BadValue;
import parley.tools.value.Count;
import parley.tools.value.Pid;
import parley.tools.value.Ticks;
import parley.tools.value.UnitName;
import parley.tools.value.Whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends a signal to one process.
///
/// Commands: a `grep` of `/proc/PID/stat` that finds the start time that was approved, right before
/// `kill -s SIGNAL -- PID` as root; so a number that was given to another process meanwhile gets no
/// signal. After a signal that ends programs `tail --pid` waits until it is gone, at most `graceS`
/// (exit 124: it is still there). `grep` exits 1 for another start time and 2 when the process is
/// gone; `kill` exits 1 when it is gone or the kernel refused. That a signal was sent proves
/// nothing: the check looks at the process, and at the unit that it belongs to.
public final class ProcessSignal implements Change<ProcessSignal.Arguments, ProcessSignal.Sent> {
    private static final long DEFAULT_GRACE = 15;

    /// What is sent.
    public enum Signal {
        @JsonProperty("TERM")
        TERM,
        @JsonProperty("HUP")
        HUP,
        @JsonProperty("USR1")
        USR1,
        @JsonProperty("USR2")
        USR2,
        @JsonProperty("INT")
        INT,
        @JsonProperty("KILL")
        KILL;

        /// Whether it is sent to end a process; the others mean what the program makes of them.
        boolean ends() {
            return this == TERM || this == INT || this == KILL;
        }
    }

    public record Arguments(
            @Means(en = "the process", zh = "进程号") Pid pid,
            @Means(
                            en = "TERM (the default), HUP, USR1, USR2, INT or KILL",
                            zh = "TERM（默认）、HUP、USR1、USR2、INT 或 KILL")
                    Optional<Signal> signal,
            @Means(
                            en =
                                    "its start time in ticks as process.top and process.inspect"
                                            + " say it; another process is refused",
                            zh = "process.top 或 process.inspect 给出的启动刻度；不符则拒绝")
                    Optional<Ticks> startTicks,
            @Means(
                            en = "seconds to wait until it is gone, 5 to 60; default 15",
                            zh = "等待其结束的秒数，5 到 60，默认 15")
                    @Whole(least = 5, most = 60)
                    Optional<Count> graceS) {
        public Arguments {
            requireNonNull(signal, "signal is null");
            requireNonNull(startTicks, "startTicks is null");
            requireNonNull(graceS, "graceS is null");
            if (pid.value() < 2) {
                throw new BadValue(
                        Bilingual.of(
                                "process 1 is the host itself; to restart the host use"
                                        + " boot.reboot",
                                "1 号进程就是主机本身；要重启主机请用 boot.reboot"));
            }
        }

        Signal wanted() {
            return signal.orElse(Signal.TERM);
        }

        Duration grace() {
            return Duration.ofSeconds(graceS.map(Count::value).orElse(DEFAULT_GRACE));
        }
    }

    /// What was sent.
    ///
    /// @param gone whether the process was seen to end within the time given; empty for a signal
    ///   that does not ask it to
    public record Sent(
            @Means(en = "process", zh = "进程号") Pid pid,
            @Means(en = "signal", zh = "信号") Signal signal,
            @Means(en = "ended in time", zh = "按时结束") Optional<Boolean> gone) {
        public Sent {
            requireNonNull(gone, "gone is null");
        }
    }

    @Override
    public Card card() {
        return new Card(
                "process.signal",
                "load",
                Bilingual.of("Send a signal to a process", "向进程发送信号"),
                Risk.DISRUPTIVE,
                Risk.DESTRUCTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("kill pid 4312 on batch-1", "杀掉 batch-1 上的进程 4312"),
                        Bilingual.of(
                                "send SIGHUP to process 1402 on lb-1", "给 lb-1 的 1402 进程发个 HUP 信号"),
                        Bilingual.of("kill -9 2210 on web-1", "强杀 web-1 的 2210 进程")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(
                        "kill -s {{TERM||HUP||USR1||USR2||INT||KILL}} --"
                                + " <~([2-9]|[1-9][0-9]{1,6})>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Call<?> look(Arguments arguments) {
        return new Call<>(new ProcessState(), new ProcessState.Arguments(arguments.pid()));
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(look(arguments));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return SignalImpact.of(arguments, preview.find(ProcessState.Found.class));
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        Optional<Long> start =
                preview.find(ProcessState.Found.class)
                        .flatMap(ProcessState.Found::process)
                        .map(ProcessTop.RunningProcess::startTicks);
        if (start.isEmpty()) {
            return List.of();
        }
        String pid = arguments.pid().toString();
        List<Argv> commands = new ArrayList<>(List.of(isStill(pid, start.get())));
        commands.add(Argv.of("kill", "-s", arguments.wanted().name(), "--", pid).asRoot());
        if (arguments.wanted().ends()) {
            commands.add(
                    Argv.of("tail", "-f", "--pid=" + pid, "--", "/dev/null")
                            .within(arguments.grace())
                            .alsoReadableWhenExit(124, 137));
        }
        return commands;
    }

    /// Succeeds only for the process that started then.
    private static Argv isStill(String pid, long start) {
        String begin = "^" + pid + " \\(.*\\) [A-Za-z] ([-0-9]+ ){18}" + start + " ";
        return Argv.of("grep", "-z", "-q", "-E", "-e", begin, "--", "/proc/" + pid + "/stat");
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return SignalImpact.undo(preview.find(ProcessState.Found.class));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        List<Call<?>> checks = new ArrayList<>();
        SignalImpact.service(preview.find(ProcessState.Found.class))
                .map(unit ->
                        new Call<>(
                                new ServiceStatus(),
                                new ServiceStatus.Arguments(
                                        new UnitName(unit), Optional.empty(), Optional.empty())))
                .ifPresent(checks::add);
        checks.add(look(arguments));
        return checks;
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return SignalProof.of(arguments, preview, after);
    }

    @Override
    public Reading<Sent> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Capture guard = captures.getFirst();
        if (guard.exit() == 1 || guard.exit() == 2) {
            throw new Unreadable(
                    Bilingual.of(
                            "no signal was sent: process "
                                    + arguments.pid()
                                    + " ended meanwhile"
                                    + (guard.exit() == 1
                                            ? ", and its number belongs to another one now"
                                            : ""),
                            "没有发送信号：进程 "
                                    + arguments.pid()
                                    + " 已结束"
                                    + (guard.exit() == 1 ? "，该进程号现属于另一个进程" : "")));
        }
        guard.silent();
        captures.get(1).silent();
        Optional<Boolean> gone =
                captures.size() < 3 ? Optional.empty() : Optional.of(gone(captures.get(2)));
        return Reading.ok(new Sent(arguments.pid(), arguments.wanted(), gone));
    }

    /// The wait was ended when the time was over.
    private static boolean gone(Capture wait) throws Unreadable {
        return wait.exit() != 124 && wait.exit() != 137 && wait.silent().exit() == 0;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Sent> reading) {
        String what = "SIG" + arguments.wanted() + " → " + arguments.pid();
        return List.of(Finding.of(Severity.NOTICE, "the kernel took " + what, "内核已接受 " + what));
    }
}
