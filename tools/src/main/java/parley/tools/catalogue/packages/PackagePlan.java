package parley.tools.catalogue.packages;

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
import parley.tools.value.BadValue;
import parley.tools.value.CveName;
import parley.tools.value.PackageName;
import parley.tools.value.PackageVersion;
import parley.tools.value.TransactionName;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Solves a change of packages without making it: what would be installed, upgraded, removed, and
/// which running units that touches.
///
/// Source: the package manager's own simulation with the very words that a change would run with
/// (`apt-get -s`, `dnf -C --assumeno`), from the lists that the host has; they are not refreshed,
/// and their age is part of the answer. Names are checked first: one that is not exactly a
/// package's is refused, since the managers would read it as a pattern, a removal or a file.
/// *Empty* means that nothing is to be done. An unsolvable change is a reading, too, with the
/// manager's words.
public final class PackagePlan implements Observation<PackagePlan.Arguments, PackageSolution> {
    private static final int MOST_NAMES = 20;
    private static final Bilingual NO_ADVISORIES =
            Bilingual.of(
                    "apt's package lists tell neither severities nor CVEs, so security updates"
                            + " cannot be chosen by them on this host; take all of them, or name"
                            + " packages",
                    "apt 的软件包列表不含严重级别和 CVE，无法据此挑选安全更新；请改为全部安全更新，或写出软件包名");

    /// What is to be solved.
    public enum Operation {
        INSTALL,
        REMOVE,
        UPGRADE,
        /// Installs the version asked for, or the one before the installed one, even when that is
        /// older.
        DOWNGRADE,
        SECURITY,
        AUTOREMOVE,
        UNDO;

        boolean needsNames() {
            return this == INSTALL || this == REMOVE || this == DOWNGRADE;
        }

        boolean takesNames() {
            return needsNames() || this == UPGRADE;
        }
    }

    /// How grave an advisory is; each stands for itself and all graver ones.
    public enum AdvisorySeverity {
        CRITICAL,
        IMPORTANT,
        MODERATE,
        LOW;

        /// As advisories write it: `Important`.
        String dnf() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    public record Arguments(
            @Means(
                            en =
                                    "install, remove, upgrade, downgrade, security, autoremove or"
                                            + " undo",
                            zh =
                                    "install（安装）、remove（卸载）、upgrade（升级）、downgrade（降级）、"
                                            + "security（安全更新）、autoremove（清理）或 undo（撤销）")
                    Operation op,
            @Means(en = "package names; upgrade without names means all", zh = "软件包名；升级不写名称表示全部")
                    Optional<List<PackageName>> specs,
            @Means(en = "the version to install, of one package", zh = "要安装的版本（仅限一个软件包）")
                    Optional<PackageVersion> version,
            @Means(en = "remove the configuration, too", zh = "连同配置一起删除") Optional<Boolean> purge,
            @Means(
                            en = "only security updates at least this grave; not on apt",
                            zh = "只含不低于该级别的安全更新；apt 不支持")
                    Optional<AdvisorySeverity> severity,
            @Means(en = "only updates that mend these; not on apt", zh = "只含修复这些漏洞的更新；apt 不支持")
                    Optional<List<CveName>> cves,
            @Means(
                            en = "the transaction to undo; without it the last one of Parley",
                            zh = "要撤销的事务；不写表示 Parley 的最近一次")
                    Optional<TransactionName> txId) {
        public Arguments {
            int names = specs.map(List::size).orElse(0);
            refuse(op.needsNames() && names == 0, "name at least one package", "请至少写出一个软件包名");
            refuse(!op.takesNames() && names > 0, "this takes no package names", "此操作不接受软件包名");
            refuse(
                    names > MOST_NAMES,
                    "at most " + MOST_NAMES + " packages at once",
                    "一次最多 " + MOST_NAMES + " 个软件包");
            boolean versioned = op == Operation.INSTALL || op == Operation.DOWNGRADE;
            refuse(
                    version.isPresent() && (!versioned || names != 1),
                    "a version needs exactly one package to install",
                    "指定版本时只能安装一个软件包");
            refuse(
                    purge.isPresent() && op != Operation.REMOVE,
                    "purge belongs to a removal",
                    "purge 只用于卸载");
            boolean chosen = severity.isPresent() || cves.isPresent();
            refuse(
                    chosen && op != Operation.SECURITY,
                    "severity and CVEs choose among security updates",
                    "级别和 CVE 只用于选择安全更新");
            refuse(
                    severity.isPresent() && cves.isPresent(),
                    "choose by severity or by CVE, not both",
                    "只能按级别或按 CVE 选择其一");
            refuse(
                    txId.isPresent() && op != Operation.UNDO,
                    "a transaction belongs to an undo",
                    "事务编号只用于撤销");
        }

        private static void refuse(boolean wrong, String en, String zh) {
            if (wrong) {
                throw new BadValue(Bilingual.of(en, zh));
            }
        }

        /// Only an operation and names.
        public static Arguments of(Operation op, List<PackageName> names) {
            return new Arguments(
                    op,
                    names.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(names)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        List<String> names() {
            return specs.orElse(List.of()).stream().map(PackageName::value).distinct().toList();
        }

        boolean purges() {
            return purge.orElse(false);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.plan",
                "packages",
                Bilingual.of("What a package change would do", "预演软件包变更"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("what would installing htop on web-1 change?", "预演在 web-1 上安装 htop"),
                Bilingual.of("dry run removing curl on db-1", "预演卸载 db-1 上的 curl"),
                Bilingual.of("simulate upgrading openssl on lb-1", "模拟升级 lb-1 的 openssl"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        List<RootCommand> all = new ArrayList<>(new PackageHistory().rootCommands());
        all.removeIf(form -> form.form().contains("history list [["));
        all.add(Dnf.rootCommand("history list"));
        all.add(Dnf.rootCommand("repoquery --available --qf %{name} -- <~[A-Za-z0-9.+_-]{2}[*]>"));
        all.add(RpmRows.rootCommand());
        ManagerWords.DNF_PLANS.forEach(plan -> all.add(DnfTable.rootCommand(plan)));
        return List.copyOf(all);
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return switch (platform.family()) {
            case APT ->
                    arguments.severity().isPresent() || arguments.cves().isPresent()
                            ? new Next.NotSupported(NO_ADVISORIES)
                            : Asking.next(soFar, asking -> PackagePlanApt.solve(arguments, asking));
            case DNF -> Asking.next(soFar, asking -> PackagePlanDnf.solve(arguments, asking));
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Unsupported.on(platform);
        };
    }

    @Override
    public Reading<PackageSolution> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        return switch (platform.family()) {
            case APT -> Asking.read(captures, asking -> PackagePlanApt.solve(arguments, asking));
            case DNF -> Asking.read(captures, asking -> PackagePlanDnf.solve(arguments, asking));
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN ->
                    throw new Unreadable(Unsupported.on(platform).why());
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<PackageSolution> reading) {
        return SolutionWords.findings(reading);
    }
}
