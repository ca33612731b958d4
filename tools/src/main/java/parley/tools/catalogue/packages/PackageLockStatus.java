package parley.tools.catalogue.packages;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.KeyValues;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.read.Secrets;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.Pid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whether a package manager is at work on a host, and which process holds its locks.
///
/// Source: the kernel's locks (`lslocks`), which end with their process; dnf's files with a process
/// id in them, which may outlive it and then count for nothing; `ps` for the processes (exit 1:
/// none of them is there any more); `systemctl show` for what works unattended. *Empty* means that
/// nobody holds a lock; where the kernel knows of locks on files that this login must not see, the
/// reading is partial. A lock file is never to be deleted: dpkg, rpm and dnf pass over those of
/// dead processes by themselves.
public final class PackageLockStatus
        implements Observation<PackageLockStatus.Arguments, ManagerLocks> {
    /// The unit that Parley's own transactions run in.
    static final String OURS = "parley-tx.service";

    private static final Pattern PROCESS =
            Pattern.compile(" *(\\d{1,7}) +(\\d{1,12}) +(\\S+) +(.*)");

    public record Arguments() {}

    @Override
    public Card card() {
        return Card.observe(
                "package.lock_status",
                "packages",
                Bilingual.of("Who holds the package manager's lock", "谁占用了包管理器的锁"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("is apt locked on web-1?", "web-1 的 apt 被锁了吗"),
                Bilingual.of("who holds the dpkg lock on lb-1", "lb-1 上谁占着 dpkg 锁"),
                Bilingual.of("is the package manager busy on db-1", "db-1 的包管理器是不是被占用"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return LockClaim.rootCommands();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> fixed = fixed(platform);
        if (fixed.isEmpty()) {
            return Unsupported.on(platform);
        }
        if (soFar.size() < fixed.size()) {
            return Next.run(fixed.get(soFar.size()));
        }
        try {
            String pids =
                    claims(platform, soFar, new ArrayList<>()).stream()
                            .flatMap(claim -> claim.pid().stream())
                            .map(Pid::value)
                            .collect(Collectors.toCollection(TreeSet::new))
                            .stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(","));
            return pids.isEmpty() || soFar.size() > fixed.size()
                    ? Next.done()
                    : Next.run(processes(pids));
        } catch (Unreadable leftToRead) {
            return Next.done();
        }
    }

    /// The commands before `ps`; none on a family that is not supported.
    private static List<Argv> fixed(Platform platform) {
        List<Argv> fixed =
                switch (platform.family()) {
                    case APT ->
                            new ArrayList<>(
                                    List.of(
                                            LockClaim.kernel(),
                                            units(
                                                    "apt-daily.service",
                                                    "apt-daily-upgrade.service",
                                                    "packagekit.service",
                                                    OURS)));
                    case DNF ->
                            new ArrayList<>(
                                    List.of(
                                            LockClaim.kernel(),
                                            units(
                                                    "dnf-automatic.service",
                                                    "dnf-automatic-install.service",
                                                    "dnf-makecache.service",
                                                    "packagekit.service",
                                                    OURS),
                                            LockClaim.files()));
                    case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> new ArrayList<>();
                };
        if (!platform.hasSystemd()) {
            fixed.removeIf(argv -> argv.program().equals("systemctl"));
        }
        return fixed;
    }

    private static Argv units(String... units) {
        return Argv.of(
                        "systemctl",
                        "show",
                        "--no-pager",
                        "-p",
                        "Id,LoadState,ActiveState,SubState,MainPID",
                        "--")
                .plus(units);
    }

    private static Argv processes(String pids) {
        return Argv.of(
                        "ps",
                        "-ww",
                        "-o",
                        "pid=",
                        "-o",
                        "etimes=",
                        "-o",
                        "unit:120=",
                        "-o",
                        "args=",
                        "-p",
                        pids)
                .alsoReadableWhenExit(1);
    }

    private static List<LockClaim> claims(
            Platform platform, List<Capture> captures, List<Bilingual> gaps) throws Unreadable {
        List<LockClaim> claims = new ArrayList<>(LockClaim.ofKernel(1, captures, gaps));
        if (platform.family() == Family.DNF) {
            claims.addAll(LockClaim.ofFiles(fixed(platform).size(), captures, gaps));
        }
        return claims;
    }

    /// A process, as `ps` says.
    private record Running(long ageS, Optional<HostText> unit, HostText command) {
        Running {
            requireNonNull(unit, "unit is null");
            requireNonNull(command, "command is null");
        }

        boolean isOurs() {
            return unit.filter(one -> one.value().equals(OURS)).isPresent();
        }
    }

    @Override
    public Reading<ManagerLocks> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        int fixed = fixed(platform).size();
        if (fixed == 0) {
            throw new Unreadable(Unsupported.on(platform).why());
        }
        List<Bilingual> gaps = new ArrayList<>();
        List<LockClaim> claims = claims(platform, captures, gaps);
        Map<Pid, Running> alive = captures.size() > fixed ? alive(fixed + 1, captures) : Map.of();
        List<ManagerLocks.Holder> holders = new ArrayList<>();
        List<ManagerLocks.Leftover> leftovers = new ArrayList<>();
        for (LockClaim claim : claims) {
            Optional<Running> process =
                    claim.pid().flatMap(pid -> Optional.ofNullable(alive.get(pid)));
            if (process.isPresent()) {
                holders.add(holder(claim, process.get()));
            } else if (!claim.byKernel()) {
                leftovers.add(claim.leftover());
            }
        }
        boolean busy = holders.stream().anyMatch(ManagerLocks.Holder::blocks);
        List<ManagerLocks.Service> services =
                platform.hasSystemd() ? services(2, captures) : List.of();
        ManagerLocks value = new ManagerLocks(busy, holders, leftovers, services);
        return Reading.of(value, value.isNothing(), gaps);
    }

    private static ManagerLocks.Holder holder(LockClaim claim, Running process) {
        return new ManagerLocks.Holder(
                new HostText(claim.lock()),
                claim.pid().orElseThrow(),
                process.command(),
                process.ageS(),
                process.unit(),
                process.isOurs(),
                claim.blocks(),
                claim.line());
    }

    private static Map<Pid, Running> alive(int number, List<Capture> captures) throws Unreadable {
        Map<Pid, Running> alive = new HashMap<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher row = line.match(PROCESS, "process, seconds, unit and command");
            String unit = row.group(3);
            alive.put(
                    line.pid(row.group(1)),
                    new Running(
                            line.whole(row.group(2)),
                            unit.equals("-") || unit.equals("?")
                                    ? Optional.empty()
                                    : Optional.of(new HostText(unit)),
                            new HostText(Secrets.mask(row.group(4)))));
        }
        return alive;
    }

    private static List<ManagerLocks.Service> services(int number, List<Capture> captures)
            throws Unreadable {
        List<ManagerLocks.Service> services = new ArrayList<>();
        for (KeyValues block : KeyValues.blocks(captures.get(number - 1).readable())) {
            String active = block.text("ActiveState");
            if (active.equals("inactive") || active.equals("failed")) {
                continue;
            }
            String unit = block.text("Id");
            int at = block.line("ActiveState");
            services.add(
                    new ManagerLocks.Service(
                            new HostText(unit),
                            new HostText(active + " (" + block.text("SubState") + ")"),
                            mainProcess(block),
                            unit.equals(OURS),
                            new Finding.Lines(number, at, at)));
        }
        return services;
    }

    private static Optional<Pid> mainProcess(KeyValues block) throws Unreadable {
        long pid = block.number("MainPID").orElse(0L);
        try {
            return pid > 0 ? Optional.of(new Pid(pid)) : Optional.empty();
        } catch (BadValue noProcess) {
            throw block.unreadable("MainPID", "a process id");
        }
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<ManagerLocks> reading) {
        return LockFindings.of(reading);
    }
}
