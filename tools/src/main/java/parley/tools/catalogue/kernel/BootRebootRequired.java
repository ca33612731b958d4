package parley.tools.catalogue.kernel;

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
import parley.tools.catalogue.kernel.RebootNeed.Answer;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.catalogue.packages.Unsupported;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a host still runs code that was replaced: the kernel, the init system, services.
///
/// Source: `uname -r` against the kernels that packages brought; the program of the distribution
/// (`needrestart` with the mark `/run/reboot-required`, or `dnf needs-restarting`); and, whatever
/// these say, the executable mappings of deleted files in `/proc`. *Empty* means that all of it was
/// looked at and nothing runs old code. Without root the answer can be yes, never no: it is unknown
/// and the reading is partial.
public final class BootRebootRequired
        implements Observation<BootRebootRequired.Arguments, RebootNeed> {
    private static final String INIT = "init.scope";

    /// Units that cannot be restarted without taking most of the host along.
    private static final List<String> ONLY_BY_REBOOT =
            List.of("dbus.service", "dbus-broker.service");

    public record Arguments() {}

    @Override
    public Card card() {
        return Card.observe(
                "boot.reboot_required",
                "kernel",
                Bilingual.of("Whether a host needs a reboot, and what runs old code", "是否需要重启主机"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("does web-1 need a reboot?", "web-1 需要重启吗"),
                Bilingual.of("what still runs old code on db-1", "db-1 上还有什么在跑旧代码"),
                Bilingual.of("is a reboot needed on any host", "哪些机器需要重启"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RebootRequiredApt.rootCommand(),
                RootCommand.exactly(StaleCode.maps()),
                Dnf.rootCommand("needs-restarting {{-r||-s}}"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static List<Argv> commands(Platform platform) {
        List<Argv> commands = new ArrayList<>();
        commands.add(InstalledKernel.running());
        commands.add(InstalledKernel.list(platform.family()));
        commands.addAll(
                platform.family() == Family.APT
                        ? RebootRequiredApt.commands()
                        : RebootRequiredDnf.commands());
        commands.add(StaleCode.maps());
        commands.add(StaleCode.processes());
        return commands;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (platform.family() != Family.APT && platform.family() != Family.DNF) {
            return Unsupported.on(platform);
        }
        return Next.sequence(soFar, commands(platform).toArray(Argv[]::new));
    }

    @Override
    public Reading<RebootNeed> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        HostText running = InstalledKernel.running(1, captures);
        List<InstalledKernel> kernels = InstalledKernel.read(platform.family(), 2, captures);
        RebootHelper helper =
                platform.family() == Family.APT
                        ? RebootRequiredApt.read(captures)
                        : RebootRequiredDnf.read(captures);
        StaleCode stale = StaleCode.read(captures);
        List<RebootReason> reasons = new ArrayList<>();
        InstalledKernel.pending(kernels, running)
                .ifPresent(kernel ->
                        reasons.add(
                                new RebootReason(
                                        RebootReason.Kind.KERNEL,
                                        kernel.release(),
                                        line(2, kernel.line()))));
        reasons.addAll(helper.reasons());
        stale.find(INIT)
                .filter(unit -> stale.init())
                .ifPresent(unit -> reasons.add(reason(RebootReason.Kind.INIT, unit)));
        for (String unit : ONLY_BY_REBOOT) {
            stale.find(unit).ifPresent(one -> reasons.add(reason(RebootReason.Kind.CORE, one)));
        }
        List<Bilingual> gaps = new ArrayList<>(helper.gaps());
        gaps.addAll(stale.gaps());
        List<StaleUnit> units = toRestart(helper, stale);
        Answer answer =
                reasons.isEmpty() ? gaps.isEmpty() ? Answer.NO : Answer.UNKNOWN : Answer.YES;
        Optional<HostText> newest =
                kernels.isEmpty() ? Optional.empty() : Optional.of(kernels.getLast().release());
        return Reading.of(
                new RebootNeed(answer, reasons, running, newest, units, helper.name()),
                reasons.isEmpty() && units.isEmpty(),
                gaps);
    }

    private static Finding.Lines line(int capture, long line) {
        return new Finding.Lines(capture, Math.toIntExact(line), Math.toIntExact(line));
    }

    private static RebootReason reason(RebootReason.Kind kind, StaleUnit unit) {
        return new RebootReason(
                kind,
                new HostText(unit.unit() + ": " + unit.files().getFirst()),
                unit.at().orElseThrow());
    }

    /// What runs old code by its mappings, and what only the distribution's program names.
    private static List<StaleUnit> toRestart(RebootHelper helper, StaleCode stale) {
        List<StaleUnit> units = new ArrayList<>();
        stale.units().stream()
                .filter(unit -> !unit.unit().value().equals(INIT))
                .filter(unit -> !ONLY_BY_REBOOT.contains(unit.unit().value()))
                .forEach(units::add);
        helper.units().stream()
                .filter(name -> !ONLY_BY_REBOOT.contains(name) && stale.find(name).isEmpty())
                .sorted()
                .forEach(name ->
                        units.add(
                                new StaleUnit(new HostText(name), List.of(), 0, Optional.empty())));
        return units;
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<RebootNeed> reading) {
        return RebootFindings.of(reading);
    }
}
