package parley.tools.catalogue.kernel;

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
import parley.tools.catalogue.packages.Unsupported;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.SysctlKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The running kernel: its version, how it was started, what it has been through, its modules and
/// parameters; and which kernel the next boot takes.
///
/// Source: `uname -r`, `/proc/cmdline`, `/proc/sys/kernel/tainted`, `/proc/modules`,
/// `/sys/kernel/livepatch`; the package database; `grubby --default-kernel`, or where `/vmlinuz`
/// leads on Debian and its kin; `sysctl -e` for the parameters asked for and the files that set
/// them. Never empty.
public final class KernelInfo implements Observation<KernelInfo.Arguments, KernelFacts> {
    private static final int MOST_KEYS = 20;
    private static final Argv COMMAND_LINE = Argv.of("cat", "--", "/proc/cmdline");
    private static final Argv TAINTED = Argv.of("cat", "--", "/proc/sys/kernel/tainted");
    private static final Argv MODULES =
            Argv.of("cat", "--", "/proc/modules").alsoReadableWhenExit(1).keeping(1024 * 1024);
    private static final Argv PATCHES =
            Argv.of("ls", "-1", "--", "/sys/kernel/livepatch").alsoReadableWhenExit(2);
    private static final Argv GRUBBY =
            Argv.of("grubby", "--default-kernel").betterAsRoot().alsoReadableWhenExit(1, 127);
    private static final Argv LINK =
            Argv.of("readlink", "-f", "--", "/vmlinuz").alsoReadableWhenExit(1);
    private static final Pattern IMAGE =
            Pattern.compile("/(?:boot/)?vmlinuz-([0-9][\\w.+~-]{1,100})");
    private static final Pattern MODULE =
            Pattern.compile(
                    "(\\w{1,64}) \\d+ \\d+ \\S+ \\w+ 0x[0-9a-f]+(?: \\(([A-Z+-]{1,8})\\))?");

    public record Arguments(
            @Means(en = "parameters to read, at most 20", zh = "要读取的参数，最多 20 个")
                    Optional<List<SysctlKey>> sysctl) {
        public Arguments {
            sysctl = sysctl.map(List::copyOf);
            if (sysctl.filter(keys -> keys.isEmpty() || keys.size() > MOST_KEYS).isPresent()) {
                throw new BadValue(
                        Bilingual.of("give 1 to {0} parameters", "请给出 1 到 {0} 个参数", MOST_KEYS));
            }
        }

        static Arguments of(SysctlKey key) {
            return new Arguments(Optional.of(List.of(key)));
        }

        List<SysctlKey> keys() {
            return sysctl.orElse(List.of());
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "kernel.info",
                "kernel",
                Bilingual.of("The running kernel, its modules and parameters", "查看内核版本、模块和参数"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("what is vm.swappiness on db-1", "db-1 的 vm.swappiness 是多少"),
                Bilingual.of("show the kernel parameters of web-1", "查看 web-1 的内核参数"),
                Bilingual.of("show the kernel modules of batch-1", "查看 batch-1 的内核模块"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("sysctl -e -- <~[a-z][a-z0-9_]*([.][A-Za-z0-9_-]{1,64}){1,8}>..."),
                RootCommand.of("grubby --default-kernel"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static List<Argv> commands(Arguments arguments, Platform platform) {
        List<Argv> commands =
                new ArrayList<>(
                        List.of(
                                InstalledKernel.running(),
                                COMMAND_LINE,
                                TAINTED,
                                MODULES,
                                PATCHES,
                                InstalledKernel.list(platform.family()),
                                next(platform)));
        if (!arguments.keys().isEmpty()) {
            commands.add(SysctlReading.values(arguments.keys()));
            commands.add(SysctlReading.files(arguments.keys()));
        }
        return commands;
    }

    private static Argv next(Platform platform) {
        return platform.family() == Family.APT ? LINK : GRUBBY;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (platform.family() != Family.APT && platform.family() != Family.DNF) {
            return Unsupported.on(platform);
        }
        return Next.sequence(soFar, commands(arguments, platform).toArray(Argv[]::new));
    }

    @Override
    public Reading<KernelFacts> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<InstalledKernel> kernels = InstalledKernel.read(platform.family(), 6, captures);
        List<Line> modules = Lines.whole(Captures.number(captures, MODULES), captures);
        List<KernelParameter> parameters =
                arguments.keys().isEmpty()
                        ? List.of()
                        : SysctlReading.read(arguments.keys(), captures, gaps);
        Line tainted = only(TAINTED, captures);
        List<HostText> patches = new ArrayList<>();
        for (Line line : Lines.of(Captures.number(captures, PATCHES), captures)) {
            patches.add(new HostText(line.text()));
        }
        return Reading.of(
                new KernelFacts(
                        InstalledKernel.running(1, captures),
                        kernels.isEmpty()
                                ? Optional.empty()
                                : Optional.of(kernels.getLast().release()),
                        bootDefault(Captures.need(captures, next(platform))),
                        new HostText(only(COMMAND_LINE, captures).text()),
                        Taint.of(tainted.whole(tainted.text())),
                        modules.size(),
                        foreign(modules),
                        patches,
                        parameters),
                gaps);
    }

    private static Line only(Argv argv, List<Capture> captures) throws Unreadable {
        List<Line> lines = Lines.of(Captures.number(captures, argv), captures);
        if (lines.size() != 1) {
            throw Unreadable.line(argv, 1, "one line", Captures.need(captures, argv).stdout());
        }
        return lines.getFirst();
    }

    private static Optional<HostText> bootDefault(Capture capture) {
        Matcher image = IMAGE.matcher(capture.stdout().strip());
        return image.matches() ? Optional.of(new HostText(image.group(1))) : Optional.empty();
    }

    private static List<HostText> foreign(List<Line> modules) throws Unreadable {
        List<HostText> foreign = new ArrayList<>();
        for (Line line : modules) {
            Matcher row = line.match(MODULE, "a module with size, users and state");
            Optional<String> marks = Optional.ofNullable(row.group(2));
            if (marks.filter(one -> one.contains("O") || one.contains("E")).isPresent()) {
                foreign.add(new HostText(row.group(1)));
            }
        }
        return foreign;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<KernelFacts> reading) {
        return KernelInfoFindings.of(reading.value());
    }
}
