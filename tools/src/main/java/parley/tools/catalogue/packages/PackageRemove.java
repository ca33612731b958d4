package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Means;
import parley.tools.Risk;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.value.PackageName;

import java.util.List;
import java.util.Optional;

/// Removes packages, and whatever needs them; what nothing needs any more stays.
///
/// Commands and checks: [PackageChange]. With `purge` the configuration goes, too, which cannot be
/// taken back; dnf keeps edited configuration as `*.rpmsave` and knows no purge.
public final class PackageRemove extends PackageChange<PackageRemove.Arguments> {
    public record Arguments(
            @Means(en = "package names", zh = "软件包名") List<PackageName> names,
            @Means(en = "remove the configuration, too; apt only", zh = "连同配置一起删除（仅 apt）")
                    Optional<Boolean> purge) {
        public Arguments {
            solve(names, purge);
        }

        private static PackagePlan.Arguments solve(
                List<PackageName> names, Optional<Boolean> purge) {
            return new PackagePlan.Arguments(
                    Operation.REMOVE,
                    Optional.of(List.copyOf(names)),
                    Optional.empty(),
                    purge,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Override
    public Card card() {
        return new Card(
                "package.remove",
                "packages",
                Bilingual.of("Remove packages and what needs them", "卸载软件包及依赖它的软件包"),
                Risk.DISRUPTIVE,
                Risk.DESTRUCTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("remove htop from web-1", "卸载 web-1 上的 htop"),
                        Bilingual.of("uninstall telnet on db-1", "把 db-1 的 telnet 卸掉"),
                        Bilingual.of("purge nginx on lb-1", "彻底清除 lb-1 的 nginx")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Risk risk(Arguments arguments) {
        return arguments.purge().orElse(false) ? Risk.DESTRUCTIVE : Risk.DISRUPTIVE;
    }

    @Override
    PackagePlan.Arguments plan(Arguments arguments) {
        return Arguments.solve(arguments.names(), arguments.purge());
    }
}
