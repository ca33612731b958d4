package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.load.ProcessTop.RunningProcess;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;
import parley.tools.value.Percent;
import parley.tools.value.Pid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One process in depth.
///
/// Source: `ps`, two looks at `/proc/PID/stat` one second apart, the files of `/proc/PID`, its open
/// files, its listening sockets, and who owns its program (`dpkg-query -S`, `rpm -qf`). Its
/// environment is never read: it holds secrets. Amounts are bytes. Without root the process of
/// another user is read in part, and the reading says what was closed. A process that is not there
/// (any more) is an error, never an empty reading.
public final class ProcessInspect implements Observation<ProcessInspect.Arguments, Inspection> {
    private static final String GONE = " (deleted)";
    private static final int MOST_DELETED = 20;
    private static final Pattern OPEN = Pattern.compile("(\\d+)\\t(.*)", Pattern.DOTALL);
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)\\]");
    private static final Pattern DEBIAN = Pattern.compile("([a-z0-9][a-z0-9+.:, -]+): /.*");
    private static final Pattern RPM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._~^-]{0,250}");

    /// What to look at beside the process itself.
    public enum Part {
        LIMITS,
        FDS,
        CGROUP,
        STACK
    }

    public record Arguments(
            @Means(en = "the process", zh = "进程号") Pid pid,
            @Means(en = "only these parts; default all of them", zh = "只看这些部分；默认全部")
                    Optional<List<Part>> include) {
        public Arguments {
            requireNonNull(pid, "pid is null");
            include = include.map(List::copyOf);
        }

        public static Arguments of(Pid pid) {
            return new Arguments(pid, Optional.empty());
        }

        boolean wants(Part part) {
            return include.map(parts -> parts.contains(part)).orElse(true);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "process.inspect",
                "load",
                Bilingual.of("One process in depth", "单个进程的详情"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("inspect process 1234 on web-1", "查看 web-1 上进程 1234 的详情"),
                Bilingual.of("what is pid 812 on db-1 doing", "db-1 上 pid 812 在干什么"),
                Bilingual.of("details of process 977 on web-2", "web-2 的进程 977 详细信息"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                ProcessFiles.rootCommand(),
                RootCommand.of("readlink -v -- /proc/<number>/exe"),
                RootCommand.of("find /proc/<number>/fd -mindepth 1 -printf %f\\t%l\\0"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> known = commands(arguments, platform, soFar);
        if (soFar.size() < known.size()) {
            return Next.run(known.get(soFar.size()));
        }
        boolean gone = soFar.getFirst().stdout().isBlank();
        return gone || soFar.size() > known.size()
                ? Next.done()
                : new Next.Run(stat(arguments), Duration.ofSeconds(1));
    }

    /// All but the last, which is the first look once more.
    private static List<Argv> commands(
            Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> commands = new ArrayList<>(List.of(Details.ps(List.of(arguments.pid()))));
        if (!soFar.isEmpty() && soFar.getFirst().stdout().isBlank()) {
            return commands;
        }
        commands.add(stat(arguments));
        commands.add(ProcessFiles.command(arguments.pid()));
        commands.add(exe(arguments));
        if (arguments.wants(Part.FDS)) {
            commands.add(openFiles(arguments));
            commands.add(ListeningSockets.command(arguments.pid()));
        }
        Optional<Capture> exe = Captures.find(soFar, exe(arguments));
        exe.flatMap(ProcessInspect::path)
                .flatMap(path -> owner(platform, path))
                .ifPresent(commands::add);
        return commands;
    }

    private static Argv stat(Arguments arguments) {
        return Details.stat(List.of(arguments.pid()));
    }

    /// It exits 1 for a kernel thread, and where it is closed to the user.
    private static Argv exe(Arguments arguments) {
        return Argv.of("readlink", "-v", "--", "/proc/" + arguments.pid() + "/exe")
                .betterAsRoot()
                .alsoReadableWhenExit(1);
    }

    private static Argv openFiles(Arguments arguments) {
        return Argv.of(
                        "find",
                        "/proc/" + arguments.pid() + "/fd",
                        "-mindepth",
                        "1",
                        "-printf",
                        "%f\\t%l\\0")
                .betterAsRoot()
                .keeping(2L * 1024 * 1024)
                .alsoReadableWhenExit(1);
    }

    /// The program's file, with what the kernel adds when it is gone.
    private static Optional<String> path(Capture exe) {
        List<String> lines = exe.lines();
        return lines.size() == 1 && lines.getFirst().startsWith("/")
                ? Optional.of(lines.getFirst())
                : Optional.empty();
    }

    /// A program that was replaced belongs to whoever owns its successor.
    private static Optional<Argv> owner(Platform platform, String path) {
        String file = path.endsWith(GONE) ? path.substring(0, path.length() - GONE.length()) : path;
        return switch (platform.family()) {
            // dpkg may know a file of /usr/bin as one of /bin
            case APT ->
                    Optional.of(
                            file.startsWith("/usr/")
                                    ? Argv.of("dpkg-query", "-S", "--", file, file.substring(4))
                                            .alsoReadableWhenExit(1)
                                    : Argv.of("dpkg-query", "-S", "--", file)
                                            .alsoReadableWhenExit(1));
            case DNF, DNF5, YUM3, ZYPPER ->
                    Optional.of(
                            Argv.of("rpm", "-qf", "--qf", "%{NAME}\\n", "--", file)
                                    .alsoReadableWhenExit(1));
            case APK, UNKNOWN -> Optional.empty();
        };
    }

    @Override
    public Reading<Inspection> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        // ps may say that it is not there; the rest is asked after it only
        boolean absent = captures.size() < 3 || Lines.of(1, captures).isEmpty();
        ProcessFiles files =
                absent ? new ProcessFiles(Map.of(), List.of()) : ProcessFiles.read(3, captures);
        Details details = Details.read(1, absent ? captures : looks(captures));
        Optional<RunningProcess> process =
                absent || !files.present()
                        ? Optional.empty()
                        : details.process(Ranking.Score.of(arguments.pid(), ""));
        if (process.isEmpty()) {
            throw new Unreadable(
                    Bilingual.of(
                            "there is no process {0} on this host (any more)",
                            "该主机上没有进程 {0}（或已结束）", arguments.pid()));
        }
        List<Bilingual> gaps = new ArrayList<>();
        files.gap().ifPresent(gaps::add);
        return Reading.of(
                inspection(arguments, platform, captures, files, process.get(), gaps), gaps);
    }

    /// The captures that [Details] reads: `ps`, and the first and the last look.
    private static List<Capture> looks(List<Capture> captures) {
        return captures.size() < 2
                ? captures
                : List.of(captures.get(0), captures.get(1), captures.getLast());
    }

    private static Inspection inspection(
            Arguments arguments,
            Platform platform,
            List<Capture> captures,
            ProcessFiles files,
            RunningProcess process,
            List<Bilingual> gaps)
            throws Unreadable {
        Capture exe = Captures.need(captures, exe(arguments)).readable();
        Optional<String> path = path(exe);
        boolean kernel =
                files.kibibytes("status", "VmSize").isEmpty() && !process.state().equals("Z");
        if (path.isEmpty() && !kernel && exe.stderr().contains("Permission denied")) {
            gaps.add(Bilingual.of("its program's file is closed to this user", "当前用户无权查看其程序文件"));
        }
        OpenFiles open = OpenFiles.read(arguments, captures, gaps);
        Optional<Long> limit =
                arguments.wants(Part.LIMITS) ? files.openFilesLimit() : Optional.empty();
        int sockets = Captures.number(captures, ListeningSockets.command(arguments.pid()));
        Optional<String> file =
                path.map(one ->
                        one.endsWith(GONE) ? one.substring(0, one.length() - GONE.length()) : one);
        return new Inspection(
                process,
                file.map(HostText::new),
                path.filter(one -> one.endsWith(GONE)).isPresent(),
                owner(platform, path, captures),
                files.pid("PPid"),
                arguments.wants(Part.CGROUP) ? files.cgroup() : Optional.empty(),
                files.kibibytes("status", "VmHWM"),
                files.kibibytes("smaps_rollup", "Pss"),
                files.kibibytes("status", "VmSwap"),
                open.count(),
                limit,
                open.count().isPresent() && limit.isPresent()
                        ? Optional.of(Percent.of(open.count().get(), limit.get()))
                        : Optional.empty(),
                files.number("oom_score", ""),
                files.number("oom_score_adj", ""),
                files.number("io", "read_bytes").map(Bytes::new),
                files.number("io", "write_bytes").map(Bytes::new),
                sockets == 0 ? List.of() : ListeningSockets.read(sockets, captures, open.sockets()),
                open.deleted(),
                arguments.wants(Part.LIMITS) ? files.limits() : List.of(),
                arguments.wants(Part.STACK) ? files.stack() : List.of(),
                kernel,
                files.ownSession(),
                files.stackAt());
    }

    private static Optional<HostText> owner(
            Platform platform, Optional<String> path, List<Capture> captures) throws Unreadable {
        Optional<Argv> command = path.flatMap(one -> owner(platform, one));
        if (command.isEmpty()) {
            return Optional.empty();
        }
        Capture capture = Captures.need(captures, command.get()).readable();
        for (String line : capture.lines()) {
            Matcher debian = DEBIAN.matcher(line);
            if (debian.matches()) {
                return Optional.of(new HostText(debian.group(1).replaceAll(":[a-z0-9]+", "")));
            }
            if (capture.exit() == 0 && RPM.matcher(line).matches()) {
                return Optional.of(new HostText(line));
            }
        }
        return Optional.empty();
    }

    /// What it has open.
    private record OpenFiles(Optional<Long> count, Set<String> sockets, List<HostText> deleted) {
        static OpenFiles read(Arguments arguments, List<Capture> captures, List<Bilingual> gaps)
                throws Unreadable {
            int number = Captures.number(captures, openFiles(arguments));
            if (number == 0) {
                return new OpenFiles(Optional.empty(), Set.of(), List.of());
            }
            Capture capture = captures.get(number - 1);
            List<Line> rows = Lines.rows(number, captures);
            if (rows.isEmpty() && capture.stderr().contains("Permission denied")) {
                gaps.add(
                        Bilingual.of(
                                "its open files are closed to this user; root sees them",
                                "当前用户无权查看其打开的文件；需要 root"));
                return new OpenFiles(Optional.empty(), Set.of(), List.of());
            }
            Set<String> sockets = new HashSet<>();
            List<HostText> deleted = new ArrayList<>();
            for (Line row : rows) {
                String target = row.match(OPEN, "number, file").group(2);
                Matcher socket = SOCKET.matcher(target);
                if (socket.matches()) {
                    sockets.add(socket.group(1));
                } else if (target.endsWith(GONE) && deleted.size() < MOST_DELETED) {
                    deleted.add(new HostText(target.substring(0, target.length() - GONE.length())));
                }
            }
            return new OpenFiles(Optional.of((long) rows.size()), sockets, deleted);
        }
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Inspection> reading) {
        return InspectFindings.of(reading.value());
    }
}
