package parley.tools.catalogue.supply;

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

import java.util.List;
import java.util.Optional;

/// Configured repositories, whether they check signatures, and the keys that are trusted.
///
/// Source: the configuration files themselves, what apt knows of each by `apt-get indextargets`,
/// and the keys in rpm's database or in apt's key files. Nothing is fetched. *Empty* means that no
/// repository is configured.
public final class RepoList implements Observation<RepoList.Arguments, RepositoryList> {
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
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        try {
            List<Argv> known =
                    switch (platform.family()) {
                        case APT -> RepoListApt.commands(arguments, soFar);
                        case DNF, DNF5, YUM3 -> RepoListRpm.commands(arguments, soFar);
                        case ZYPPER, APK, UNKNOWN -> List.of();
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
    public Reading<RepositoryList> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        return switch (platform.family()) {
            case APT -> RepoListApt.read(arguments, captures);
            case DNF, DNF5, YUM3 ->
                    RepoListRpm.read(arguments, platform.family() == Family.DNF, captures);
            case ZYPPER, APK, UNKNOWN -> throw new Unreadable(Unsupported.on(platform).why());
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<RepositoryList> reading) {
        return RepoListFindings.of(reading);
    }
}
