package parley.tools.catalogue.supply;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.Unsupported;
import parley.tools.value.BadValue;
import parley.tools.value.PackageName;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whether the files of installed packages are as they were packaged.
///
/// Source: `rpm -V` (its exit code counts the packages that differ) or `dpkg -V`, which compares
/// contents only. Named packages get one minute, all packages fifteen. Changed configuration is
/// expected. *Empty* means that every file was read and none differs. It compares with the host's
/// own database: whoever has root can change both, so it proves nothing about an intruder.
public final class PackageVerifyFiles
        implements Observation<PackageVerifyFiles.Arguments, ChangedFiles> {
    static final Duration NAMED_LIMIT = Duration.ofMinutes(1);
    static final Duration ALL_LIMIT = Duration.ofMinutes(15);

    /// Which packages, where none are named.
    public enum Scope {
        /// Those that guard the way in: ssh, sudo, PAM, the C library, shells, the init system.
        SECURITY_CRITICAL,
        ALL
    }

    public record Arguments(
            @Means(en = "the packages", zh = "软件包名") Optional<List<PackageName>> names,
            @Means(
                            en = "instead of names: the packages that guard the way in, or all",
                            zh = "不指定名称时：安全关键的软件包，或全部")
                    Optional<Scope> scope) {
        public Arguments {
            names = names.map(List::copyOf);
            if (names.isPresent() && scope.isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "give \"names\" or \"scope\", not both", "“names”和“scope”只能给一个"));
            }
        }

        boolean all() {
            return scope.filter(one -> one == Scope.ALL).isPresent();
        }

        /// The packages to look for, of which some may not be there; empty for all.
        List<String> wanted(List<String> critical) {
            if (all()) {
                return List.of();
            }
            return names.map(list -> list.stream().map(PackageName::value).distinct().toList())
                    .orElse(critical);
        }

        Duration limit() {
            return all()
                    ? ALL_LIMIT
                    : names.isPresent() ? NAMED_LIMIT : NAMED_LIMIT.multipliedBy(3);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.verify_files",
                "supply",
                Bilingual.of("Files of packages that were changed", "软件包文件是否被改动"),
                RpmFamilies.table(),
                Bilingual.of(
                        "verify the files of openssh-server on web-1",
                        "校验 web-1 上 openssh-server 的文件"),
                Bilingual.of(
                        "have any package files been tampered with on db-1?", "db-1 的软件包文件有没有被篡改"),
                Bilingual.of("were any files of sudo changed on db-2", "db-2 上校验 sudo 的文件"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("dpkg -V [[ <package>... ]]"),
                RootCommand.of("rpm {{-Va||-V}} --nodeps --noscripts [[ -- <package>... ]]"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        try {
            List<Argv> known =
                    switch (platform.family()) {
                        case APT -> VerifyFilesApt.commands(arguments, soFar);
                        case DNF, DNF5, YUM3, ZYPPER -> VerifyFilesRpm.commands(arguments, soFar);
                        case APK, UNKNOWN -> List.of();
                    };
            if (known.isEmpty()) {
                return Unsupported.on(platform);
            }
            return soFar.size() < known.size() ? Next.run(known.get(soFar.size())) : Next.done();
        } catch (Unreadable leftToRead) {
            return Next.done();
        }
    }

    @Override
    public Reading<ChangedFiles> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        return switch (platform.family()) {
            case APT -> VerifyFilesApt.read(arguments, captures);
            case DNF, DNF5, YUM3, ZYPPER -> VerifyFilesRpm.read(arguments, captures);
            case APK, UNKNOWN -> throw new Unreadable(Unsupported.on(platform).why());
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<ChangedFiles> reading) {
        return VerifyFilesFindings.of(reading);
    }
}
