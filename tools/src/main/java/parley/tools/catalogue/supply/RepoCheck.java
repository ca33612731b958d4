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
import parley.tools.catalogue.supply.RepositoryChecks.Checked;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;
import parley.tools.value.RepositoryName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether repositories can be reached, how old their lists are, and whether these are signed.
///
/// Source: the package manager's own refresh (`dnf makecache --refresh` for each, `apt-get update
/// --error-on=any` for all), since only it goes the way that an installation would go. It observes,
/// but it is not without a trace: the host's package lists are fresh afterwards, so
/// `package.updates` may see more. Needs root. *Empty* means that no enabled repository is called
/// so.
public final class RepoCheck implements ManagerObservation<RepoCheck.Arguments, RepositoryChecks> {
    private static final Duration OLD = Duration.ofDays(30);

    public record Arguments(
            @Means(en = "only this repository", zh = "只检查该软件源") Optional<RepositoryName> repo) {
        boolean means(Repository one) {
            return one.enabled() && repo.map(name -> one.isCalled(name.value())).orElse(true);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "repo.check",
                "supply",
                Bilingual.of(
                        "Whether repositories are reachable, fresh and signed (refreshes the"
                                + " lists)",
                        "软件源是否可达、新鲜、已签名（会刷新列表）"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("are the repositories on web-1 reachable?", "web-1 的软件源能连上吗"),
                Bilingual.of("check the health of the repos on db-1", "检查 db-1 的软件源能不能连上"),
                Bilingual.of("are the repos on lb-1 signed?", "lb-1 的软件源有签名吗"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                ConfigLine.rootCommand(AptSources.command()),
                ConfigLine.rootCommand(RpmRepositories.command()),
                RootCommand.of(
                        "apt-get -q -o Acquire::Retries=0 -o Acquire::http::Timeout=10 -o"
                                + " Acquire::https::Timeout=10 update --error-on=any"),
                RootCommand.of(
                        "grep -rE --include=*Release ^(Date|Valid-Until):  -- /var/lib/apt/lists"),
                RootCommand.of(
                        "dnf --setopt=exit_on_lock=True"
                                + " --setopt=<repository>.skip_if_unavailable=0"
                                + " --setopt=<repository>.timeout=10"
                                + " --setopt=<repository>.retries=1 --repo=<repository> makecache"
                                + " --refresh"),
                Dnf.rootCommand("repoinfo --repo=<repository>..."));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Optional<Dialect<Arguments, RepositoryChecks>> dialect(Family family) {
        return switch (family) {
            case APT -> Dialect.of(RepoCheckApt::commands, RepoCheckApt::read);
            case DNF -> Dialect.of(RepoCheckDnf::commands, RepoCheckDnf::read);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN -> Optional.empty();
        };
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<RepositoryChecks> reading) {
        RepositoryChecks value = reading.value();
        List<Finding> findings = new ArrayList<>();
        for (Checked one : value.checked()) {
            findings.add(
                    new Finding(
                            state(one, value).severity(),
                            state(one, value).statement(),
                            one.evidence()));
        }
        if (value.checked().isEmpty()) {
            String names =
                    value.known().stream().map(HostText::value).collect(Collectors.joining(", "));
            String asked = arguments.repo().map(name -> " called " + name).orElse("");
            String askedZh = arguments.repo().map(name -> "名为 " + name + " 的").orElse("");
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "no enabled repository"
                                    + asked
                                    + " is on this host"
                                    + (names.isEmpty() ? "" : "; there are: " + names),
                            "该主机上没有"
                                    + askedZh
                                    + "已启用软件源"
                                    + (names.isEmpty() ? "" : "；现有：" + names)));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding state(Checked one, RepositoryChecks all) {
        String error = one.error().map(HostText::value).orElse("");
        if (!one.reached()) {
            return Finding.of(
                    Severity.WARNING,
                    "{0} could not be reached: {1}",
                    "{0} 无法连接：{1}",
                    one.repository(),
                    error);
        }
        Optional<Duration> age = one.age(all.askedAt());
        boolean past = one.validUntil().filter(end -> end.isBefore(all.askedAt())).isPresent();
        String old = age.map(HostTime::about).orElse("");
        String oldZh = age.map(HostTime::aboutZh).orElse("");
        return switch (one.signature()) {
            case BAD ->
                    Finding.of(
                            Severity.CRITICAL,
                            "the signature of {0} is not right: {1}",
                            "{0} 的签名不正确：{1}",
                            one.repository(),
                            error);
            case UNSIGNED ->
                    Finding.of(
                            Severity.WARNING,
                            "{0} is not signed: {1}",
                            "{0} 没有签名：{1}",
                            one.repository(),
                            error);
            case VERIFIED, UNCHECKED, UNKNOWN -> {
                if (!error.isEmpty()) {
                    yield Finding.of(
                            Severity.WARNING,
                            "{0} answers, but not well: {1}",
                            "{0} 有响应但不正常：{1}",
                            one.repository(),
                            error);
                }
                boolean verified = one.signature() == RepositoryChecks.Signature.VERIFIED;
                boolean stale = age.filter(span -> span.compareTo(OLD) > 0).isPresent();
                yield Finding.of(
                        past
                                ? Severity.WARNING
                                : verified && !stale ? Severity.HEALTHY : Severity.NOTICE,
                        one.repository()
                                + " can be reached"
                                + (old.isEmpty() ? "" : "; its lists were made " + old + " ago")
                                + (past ? " and are no longer valid" : "")
                                + (verified
                                        ? "; their signature is right"
                                        : "; the signature of the lists is not checked"),
                        one.repository()
                                + " 可以连接"
                                + (oldZh.isEmpty() ? "" : "；列表生成于 " + oldZh + "前")
                                + (past ? "，已过有效期" : "")
                                + (verified ? "；签名正确" : "；没有校验列表签名"));
            }
        };
    }
}
