package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

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
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.read.Captures;
import parley.tools.read.KeyValues;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a process is there, whose it is, and which unit would start it again.
///
/// Source: `ps`, `/proc/PID/stat` (for the start time that tells it from a later process with the
/// same number), `/proc/PID/status`, and `systemctl show` of the unit that it belongs to. *Empty*
/// means that no process has this number: `ps` exits 1 then. It needs no root.
public final class ProcessState implements Observation<ProcessState.Arguments, ProcessState.Found> {
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@:._\\\\-]{0,250}");

    public record Arguments(@Means(en = "the process", zh = "进程号") Pid pid) {
        public Arguments {
            requireNonNull(pid, "pid is null");
        }
    }

    /// The unit that a process belongs to.
    ///
    /// @param main whether it is the unit's main process
    /// @param restart systemd's `Restart=`: `no`, `on-failure`, `always` …
    /// @param reloads whether the unit can reload its configuration
    public record Owner(
            @Means(en = "unit", zh = "单元") HostText unit,
            @Means(en = "main process", zh = "主进程") boolean main,
            @Means(en = "restarted", zh = "自动重启") HostText restart,
            @Means(en = "can reload", zh = "可重新加载") boolean reloads,
            @Means(en = "state", zh = "状态") HostText active) {
        public Owner {
            requireNonNull(unit, "unit is null");
            requireNonNull(restart, "restart is null");
            requireNonNull(active, "active is null");
        }

        /// Whether systemd starts it again however it ends.
        boolean restartsAlways() {
            return restart.value().equals("always");
        }

        boolean restartsNever() {
            return restart.value().equals("no");
        }
    }

    /// @param process empty when no process has this number
    /// @param parent the process that started it, or adopted it
    /// @param kernelThread whether it is part of the kernel, so that no signal reaches it
    /// @param ownSession whether it belongs to the session that asked
    /// @param owner empty when it belongs to no unit, or systemd was not asked
    public record Found(
            @Means(en = "process", zh = "进程") Optional<RunningProcess> process,
            @Means(en = "parent", zh = "父进程") Optional<Pid> parent,
            @Means(en = "kernel thread", zh = "内核线程") boolean kernelThread,
            @Means(en = "own session", zh = "本会话") boolean ownSession,
            @Means(en = "unit", zh = "所属单元") Optional<Owner> owner) {
        public Found {
            requireNonNull(process, "process is null");
            requireNonNull(parent, "parent is null");
            requireNonNull(owner, "owner is null");
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "process.state",
                "load",
                Bilingual.of("Whether a process runs, and what owns it", "进程是否存在及其归属"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("is process 1234 still running on web-1", "web-1 上进程 1234 还在运行吗"),
                Bilingual.of("is pid 812 alive on db-1", "db-1 上 pid 812 还活着吗"),
                Bilingual.of("is process 977 running on web-2", "web-2 的进程 977 还在跑吗"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> commands = new ArrayList<>(List.of(Details.ps(List.of(arguments.pid()))));
        boolean gone = !soFar.isEmpty() && soFar.getFirst().stdout().isBlank();
        if (!gone) {
            commands.add(Details.stat(List.of(arguments.pid())));
            commands.add(ProcessFiles.ownership(arguments.pid()));
        }
        if (soFar.size() >= 2 && platform.hasSystemd()) {
            unit(arguments, soFar).map(ProcessState::show).ifPresent(commands::add);
        }
        return Next.sequence(soFar, commands.toArray(Argv[]::new));
    }

    /// The unit that `ps` names, where its name is one that can be asked about.
    private static Optional<String> unit(Arguments arguments, List<Capture> captures) {
        try {
            return process(arguments, captures)
                    .flatMap(RunningProcess::unit)
                    .map(HostText::value)
                    .filter(name -> UNIT.matcher(name).matches() && !name.startsWith("-"));
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Optional.empty();
        }
    }

    private static Argv show(String unit) {
        return Argv.of(
                "systemctl",
                "--no-ask-password",
                "--no-pager",
                "show",
                "--property=Id,MainPID,Restart,CanReload,ActiveState",
                "--",
                unit);
    }

    private static Optional<RunningProcess> process(Arguments arguments, List<Capture> captures)
            throws Unreadable {
        if (Lines.of(1, captures).isEmpty()) {
            return Optional.empty();
        }
        Captures.need(captures, Details.stat(List.of(arguments.pid())));
        return Details.read(1, captures.subList(0, 2))
                .process(Ranking.Score.of(arguments.pid(), ""));
    }

    @Override
    public Reading<Found> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Optional<RunningProcess> process = process(arguments, captures);
        ProcessFiles files =
                process.isEmpty()
                        ? new ProcessFiles(Map.of(), List.of())
                        : ProcessFiles.read(3, captures);
        if (process.isEmpty() || !files.present()) {
            return Reading.of(
                    new Found(Optional.empty(), Optional.empty(), false, false, Optional.empty()),
                    true,
                    List.of());
        }
        boolean zombie = process.get().state().equals("Z");
        Optional<Argv> show = unit(arguments, captures).map(ProcessState::show);
        return Reading.ok(
                new Found(
                        process,
                        files.pid("PPid"),
                        files.kibibytes("status", "VmSize").isEmpty() && !zombie,
                        files.ownSession(),
                        show.isPresent() && Captures.find(captures, show.get()).isPresent()
                                ? Optional.of(owner(arguments, captures, show.get()))
                                : Optional.empty()));
    }

    private static Owner owner(Arguments arguments, List<Capture> captures, Argv show)
            throws Unreadable {
        KeyValues unit = KeyValues.only(Captures.need(captures, show).readable());
        return new Owner(
                new HostText(unit.text("Id")),
                unit.find("MainPID").orElse("0").equals(arguments.pid().toString()),
                // a scope, such as a login session, has no such setting: nothing starts it again
                new HostText(unit.find("Restart").orElse("no")),
                unit.yes("CanReload"),
                new HostText(unit.text("ActiveState")));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Found> reading) {
        Found found = reading.value();
        if (found.process().isEmpty()) {
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            "there is no process " + arguments.pid(),
                            "没有进程 " + arguments.pid()));
        }
        RunningProcess process = found.process().get();
        Bilingual whose = ProcessWords.whose(found);
        return List.of(
                Finding.of(
                                process.state().equals("Z") || process.state().equals("D")
                                        ? Severity.WARNING
                                        : Severity.NOTICE,
                                "process "
                                        + arguments.pid()
                                        + " is there: "
                                        + whose.en()
                                        + ProcessWords.state(process).map(Bilingual::en).orElse(""),
                                "进程 "
                                        + arguments.pid()
                                        + " 存在："
                                        + whose.zh()
                                        + ProcessWords.state(process).map(Bilingual::zh).orElse(""))
                        .at(1, 1));
    }
}
