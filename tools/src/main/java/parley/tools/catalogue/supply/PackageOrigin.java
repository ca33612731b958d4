package parley.tools.catalogue.supply;

import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.catalogue.packages.Dialect;
import parley.tools.catalogue.packages.Dnf;
import parley.tools.catalogue.packages.ManagerObservation;
import parley.tools.value.HostText;
import parley.tools.value.PackageName;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where an installed package came from, and who vouches for it.
///
/// Source: rpm's and dnf's databases, or dpkg's with `apt-cache policy`. dnf notes the repository
/// when it installs; apt never does, so there it is the repositories that offer the same version
/// now. *Empty* means that the package is not installed. A vendor's name is a claim; a key is not.
public final class PackageOrigin implements ManagerObservation<PackageOrigin.Arguments, Origins> {
    public record Arguments(@Means(en = "the package", zh = "软件包名") PackageName name) {}

    @Override
    public Card card() {
        return Card.observe(
                "package.origin",
                "supply",
                Bilingual.of("Where a package came from", "软件包来源"),
                RpmFamilies.table(),
                Bilingual.of("where did nginx on web-1 come from?", "web-1 上的 nginx 是从哪里来的"),
                Bilingual.of(
                        "which repository did openssl on db-1 come from", "db-1 的 openssl 来自哪个仓库"),
                Bilingual.of("origin of curl on lb-1", "lb-1 上 curl 的来源"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                ConfigLine.rootCommand(AptSources.command()),
                ConfigLine.rootCommand(RpmRepositories.command()),
                Dnf.rootCommand(
                        "repoquery --installed --qf"
                                + " %{name}|%{evr}|%{arch}|%{from_repo}|%{reason} <package>"),
                Dnf.rootCommand(
                        "repoquery --available --showduplicates --qf"
                                + " %{name}|%{evr}|%{arch}|%{repoid} <package>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, Origins>> dialect(Family family) {
        return switch (family) {
            case APT ->
                    Dialect.of(
                            (arguments, soFar) ->
                                    PackageOriginApt.commands(arguments.name().value(), soFar),
                            (arguments, captures) ->
                                    PackageOriginApt.read(arguments.name().value(), captures));
            case DNF -> rpm(true);
            case DNF5, YUM3, ZYPPER -> rpm(false);
            case APK, UNKNOWN -> Optional.empty();
        };
    }

    /// Only dnf can be asked which repository a package came from.
    private static Optional<Dialect<Arguments, Origins>> rpm(boolean dnf) {
        return Dialect.of(
                (arguments, soFar) ->
                        PackageOriginRpm.commands(arguments.name().value(), dnf, soFar),
                (arguments, captures) ->
                        PackageOriginRpm.read(arguments.name().value(), dnf, captures));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Origins> reading) {
        List<Finding> findings = new ArrayList<>();
        for (Origins.Origin one : reading.value().installed()) {
            findings.add(came(reading.value().name(), one));
            findings.add(vouched(reading.value().name(), one));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            arguments.name() + " is not installed",
                            arguments.name() + " 没有安装"));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding came(HostText name, Origins.Origin one) {
        String what = name + " " + one.version() + " (" + one.architecture() + ")";
        String whatZh = name + " " + one.version() + "（" + one.architecture() + "）";
        String vendor = one.vendor().map(who -> "; it says it was made by " + who).orElse("");
        String vendorZh = one.vendor().map(who -> "；自称由 " + who + " 制作").orElse("");
        boolean apt = one.keyId().isEmpty() && one.buildHost().isEmpty();
        if (one.repository().isEmpty()) {
            boolean orphan = one.orphan().orElse(false);
            return at(
                    Finding.of(
                            Severity.WARNING,
                            "where "
                                    + what
                                    + " came from is not known: "
                                    + (orphan
                                            ? "no enabled repository offers any version of it"
                                            : "a local file, or a repository that no longer has"
                                                    + " this version")
                                    + vendor,
                            whatZh
                                    + " 的来源未知："
                                    + (orphan ? "没有已启用的软件源提供它" : "可能是本地文件，或软件源中已没有该版本")
                                    + vendorZh),
                    one);
        }
        String from =
                one.repository().stream().map(HostText::value).collect(Collectors.joining(", "));
        return at(
                Finding.of(
                        Severity.NOTICE,
                        apt
                                ? what
                                        + " is offered by "
                                        + from
                                        + " (dpkg does not note where it was installed from)"
                                        + vendor
                                : what + " came from " + from + vendor,
                        apt
                                ? whatZh + " 由 " + from + " 提供（dpkg 不记录安装来源）" + vendorZh
                                : whatZh + " 来自 " + from + vendorZh),
                one);
    }

    private static Finding vouched(HostText name, Origins.Origin one) {
        String key = one.keyId().map(id -> " (" + id + ")").orElse("");
        String keyZh = one.keyId().map(id -> "（" + id + "）").orElse("");
        if (one.trusted().isEmpty()) {
            return at(
                    Finding.of(
                            Severity.NOTICE,
                            "whether a trusted key vouches for {0} is not known",
                            "无法得知 {0} 是否有受信任的密钥担保",
                            name),
                    one);
        }
        return at(
                one.trusted().get()
                        ? Finding.of(
                                Severity.HEALTHY,
                                "a key that this host trusts vouches for {0}{1}",
                                "{0} 有该主机信任的密钥担保{2}",
                                name,
                                key,
                                keyZh)
                        : Finding.of(
                                Severity.WARNING,
                                "no key that this host trusts vouches for {0}{1}",
                                "{0} 没有该主机信任的密钥担保{2}",
                                name,
                                key,
                                keyZh),
                one);
    }

    private static Finding at(Finding finding, Origins.Origin one) {
        return new Finding(finding.severity(), finding.statement(), List.of(one.evidence()));
    }
}
