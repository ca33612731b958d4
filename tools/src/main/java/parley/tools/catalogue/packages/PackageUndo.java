package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Means;
import parley.tools.Risk;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.value.TransactionName;

import java.util.List;
import java.util.Optional;

/// Takes a past transaction of packages back: the last one that Parley made, or the one named.
///
/// Commands and checks: [PackageChange]. dnf does it by itself (`history undo`); on apt the inverse
/// is computed from its history. Old versions must still be offered, and configuration and data
/// that changed meanwhile stay as they are.
public final class PackageUndo extends PackageChange<PackageUndo.Arguments> {
    public record Arguments(
            @Means(
                            en =
                                    "the transaction, or the hash of its plan; without it Parley's"
                                            + " last",
                            zh = "事务编号或其方案的哈希；不写表示 Parley 的最近一次")
                    Optional<TransactionName> txId) {}

    @Override
    public Card card() {
        return new Card(
                "package.undo",
                "packages",
                Bilingual.of("Take a package transaction back", "撤销一次软件包变更"),
                Risk.DISRUPTIVE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("undo the last package change on db-1", "撤销 db-1 上一次的软件包变更"),
                        Bilingual.of("undo the package change on web-1", "撤销 web-1 的软件包操作"),
                        Bilingual.of(
                                "roll back the last package transaction on lb-1",
                                "回滚 lb-1 上一次的软件包操作")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    PackagePlan.Arguments plan(Arguments arguments) {
        return new PackagePlan.Arguments(
                Operation.UNDO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                arguments.txId());
    }
}
