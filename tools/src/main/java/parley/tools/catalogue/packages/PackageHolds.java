package parley.tools.catalogue.packages;

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
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which packages are held at their version; for those named, whether they are installed.
///
/// Source: `apt-mark showhold`; dnf's plugin versionlock, and the file in which it notes when. Both
/// programs end with 0 whether there are holds or not. *Empty* means that nothing is held. A host
/// whose dnf lacks the plugin can hold nothing: that is refused, not called empty.
public final class PackageHolds implements Observation<PackageHolds.Arguments, HeldPackages> {
    private static final int MOST_NAMED = 20;

    public record Arguments(
            @Means(
                            en = "packages of which it is said whether they are installed",
                            zh = "同时说明这些软件包是否已安装")
                    Optional<List<PackageName>> names) {
        public Arguments {
            names = names.map(List::copyOf);
        }

        List<PackageName> asked() {
            return names.orElse(List.of());
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.holds",
                "packages",
                Bilingual.of("Packages held at their version", "已锁定版本的软件包"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("which packages are held on web-1?", "web-1 上锁定了哪些软件包"),
                Bilingual.of("show pinned packages on lb-1", "lb-1 哪些包被锁定"),
                Bilingual.of("list held packages on db-1", "列出 db-1 上已锁定的软件包"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(Dnf.rootCommand("versionlock list"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> known =
                switch (platform.family()) {
                    case APT -> PackageHoldsApt.commands(arguments);
                    case DNF -> PackageHoldsDnf.commands(arguments);
                    case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> List.of();
                };
        if (known.isEmpty()) {
            return Unsupported.on(platform);
        }
        return Next.sequence(soFar, known.toArray(Argv[]::new));
    }

    @Override
    public Reading<HeldPackages> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        HeldPackages read =
                switch (platform.family()) {
                    case APT -> PackageHoldsApt.read(arguments, captures);
                    case DNF -> PackageHoldsDnf.read(arguments, captures);
                    case DNF5, YUM3, ZYPPER, APK, UNKNOWN ->
                            throw new Unreadable(Unsupported.on(platform).why());
                };
        return Reading.of(read, read.held().isEmpty(), List.of());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<HeldPackages> reading) {
        List<HeldPackages.Hold> held = reading.value().held();
        if (held.isEmpty()) {
            return List.of(Finding.of(Severity.NOTICE, "no package is held", "没有锁定任何软件包"));
        }
        String names =
                held.stream()
                        .limit(MOST_NAMED)
                        .map(PackageHolds::said)
                        .collect(Collectors.joining(", "));
        String more = held.size() > MOST_NAMED ? ", …" : "";
        return List.of(
                Finding.of(
                        Severity.WARNING,
                        "held, so that security updates of them do not come in either: {0}{1}",
                        "已锁定，因此也不会收到安全更新：{0}{1}",
                        names,
                        more));
    }

    private static String said(HeldPackages.Hold hold) {
        return hold.name()
                + hold.since().map(HostText::value).map(at -> " (" + at + ")").orElse("");
    }
}
