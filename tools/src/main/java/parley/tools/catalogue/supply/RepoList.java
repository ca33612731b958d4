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

import java.util.List;
import java.util.Optional;

/// Configured repositories, whether they check signatures, and the keys that are trusted.
///
/// Source: the configuration files themselves, what apt knows of each by `apt-get indextargets`,
/// and the keys in rpm's database or in apt's key files. Nothing is fetched. *Empty* means that no
/// repository is configured.
public final class RepoList implements ManagerObservation<RepoList.Arguments, RepositoryList> {
    public record Arguments(
            @Means(
                            en = "with the trusted keys (true unless told otherwise)",
                            zh = "是否列出受信任的密钥（默认是）")
                    Optional<Boolean> includeKeys) {
        boolean withKeys() {
            return includeKeys.orElse(true);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "repo.list",
                "supply",
                Bilingual.of("Configured repositories and trusted keys", "软件源与受信任的密钥"),
                RpmFamilies.withRepositoryFiles(),
                Bilingual.of("list the repositories on web-1", "列出 web-1 的软件源"),
                Bilingual.of("which repos are configured on db-1?", "db-1 配了哪些软件源"),
                Bilingual.of("show all package sources on lb-1", "看看 lb-1 上的所有软件源"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                ConfigLine.rootCommand(AptSources.command()),
                ConfigLine.rootCommand(RpmRepositories.command()));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, RepositoryList>> dialect(Family family) {
        return switch (family) {
            case APT -> Dialect.of(RepoListApt::commands, RepoListApt::read);
            case DNF -> rpm(true);
            case DNF5, YUM3 -> rpm(false);
            case ZYPPER, APK, UNKNOWN -> Optional.empty();
        };
    }

    /// Only dnf's own configuration can be asked for what it sets by itself.
    private static Optional<Dialect<Arguments, RepositoryList>> rpm(boolean dnf) {
        return Dialect.of(
                RepoListRpm::commands,
                (arguments, captures) -> RepoListRpm.read(arguments, dnf, captures));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<RepositoryList> reading) {
        return RepoListFindings.of(reading);
    }
}
