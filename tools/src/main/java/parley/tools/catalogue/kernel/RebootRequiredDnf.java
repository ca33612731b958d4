package parley.tools.catalogue.kernel;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [BootRebootRequired] with dnf: `dnf needs-restarting -r`, which exits with 1 both when a reboot
/// is needed and when there is no such plugin, and `-s` for the services. Its list of packages is
/// fixed in its code and does not hold every vendor's kernel, so the kernels are compared as well.
final class RebootRequiredDnf {
    private static final Argv REBOOT = ask("-r").alsoReadableWhenExit(1);
    private static final Argv SERVICES = ask("-s").alsoReadableWhenExit(1);
    private static final Pattern PACKAGE = Pattern.compile(" +\\* ([A-Za-z0-9][\\w.+-]{0,127})");
    private static final Pattern UNIT = Pattern.compile("[\\w@:.\\\\-]{1,241}");
    private static final Pattern SAID =
            Pattern.compile(
                    "(?:No core|Core) libraries or services have been updated since boot-up[:.]"
                            + "|Reboot (?:is required|should not be necessary).*"
                            + "|More information:.*|\\s*|.*(?:Reboot is|No reboot).*");

    private RebootRequiredDnf() {}

    private static Argv ask(String option) {
        return Argv.of("dnf", "-q", "-C", "--setopt=exit_on_lock=True", "needs-restarting", option)
                .betterAsRoot()
                .within(Duration.ofMinutes(2));
    }

    static List<Argv> commands() {
        return List.of(REBOOT, SERVICES);
    }

    static RebootHelper read(List<Capture> captures) throws Unreadable {
        Capture helper = Captures.need(captures, REBOOT);
        if (RebootHelper.isMissing(helper)) {
            return new RebootHelper(Optional.empty(), List.of(), Set.of(), List.of());
        }
        if (helper.exit() == 1 && helper.stdout().isBlank()) {
            return new RebootHelper(
                    Optional.empty(), List.of(), Set.of(), List.of(RebootHelper.failed(helper)));
        }
        List<RebootReason> reasons = new ArrayList<>();
        for (Line line : Lines.of(Captures.number(captures, REBOOT), captures)) {
            if (line.has(PACKAGE)) {
                Matcher row = line.match(PACKAGE, "a package");
                reasons.add(
                        new RebootReason(
                                RebootReason.Kind.CORE, new HostText(row.group(1)), line.at()));
            } else {
                line.match(SAID, "what was updated since the boot");
            }
        }
        if (reasons.isEmpty() == (helper.exit() == 1)) {
            throw new Unreadable(
                    Bilingual.of(
                            "dnf needs-restarting ended with exit code {0} and named {1} packages",
                            "dnf needs-restarting 退出码为 {0}，却列出了 {1} 个软件包",
                            helper.exit(),
                            reasons.size()));
        }
        Set<String> units = new TreeSet<>();
        for (Line line : Lines.of(Captures.number(captures, SERVICES), captures)) {
            units.add(line.match(UNIT, "a unit").group());
        }
        return new RebootHelper(
                Optional.of(new HostText("dnf needs-restarting")), reasons, units, List.of());
    }
}
