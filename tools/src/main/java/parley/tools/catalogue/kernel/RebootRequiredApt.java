package parley.tools.catalogue.kernel;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.RootCommand;
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

/// [BootRebootRequired] on Debian and its kin: the mark that packages leave, and `needrestart`
/// where it is installed. The mark's absence proves nothing: it was missing right after an upgrade
/// that left services on old code.
final class RebootRequiredApt {
    private static final Argv MARK =
            Argv.of("stat", "--format=%Y", "--", "/run/reboot-required").alsoReadableWhenExit(1);
    private static final Argv PACKAGES =
            Argv.of("cat", "--", "/run/reboot-required.pkgs").alsoReadableWhenExit(1);
    private static final Argv NEEDRESTART =
            Argv.of("needrestart", "-b", "-r", "l")
                    .betterAsRoot()
                    .within(Duration.ofMinutes(2))
                    .alsoReadableWhenExit(1, 127);

    static RootCommand rootCommand() {
        return RootCommand.exactly(NEEDRESTART);
    }

    private static final Pattern ROW = Pattern.compile("NEEDRESTART-([A-Z]{2,8}): ?(.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][\\w.+:-]{0,127}");

    private RebootRequiredApt() {}

    static List<Argv> commands() {
        return List.of(MARK, PACKAGES, NEEDRESTART);
    }

    static RebootHelper read(List<Capture> captures) throws Unreadable {
        List<RebootReason> reasons = new ArrayList<>(marked(captures));
        Capture helper = Captures.need(captures, NEEDRESTART);
        if (RebootHelper.isMissing(helper)) {
            return new RebootHelper(Optional.empty(), reasons, Set.of(), List.of());
        }
        if (helper.exit() != 0) {
            return new RebootHelper(
                    Optional.empty(), reasons, Set.of(), List.of(RebootHelper.failed(helper)));
        }
        Set<String> units = new TreeSet<>();
        for (Line line : Lines.of(Captures.number(captures, NEEDRESTART), captures)) {
            Matcher row = line.match(ROW, "NEEDRESTART-NAME: value");
            if (row.group(1).equals("SVC")) {
                units.add(row.group(2));
            }
        }
        List<Bilingual> gaps =
                helper.asRoot()
                        ? List.of()
                        : List.of(
                                Bilingual.of(
                                        "needrestart saw only this login's own processes",
                                        "needrestart 只能看到当前登录用户自己的进程"));
        return new RebootHelper(Optional.of(new HostText("needrestart")), reasons, units, gaps);
    }

    /// The packages that asked for a reboot.
    private static List<RebootReason> marked(List<Capture> captures) throws Unreadable {
        Capture mark = Captures.need(captures, MARK);
        if (mark.exit() != 0) {
            if (!mark.stderr().contains("No such file")) {
                throw new Unreadable(RebootHelper.failed(mark));
            }
            return List.of();
        }
        int number = Captures.number(captures, MARK);
        for (Line line : Lines.of(number, captures)) {
            line.whole(line.text());
        }
        List<RebootReason> reasons = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Line line : Lines.of(Captures.number(captures, PACKAGES), captures)) {
            if (seen.add(line.match(NAME, "a package name").group())) {
                reasons.add(
                        new RebootReason(
                                RebootReason.Kind.PACKAGE, new HostText(line.text()), line.at()));
            }
        }
        return reasons.isEmpty()
                ? List.of(
                        new RebootReason(
                                RebootReason.Kind.PACKAGE,
                                new HostText("/run/reboot-required"),
                                new Finding.Lines(number, 1, 1)))
                : reasons;
    }
}
