package parley.tools.catalogue.supply;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is wrong with the repositories of a host: signatures that nobody checks, plain connections,
/// keys that end, archives that are frozen, strangers.
final class RepoListFindings {
    private static final Duration SOON = Duration.ofDays(60);
    private static final Pattern FROZEN =
            Pattern.compile(
                    ".*(mirrorlist\\.centos\\.org|vault\\.centos\\.org|archive\\.debian\\.org"
                            + "|old-releases\\.ubuntu\\.com).*");
    private static final Pattern DISTRIBUTION =
            Pattern.compile("(?i)debian|debian backports|ubuntu|deepin|uos|kylin|raspbian");

    private RepoListFindings() {}

    static List<Finding> of(Reading<RepositoryList> reading) {
        RepositoryList value = reading.value();
        List<Repository> enabled =
                value.repositories().stream().filter(Repository::enabled).toList();
        List<Finding> findings = new ArrayList<>();
        for (Repository one : enabled) {
            signatures(one).ifPresent(finding -> findings.add(at(finding, one)));
            way(one).ifPresent(finding -> findings.add(at(finding, one)));
            place(one).ifPresent(finding -> findings.add(at(finding, one)));
        }
        for (HostText path : value.missingKeys()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "the key file {0} is named by a repository but is not there",
                            "软件源引用的密钥文件 {0} 不存在",
                            path));
        }
        for (SigningKey key : value.keys()) {
            expiry(key, value.askedAt()).ifPresent(findings::add);
        }
        findings.add(count(value, enabled));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding at(Finding finding, Repository one) {
        return new Finding(finding.severity(), finding.statement(), List.of(one.evidence()));
    }

    private static Optional<Finding> signatures(Repository one) {
        boolean rpm = one.packagesSigned().isPresent();
        boolean unchecked = rpm ? !one.packagesSigned().get() : !one.listsSigned();
        if (unchecked) {
            boolean plain = one.isPlain();
            return Optional.of(
                    Finding.of(
                            plain ? Severity.CRITICAL : Severity.WARNING,
                            one.id()
                                    + " accepts packages without a signature"
                                    + (rpm ? " (gpgcheck is off)" : " (trusted=yes)")
                                    + (plain
                                            ? ", over a connection that anybody on the way can"
                                                    + " change"
                                            : ""),
                            one.id()
                                    + " 接受未签名的软件包"
                                    + (rpm ? "（gpgcheck 已关闭）" : "（trusted=yes）")
                                    + (plain ? "，且连接未加密，途中可被篡改" : "")));
        }
        return one.verified()
                .filter(verified -> !verified)
                .map(ignored ->
                        Finding.of(
                                Severity.WARNING,
                                "the lists of {0} carry no signature of a trusted key",
                                "{0} 的列表没有受信任密钥的签名",
                                one.id()));
    }

    /// Signed packages over a plain connection can still be held back: lists must be signed, too.
    private static Optional<Finding> way(Repository one) {
        boolean https = one.urls().stream().anyMatch(url -> url.value().startsWith("https:"));
        if (https && !one.secure()) {
            return Optional.of(
                    Finding.of(
                            Severity.WARNING,
                            one.id() + " does not check its server's certificate",
                            one.id() + " 不校验服务器证书"));
        }
        boolean signedPackages = one.packagesSigned().orElse(false);
        return one.isPlain() && signedPackages && !one.listsSigned()
                ? Optional.of(
                        Finding.of(
                                Severity.NOTICE,
                                "{0} is fetched over plain http and its lists are not signed"
                                        + " (repo_gpgcheck is off): updates could be withheld",
                                "{0} 通过明文 http 获取且不校验列表签名（repo_gpgcheck 关闭）：更新可能被扣留",
                                one.id()))
                : Optional.empty();
    }

    private static Optional<Finding> place(Repository one) {
        Optional<HostText> frozen =
                one.urls().stream()
                        .filter(url -> FROZEN.matcher(url.value()).matches())
                        .findFirst();
        if (frozen.isPresent()) {
            return Optional.of(
                    Finding.of(
                            Severity.WARNING,
                            "{0} is an archive of a release that gets no more updates: {1}",
                            "{0} 指向已停止更新的归档：{1}",
                            one.id(),
                            frozen.get()));
        }
        boolean stranger =
                one.origin()
                        .filter(origin -> !DISTRIBUTION.matcher(origin.value()).matches())
                        .isPresent();
        if (stranger) {
            return Optional.of(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} is not of the distribution: it says it comes from {1}",
                            "{0} 不是发行版自带的软件源：自称来自 {1}",
                            one.id(),
                            one.origin().get()));
        }
        return one.packaged()
                .filter(packaged -> !packaged)
                .map(ignored ->
                        Finding.of(
                                Severity.NOTICE,
                                "{0} was added by hand: no package owns {1}",
                                "{0} 为手工添加：没有软件包拥有 {1}",
                                one.id(),
                                one.file()));
    }

    private static Optional<Finding> expiry(SigningKey key, Instant now) {
        String who = key.owner() + " (" + key.id() + ", " + key.source() + ")";
        String whoZh = key.owner() + "（" + key.id() + "，" + key.source() + "）";
        if (key.revoked()) {
            return Optional.of(
                    Finding.of(
                            Severity.WARNING,
                            "a revoked key is trusted: " + who,
                            "受信任的密钥已被吊销：" + whoZh));
        }
        if (key.hasExpired(now)) {
            String when = HostTime.spoken(key.expires().orElse(now));
            return Optional.of(
                    Finding.of(
                            Severity.WARNING,
                            "the key of {0} expired at {1}",
                            "{2} 的密钥已于 {1} 过期",
                            who,
                            when,
                            whoZh));
        }
        return key.expires()
                .filter(end -> end.isBefore(now.plus(SOON)))
                .map(end ->
                        Finding.of(
                                Severity.WARNING,
                                "the key of {0} expires at {1}",
                                "{2} 的密钥将于 {1} 过期",
                                who,
                                HostTime.spoken(end),
                                whoZh));
    }

    private static Finding count(RepositoryList value, List<Repository> enabled) {
        if (value.repositories().isEmpty()) {
            return Finding.of(Severity.NOTICE, "no repository is configured", "没有配置任何软件源");
        }
        String names =
                enabled.stream().map(one -> one.id().value()).collect(Collectors.joining(", "));
        int disabled = value.repositories().size() - enabled.size();
        return Finding.of(
                Severity.NOTICE,
                "enabled repositories: "
                        + enabled.size()
                        + (enabled.isEmpty() ? "" : " (" + names + ")")
                        + "; disabled: "
                        + disabled
                        + (value.keys().isEmpty() ? "" : "; trusted keys: " + value.keys().size()),
                "已启用 "
                        + enabled.size()
                        + " 个软件源"
                        + (enabled.isEmpty() ? "" : "（" + names + "）")
                        + "；停用 "
                        + disabled
                        + " 个"
                        + (value.keys().isEmpty() ? "" : "；受信任的密钥 " + value.keys().size() + " 个"));
    }
}
