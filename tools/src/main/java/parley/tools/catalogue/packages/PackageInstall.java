package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Means;
import parley.tools.Risk;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.value.PackageName;
import parley.tools.value.PackageVersion;

import java.util.List;
import java.util.Optional;

/// Installs packages from the repositories that the host has; with `allowDowngrade` also an older
/// version than the one that is there.
///
/// Commands and checks: [PackageChange]. On apt nothing is removed for it (`--no-remove`); on dnf
/// only what the new package declares itself to replace.
public final class PackageInstall extends PackageChange<PackageInstall.Arguments> {
    public record Arguments(
            @Means(en = "package names", zh = "软件包名") List<PackageName> names,
            @Means(en = "this version, of one package", zh = "指定版本（仅限一个软件包）")
                    Optional<PackageVersion> version,
            @Means(
                            en =
                                    "accept an older version; without a version, the one before the"
                                            + " installed",
                            zh = "允许降级；不写版本表示退回上一个版本")
                    Optional<Boolean> allowDowngrade) {
        public Arguments {
            solve(names, version, allowDowngrade.orElse(false));
        }

        private static PackagePlan.Arguments solve(
                List<PackageName> names, Optional<PackageVersion> version, boolean down) {
            return new PackagePlan.Arguments(
                    down ? Operation.DOWNGRADE : Operation.INSTALL,
                    Optional.of(List.copyOf(names)),
                    version,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Override
    public Card card() {
        return new Card(
                "package.install",
                "packages",
                Bilingual.of("Install packages, or a version of one", "安装软件包或其指定版本"),
                Risk.CHANGE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("install htop on web-1", "在 web-1 上安装 htop"),
                        Bilingual.of("install curl and jq on db-1", "给 db-1 装上 curl 和 jq"),
                        Bilingual.of("downgrade nginx on lb-1", "把 lb-1 的 nginx 降级")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Risk risk(Arguments arguments) {
        return arguments.allowDowngrade().orElse(false) ? Risk.DISRUPTIVE : Risk.CHANGE;
    }

    @Override
    PackagePlan.Arguments plan(Arguments arguments) {
        return Arguments.solve(
                arguments.names(), arguments.version(), arguments.allowDowngrade().orElse(false));
    }
}
