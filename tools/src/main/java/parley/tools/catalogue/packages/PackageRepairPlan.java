package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;

import java.util.List;

/// What a repair of the packages would mend, and how: the preview of [PackageRepair], and its
/// check.
///
/// Source: with apt `dpkg-query` and a simulated `apt-get -f install`; with dnf `dnf check`, `rpm
/// --verifydb` and, where there are duplicates, `dnf --assumeno remove --duplicates`. The exit
/// codes of `dpkg --audit` and `apt-get check` are 0 with a half-configured package, so the states
/// themselves are read. *Empty* means that nothing is wrong.
public final class PackageRepairPlan
        implements Observation<PackageRepairPlan.Arguments, RepairNeeds> {
    public record Arguments() {}

    @Override
    public Card card() {
        return Card.observe(
                "package.repair_plan",
                "packages",
                Bilingual.of("What a repair of the packages would do", "预览软件包修复将做什么"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("preview a package repair on lb-1", "预览 lb-1 的软件包修复"),
                Bilingual.of("plan a package repair on web-1", "预览 web-1 的软件包修复"),
                Bilingual.of("preview a package repair on db-1", "预演 db-1 的软件包修复"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("rpm --verifydb"),
                Dnf.rootCommand("check"),
                RootCommand.of("dnf -C --setopt=exit_on_lock=True --assumeno remove --duplicates"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return switch (platform.family()) {
            case APT -> PackageRepairApt.next(soFar);
            case DNF -> PackageRepairDnf.next(soFar);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Unsupported.on(platform);
        };
    }

    @Override
    public Reading<RepairNeeds> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return switch (platform.family()) {
            case APT -> PackageRepairApt.read(captures);
            case DNF -> PackageRepairDnf.read(captures);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN ->
                    throw new Unreadable(Unsupported.on(platform).why());
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<RepairNeeds> reading) {
        RepairNeeds needs = reading.value();
        if (needs.isSound() && reading.status() == Reading.Status.EMPTY) {
            return List.of(Finding.of(Severity.HEALTHY, "no package needs repair", "没有需要修复的软件包"));
        }
        if (needs.isSound()) {
            return List.of(
                    Finding.of(
                            Severity.NOTICE,
                            "nothing that was seen needs repair",
                            "可见范围内没有需要修复的内容"));
        }
        return RepairWords.all(needs).stream()
                .map(line -> new Finding(Severity.CRITICAL, line, List.of()))
                .toList();
    }
}
