package parley.tools.catalogue.supply;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.catalogue.packages.Dialect;
import parley.tools.catalogue.packages.ManagerObservation;
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
        implements ManagerObservation<PackageVerifyFiles.Arguments, ChangedFiles> {
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
    public Optional<Dialect<Arguments, ChangedFiles>> dialect(Family family) {
        return switch (family) {
            case APT -> Dialect.of(VerifyFilesApt::commands, VerifyFilesApt::read);
            case DNF, DNF5, YUM3, ZYPPER ->
                    Dialect.of(VerifyFilesRpm::commands, VerifyFilesRpm::read);
            case APK, UNKNOWN -> Optional.empty();
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<ChangedFiles> reading) {
        return VerifyFilesFindings.of(reading);
    }
}
