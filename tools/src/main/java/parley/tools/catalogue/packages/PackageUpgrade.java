package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Means;
import parley.tools.Risk;
import parley.tools.catalogue.packages.PackagePlan.AdvisorySeverity;
import parley.tools.catalogue.packages.PackagePlan.Operation;
import parley.tools.value.BadValue;
import parley.tools.value.CveName;
import parley.tools.value.PackageName;

import java.util.List;
import java.util.Optional;

/// Upgrades packages: those named, all, or only what mends security holes. Never to another release
/// of the system.
///
/// Commands and checks: [PackageChange]. Security updates on dnf install the build that mends the
/// hole, not the newest (`upgrade-minimal`).
public final class PackageUpgrade extends PackageChange<PackageUpgrade.Arguments> {
    /// What is upgraded when no names are given.
    public enum Scope {
        SECURITY,
        ALL
    }

    public record Arguments(
            @Means(en = "package names", zh = "软件包名") Optional<List<PackageName>> names,
            @Means(en = "instead of names: security, or all", zh = "不写名称时：security（安全更新）或 all（全部）")
                    Optional<Scope> scope,
            @Means(
                            en = "of security updates, those at least this grave; not on apt",
                            zh = "仅限不低于该级别的安全更新；apt 不支持")
                    Optional<AdvisorySeverity> severity,
            @Means(
                            en = "of security updates, those that mend these; not on apt",
                            zh = "仅限修复这些漏洞的安全更新；apt 不支持")
                    Optional<List<CveName>> cves) {
        public Arguments {
            boolean named = names.filter(list -> !list.isEmpty()).isPresent();
            if (named == scope.isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "say either which packages, or scope security or all",
                                "请写出软件包名，或将 scope 设为 security 或 all，二者选一"));
            }
            solve(names, scope, severity, cves);
        }

        private static PackagePlan.Arguments solve(
                Optional<List<PackageName>> names,
                Optional<Scope> scope,
                Optional<AdvisorySeverity> severity,
                Optional<List<CveName>> cves) {
            return new PackagePlan.Arguments(
                    scope.filter(Scope.SECURITY::equals).isPresent()
                            ? Operation.SECURITY
                            : Operation.UPGRADE,
                    names.filter(list -> !list.isEmpty()),
                    Optional.empty(),
                    Optional.empty(),
                    severity,
                    cves,
                    Optional.empty());
        }
    }

    @Override
    public Card card() {
        return new Card(
                "package.upgrade",
                "packages",
                Bilingual.of("Upgrade packages, all or security updates", "升级软件包、全部或仅安全更新"),
                Risk.CHANGE,
                Risk.DISRUPTIVE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("upgrade openssl on web-1", "把 web-1 的 openssl 升级到最新"),
                        Bilingual.of("install security updates on db-1", "给 db-1 打安全补丁"),
                        Bilingual.of("upgrade all packages on lb-1", "升级 lb-1 的所有软件包")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    PackagePlan.Arguments plan(Arguments arguments) {
        return Arguments.solve(
                arguments.names(), arguments.scope(), arguments.severity(), arguments.cves());
    }
}
