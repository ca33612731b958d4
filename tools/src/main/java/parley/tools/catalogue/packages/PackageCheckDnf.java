package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PackageCheck.Arguments;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// [PackageCheck] on hosts with dnf 4: `rpm -qa`, whose `gpg-pubkey` rows are the trusted keys, and
/// `dnf check`, which names doubled packages and unmet dependencies one a line, with *Error: Check
/// discovered N problem(s)* on standard error and exit 1.
final class PackageCheckDnf {
    private PackageCheckDnf() {}

    static Reading<PackagesState> look(Arguments arguments, Asking asking)
            throws Asking.Unasked, Unreadable {
        RpmRows rows = RpmRows.installed(asking.ask(RpmRows.installedArgv()));
        List<HostText> broken = broken(asking.ask(check()));
        Surroundings around = Surroundings.ask(asking);
        Set<String> names =
                arguments.names().orElse(List.of()).stream()
                        .map(PackageName::value)
                        .collect(Collectors.toSet());
        List<PackagesState.Present> present = new ArrayList<>();
        List<HostText> keys = new ArrayList<>();
        for (RpmRows.Row row : rows.rows()) {
            if (row.name().equals("gpg-pubkey")) {
                keys.add(new HostText(row.version().text()));
            } else if (names.contains(row.name())) {
                present.add(
                        new PackagesState.Present(
                                new HostText(row.name()),
                                new HostText(row.architecture()),
                                new HostText(row.version().text()),
                                true));
            }
        }
        return Reading.of(
                new PackagesState(
                        rows.rows().size() - keys.size(),
                        broken,
                        present,
                        around.leftovers(),
                        keys.stream().map(HostText::value).sorted().map(HostText::new).toList(),
                        around.failed(),
                        around.running()),
                around.gaps());
    }

    private static Argv check() {
        return Argv.of("dnf", "-q", "-C", "--setopt=exit_on_lock=True", "check")
                .betterAsRoot()
                .within(Duration.ofMinutes(2))
                .alsoReadableWhenExit(1);
    }

    private static List<HostText> broken(Capture capture) throws Unreadable {
        List<HostText> broken = new ArrayList<>();
        for (Line line : Lines.of(1, List.of(capture))) {
            if (!line.text().isBlank()) {
                broken.add(new HostText(line.text().strip()));
            }
        }
        boolean found = capture.stderr().contains("Check discovered ");
        if (capture.exit() == 1 && (!found || broken.isEmpty())) {
            throw new Unreadable(
                    Bilingual.of(
                            "dnf check ended with exit code 1 and named no problem: "
                                    + capture.stderr().lines().findFirst().orElse(""),
                            "dnf check 退出码 1，却没有说明问题："
                                    + capture.stderr().lines().findFirst().orElse("")));
        }
        return broken;
    }
}
