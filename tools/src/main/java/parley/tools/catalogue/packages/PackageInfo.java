package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One package: what is installed and what is offered; or which package a file belongs to.
///
/// Source: the package manager of the family, from what the host has already downloaded; nothing is
/// refreshed. *Empty* means that the package is neither installed nor offered, or that no package
/// owns the path. Where the host has no package lists, and where only rpm itself is asked (dnf 5,
/// yum 3, zypper), what is offered is unknown and the reading partial.
public final class PackageInfo implements ManagerObservation<PackageInfo.Arguments, PackageFacts> {
    private static final int MOST_OWNERS = 10;

    public record Arguments(
            @Means(en = "the package", zh = "软件包名") Optional<PackageName> name,
            @Means(en = "a file, to find the package it belongs to", zh = "文件路径，查它属于哪个软件包")
                    Optional<AbsolutePath> path) {
        public Arguments {
            if (name.isPresent() == path.isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "give exactly one of \"name\" and \"path\"",
                                "“name”和“path”必须且只能给一个"));
            }
            if (path.filter(one -> one.value().matches(".*[*?\\[\\]\\\\].*")).isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "the path must be one file, without * ? [ ] or backslashes",
                                "路径必须是单个文件，不能含有 * ? [ ] 或反斜杠"));
            }
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.info",
                "packages",
                Bilingual.of("One package: installed and offered versions", "软件包信息与版本"),
                Rpm.families(),
                Bilingual.of("which openssl is on web-1?", "web-1 的 openssl 是什么版本"),
                Bilingual.of(
                        "which package does /usr/sbin/nginx belong to", "/usr/sbin/nginx 属于哪个软件包"),
                Bilingual.of("is libssl1.1 installed on db-2", "libssl1.1 在 db-2 上装了没"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                Dnf.rootCommand("repoquery --qf " + PackageInfoDnf.OFFERED + " -- <package>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, PackageFacts>> dialect(Family family) {
        return switch (family) {
            case APT -> Dialect.of(PackageInfoApt::commands, PackageInfoApt::read);
            case DNF ->
                    Dialect.of(
                            (arguments, soFar) -> PackageInfoDnf.commands(arguments, soFar, true),
                            PackageInfoDnf::read);
            case DNF5, YUM3, ZYPPER ->
                    Dialect.of(
                            (arguments, soFar) -> PackageInfoDnf.commands(arguments, soFar, false),
                            (arguments, captures) ->
                                    PackageInfoDnf.readInstalled(arguments, captures, family));
            case APK, UNKNOWN -> Optional.empty();
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<PackageFacts> reading) {
        PackageFacts facts = reading.value();
        List<Finding> findings = new ArrayList<>();
        arguments.path().ifPresent(path -> findings.add(owner(path, facts)));
        if (facts.name().isPresent()) {
            HostText name = facts.name().get();
            facts.installed().stream()
                    .filter(one -> !one.isWhole())
                    .forEach(one -> findings.add(broken(name, one)));
            facts.installed().stream()
                    .filter(PackageFacts.Installed::isWhole)
                    .forEach(one -> findings.add(installed(name, one)));
            offered(name, facts, findings);
        }
        if (facts.isNothing() && arguments.name().isPresent()) {
            boolean partial = reading.status() == Reading.Status.PARTIAL;
            PackageName name = arguments.name().get();
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            name
                                    + " is not installed"
                                    + (partial
                                            ? "; whether a repository offers it is unknown"
                                            : ", and no repository of this host offers it"),
                            name + " 没有安装" + (partial ? "；软件源是否提供它未知" : "，该主机的软件源也没有提供")));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding owner(AbsolutePath path, PackageFacts facts) {
        if (facts.owners().isEmpty()) {
            return Finding.of(
                    Severity.NOTICE, "no installed package owns " + path, "没有已安装的软件包拥有 " + path);
        }
        String names =
                facts.owners().stream()
                        .limit(MOST_OWNERS)
                        .map(HostText::value)
                        .collect(Collectors.joining(", "));
        int more = facts.owners().size() - MOST_OWNERS;
        return Finding.of(
                Severity.NOTICE,
                path + " belongs to " + names + (more > 0 ? " and " + more + " more" : ""),
                path + " 属于 " + names + (more > 0 ? " 等，另有 " + more + " 个" : ""));
    }

    private static Finding broken(HostText name, PackageFacts.Installed one) {
        if (one.state().value().equals("config-files")) {
            return Finding.of(
                    Severity.NOTICE,
                    "{0} is not installed; configuration files of {1} are left",
                    "{0} 没有安装；残留 {1} 的配置文件",
                    name,
                    one.version());
        }
        return Finding.of(
                Severity.CRITICAL,
                "{0} {1} is not properly installed: {2}",
                "{0} {1} 安装不完整：{2}",
                name,
                one.version(),
                one.state());
    }

    private static Finding installed(HostText name, PackageFacts.Installed one) {
        return Finding.of(
                Severity.NOTICE,
                name
                        + " "
                        + one.version()
                        + " ("
                        + one.architecture()
                        + ") is installed"
                        + (one.held() ? " and held back from upgrades" : ""),
                name
                        + " "
                        + one.version()
                        + "（"
                        + one.architecture()
                        + "）已安装"
                        + (one.held() ? "，并已锁定不升级" : ""));
    }

    private static void offered(HostText name, PackageFacts facts, List<Finding> findings) {
        if (facts.candidate().isEmpty()) {
            return;
        }
        HostText candidate = facts.candidate().get();
        List<PackageFacts.Installed> whole =
                facts.installed().stream().filter(PackageFacts.Installed::isWhole).toList();
        if (whole.stream().anyMatch(one -> one.version().equals(candidate))) {
            return;
        }
        String from =
                facts.offers().stream()
                        .filter(offer -> offer.version().equals(candidate))
                        .map(offer -> offer.repository().value())
                        .distinct()
                        .collect(Collectors.joining(", "));
        findings.add(
                facts.installed().stream().noneMatch(PackageFacts.Installed::isThere)
                        ? Finding.of(
                                Severity.NOTICE,
                                "{0} is not installed; {1} is offered by {2}",
                                "{0} 没有安装；可安装 {1}，来自 {2}",
                                name,
                                candidate,
                                from)
                        : Finding.of(
                                Severity.NOTICE,
                                "an upgrade would install {0} from {1}",
                                "升级会安装 {0}，来自 {1}",
                                candidate,
                                from));
    }
}
