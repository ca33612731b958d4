package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What could be upgraded, security first.
///
/// Source: the package manager of the family, from the lists that the host has. The answer is as
/// old as they are, and their age is part of it; with `refresh` they are fetched first (`apt-get
/// update --error-on=any`, `dnf makecache --refresh`), as root, which leaves nothing else behind on
/// the host. Lists that could not be fetched make the answer partial. *Empty* means that nothing is
/// to be upgraded by these lists. Where nothing tells which updates mend security holes, asking for
/// those only is answered as partial, never as "none".
public final class PackageUpdates implements Observation<PackageUpdates.Arguments, PendingUpdates> {
    private static final Duration STALE = Duration.ofDays(2);
    private static final int MOST_NAMED = 10;

    public record Arguments(
            @Means(en = "only updates that mend security holes", zh = "只看安全更新")
                    Optional<Boolean> securityOnly,
            @Means(en = "fetch the package lists anew first", zh = "先刷新软件包列表")
                    Optional<Boolean> refresh) {
        boolean onlySecurity() {
            return securityOnly.orElse(false);
        }

        boolean fetches() {
            return refresh.orElse(false);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "package.updates",
                "packages",
                Bilingual.of("Pending updates, security first", "待升级的软件包（安全更新优先）"),
                Card.onlyOn(Family.APT, Family.DNF),
                Bilingual.of("which updates are waiting on lb-1?", "lb-1 有哪些更新没装"),
                Bilingual.of("any security updates on web?", "web 组有没有安全更新"),
                Bilingual.of("is db-1 up to date", "db-1 打全补丁了吗"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(String.join(" ", ListsFetched.apt().words())),
                RootCommand.of(String.join(" ", ListsFetched.dnf().words())),
                Dnf.rootCommand("repolist --enabled"),
                Dnf.rootCommand("versionlock list"),
                Dnf.rootCommand("updateinfo list {{--updates||--all}} [[ --with-cve ]]"),
                Dnf.rootCommand(
                        "repoquery --upgrades --qf"
                                + " %{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        if (platform.family() != Family.APT && platform.family() != Family.DNF) {
            return Unsupported.on(platform);
        }
        boolean apt = platform.family() == Family.APT;
        List<Argv> known = new ArrayList<>();
        if (arguments.fetches()) {
            known.add(apt ? ListsFetched.apt() : ListsFetched.dnf());
        }
        List<Capture> looks = looks(arguments, soFar);
        known.addAll(apt ? PackageUpdatesApt.commands(looks) : PackageUpdatesDnf.commands(looks));
        return soFar.size() < known.size() ? Next.run(known.get(soFar.size())) : Next.done();
    }

    /// What only looks: without the command that fetches the lists.
    private static List<Capture> looks(Arguments arguments, List<Capture> captures) {
        return arguments.fetches() && !captures.isEmpty()
                ? captures.subList(1, captures.size())
                : captures;
    }

    @Override
    public Reading<PendingUpdates> read(
            Arguments arguments, Platform platform, List<Capture> captures) throws Unreadable {
        List<Bilingual> gaps =
                arguments.fetches() ? ListsFetched.gaps(captures.getFirst()) : List.of();
        Reading<PendingUpdates> all;
        try {
            all = looked(platform, looks(arguments, captures));
        } catch (Unreadable unreadable) {
            throw gaps.isEmpty() ? unreadable : ListsFetched.both(gaps.getFirst(), unreadable);
        }
        if (arguments.fetches()) {
            all = gaps.isEmpty() ? fetched(all) : without(all, gaps);
        }
        return arguments.onlySecurity() ? narrowed(all) : sorted(all);
    }

    /// A file's time says when it was made where it came from, not when it was fetched: the lists
    /// were fetched just now.
    private static Reading<PendingUpdates> fetched(Reading<PendingUpdates> all) {
        PendingUpdates value = all.value();
        return new Reading<>(
                all.status(),
                new PendingUpdates(
                        value.updates(),
                        value.held(),
                        value.keptBack(),
                        Optional.of(value.askedAt()),
                        value.askedAt()),
                all.gaps());
    }

    private static Reading<PendingUpdates> without(
            Reading<PendingUpdates> all, List<Bilingual> gaps) {
        return Reading.of(all.value(), Stream.concat(gaps.stream(), all.gaps().stream()).toList());
    }

    private static Reading<PendingUpdates> looked(Platform platform, List<Capture> looks)
            throws Unreadable {
        return switch (platform.family()) {
            case APT -> PackageUpdatesApt.read(looks);
            case DNF -> PackageUpdatesDnf.read(looks);
            case DNF5, YUM3, ZYPPER, APK, UNKNOWN ->
                    throw new Unreadable(Unsupported.on(platform).why());
        };
    }

    private static Reading<PendingUpdates> sorted(Reading<PendingUpdates> all) {
        PendingUpdates value = all.value();
        List<PendingUpdates.Update> updates =
                value.updates().stream()
                        .sorted(
                                Comparator.comparing(
                                                (PendingUpdates.Update one) -> !one.isSecurity())
                                        .thenComparing(one -> one.name().value())
                                        .thenComparing(one -> one.architecture().value()))
                        .toList();
        return new Reading<>(all.status(), with(value, updates), all.gaps());
    }

    private static Reading<PendingUpdates> narrowed(Reading<PendingUpdates> all) {
        PendingUpdates value = sorted(all).value();
        List<PendingUpdates.Update> security =
                value.updates().stream().filter(PendingUpdates.Update::isSecurity).toList();
        return Reading.of(
                with(value, security),
                security.isEmpty() && value.keptBack().isEmpty(),
                all.gaps());
    }

    private static PendingUpdates with(PendingUpdates value, List<PendingUpdates.Update> updates) {
        return new PendingUpdates(
                updates, value.held(), value.keptBack(), value.listsAt(), value.askedAt());
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<PendingUpdates> reading) {
        PendingUpdates value = reading.value();
        List<PendingUpdates.Update> security =
                value.updates().stream().filter(PendingUpdates.Update::isSecurity).toList();
        List<Finding> findings = new ArrayList<>();
        if (!security.isEmpty()) {
            String names = names(security);
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "pending security updates: {0} ({1})",
                            "有 {0} 个安全更新待安装：{1}",
                            security.size(),
                            names));
        }
        age(value).ifPresent(findings::add);
        if (!arguments.onlySecurity() && !value.updates().isEmpty()) {
            String names = names(value.updates());
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "pending updates in all: {0} ({1})",
                            "共有 {0} 个更新待安装：{1}",
                            value.updates().size(),
                            names));
        }
        locked(value, findings);
        boolean complete = reading.status() != Reading.Status.PARTIAL;
        if (complete && nothing(arguments, value, security)) {
            findings.add(
                    arguments.onlySecurity()
                            ? Finding.of(
                                    Severity.HEALTHY,
                                    "no security update is pending by the lists of this host",
                                    "按该主机现有的软件包列表，没有待安装的安全更新")
                            : Finding.of(
                                    Severity.HEALTHY,
                                    "nothing is to be upgraded by the lists of this host",
                                    "按该主机现有的软件包列表，没有可升级的软件包"));
        }
        return List.copyOf(findings);
    }

    private static boolean nothing(
            Arguments arguments, PendingUpdates value, List<PendingUpdates.Update> security) {
        boolean none = arguments.onlySecurity() ? security.isEmpty() : value.updates().isEmpty();
        return none && value.keptBack().isEmpty();
    }

    /// Old lists answer about the past.
    private static Optional<Finding> age(PendingUpdates value) {
        return value.age()
                .filter(age -> age.compareTo(STALE) > 0)
                .map(age ->
                        Finding.of(
                                Severity.WARNING,
                                "the package lists are {0} old: newer updates are not in them",
                                "软件包列表已是 {1}前的：其中没有更新的内容",
                                HostTime.about(age),
                                HostTime.aboutZh(age)));
    }

    private static void locked(PendingUpdates value, List<Finding> findings) {
        List<HostText> waiting =
                value.keptBack().stream().filter(name -> !value.held().contains(name)).toList();
        List<HostText> missed = value.held().stream().filter(value.keptBack()::contains).toList();
        List<HostText> locked =
                value.held().stream().filter(name -> !missed.contains(name)).toList();
        if (!missed.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "locked, though a newer version is offered: " + texts(missed),
                            "已锁定，虽有更新的版本：" + texts(missed)));
        }
        if (!locked.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "locked, so never upgraded: " + texts(locked),
                            "已锁定，不会升级：" + texts(locked)));
        }
        if (!waiting.isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "an upgrade would leave these as they are: " + texts(waiting),
                            "升级时会保持不变：" + texts(waiting)));
        }
    }

    private static String names(List<PendingUpdates.Update> updates) {
        return texts(updates.stream().map(PendingUpdates.Update::name).toList());
    }

    private static String texts(List<HostText> names) {
        return names.stream()
                        .map(HostText::value)
                        .distinct()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", "))
                + (names.stream().distinct().count() > MOST_NAMED ? ", …" : "");
    }
}
