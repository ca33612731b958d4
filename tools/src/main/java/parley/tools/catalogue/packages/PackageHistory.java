package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.value.Count;
import parley.tools.value.PackageName;
import parley.tools.value.Whole;

import java.util.List;
import java.util.Optional;

/// Past transactions of the package manager, the newest first, and which of them were Parley's.
///
/// Source: `dnf history`, or apt's `history.log` with those rotated away. Both write local times
/// without a zone: they are read in the zone that the host has now, and the reading names it.
/// *Empty* means that nothing is remembered (about that package); what was done past the package
/// manager, with `rpm` or `dpkg` alone, is in no such history.
public final class PackageHistory
        implements ManagerObservation<PackageHistory.Arguments, PackageHistoryTransactions> {
    private static final long USUAL = 20;

    public record Arguments(
            @Means(en = "how many, the newest first", zh = "条数，从最新开始") @Whole(least = 1, most = 100)
                    Optional<Count> limit,
            @Means(en = "only those that touched this package", zh = "只看涉及该软件包的记录")
                    Optional<PackageName> name) {
        int most() {
            return (int) limit.map(Count::value).orElse(USUAL).longValue();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.history",
                "packages",
                Bilingual.of("Past package transactions", "软件包操作历史"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("show the package history of web-1", "看看 web-1 的软件包操作历史"),
                Bilingual.of("what was recently installed on db-1?", "db-1 最近装过哪些软件包"),
                Bilingual.of("last 5 package transactions on lb-1", "lb-1 最近 5 条软件包变更记录"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                Dnf.rootCommand("history list [[ <package> ]]"),
                Dnf.rootCommand("history info <number>..."),
                RootCommand.of("find /var/log/apt -maxdepth 1 -name history.log* -printf %s|%f\\n"),
                RootCommand.of("zcat -f -- <~/var/log/apt/history\\.log[.0-9a-z]*>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, PackageHistoryTransactions>> dialect(Family family) {
        return switch (family) {
            case APT -> Dialect.of(PackageHistoryApt::commands, PackageHistoryApt::read);
            case DNF -> Dialect.of(PackageHistoryDnf::commands, PackageHistoryDnf::read);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Optional.empty();
        };
    }

    @Override
    public List<Finding> findings(
            Arguments arguments, Reading<PackageHistoryTransactions> reading) {
        return PackageHistoryFindings.of(arguments, reading);
    }
}
