package parley.tools.catalogue.certificates;

import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is wrong with certificates, and how long they last.
final class CertificateFindings {
    private static final long CRITICAL_DAYS = 7;
    private static final long WARNING_DAYS = 21;
    private static final long AUTHORITY_DAYS = 180;
    private static final long LEAST_RSA = 2048;

    private CertificateFindings() {}

    /// @param capture which capture the certificates stand in, the first being 1
    static List<Finding> files(Reading<CertFile.Found> reading, int capture) {
        List<Finding> findings = new ArrayList<>();
        for (CertificateFile file : reading.value().files()) {
            findings.addAll(file(file, capture));
        }
        findings.add(summary(reading));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static List<Finding> file(CertificateFile file, int capture) {
        String path = file.path().value();
        List<Finding> findings = new ArrayList<>();
        switch (file.state()) {
            case NO_SUCH_FILE ->
                    findings.add(
                            Finding.of(
                                    file.usedBy().isEmpty() ? Severity.WARNING : Severity.CRITICAL,
                                    "there is no file " + path + usedBy(file, "en"),
                                    "没有文件 " + path + usedBy(file, "zh")));
            case NO_CERTIFICATE ->
                    findings.add(
                            Finding.of(
                                    Severity.WARNING,
                                    path + " holds no certificate in text form (PEM)",
                                    path + " 中没有 PEM 格式的证书"));
            case NO_PERMISSION -> {}
            case READ -> {
                boolean store = file.chain() == CertificateFile.Chain.STORE;
                for (Certificate one : file.certificates()) {
                    certificate(one, path, capture).stream()
                            .map(finding -> store ? lessened(finding) : finding)
                            .forEach(findings::add);
                }
                fit(file).ifPresent(findings::add);
            }
        }
        return findings;
    }

    /// An authority that ended harms only who still has a certificate of it.
    private static Finding lessened(Finding finding) {
        return new Finding(Severity.NOTICE, finding.statement(), finding.lines());
    }

    private static String usedBy(CertificateFile file, String language) {
        if (file.usedBy().isEmpty()) {
            return "";
        }
        String names =
                file.usedBy().stream().map(HostText::value).collect(Collectors.joining(", "));
        return language.equals("zh") ? "，而 " + names + " 引用了它" : ", which " + names + " names";
    }

    private static Optional<Finding> fit(CertificateFile file) {
        String path = file.path().value();
        if (file.keyMatches().filter(fits -> !fits).isPresent()) {
            return Optional.of(
                    Finding.of(
                            Severity.CRITICAL,
                            "the key that {0} names beside {1} is not this certificate's",
                            "{0} 中为 {1} 配置的私钥与证书不匹配",
                            file.usedBy().getFirst(),
                            path));
        }
        return file.chain() == CertificateFile.Chain.BROKEN
                ? Optional.of(
                        Finding.of(
                                Severity.WARNING,
                                "the certificates of {0} are no chain: one is not signed by the"
                                        + " next",
                                "{0} 中的证书不成链：其中一个并非由下一个签发",
                                path))
                : Optional.empty();
    }

    /// What is wrong with one certificate.
    ///
    /// @param where the file or the server it was found at
    static List<Finding> certificate(Certificate one, String where, int capture) {
        List<Finding> findings = new ArrayList<>();
        time(one, where).ifPresent(findings::add);
        if (one.names().isEmpty() && !one.authority()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "{0}: {1} is for no DNS name; clients ignore the common name",
                            "{0}：{1} 没有 SAN 域名；客户端会忽略 CN",
                            where,
                            one.subject()));
        }
        boolean weak = one.keyAlgorithm().equals("RSA") && one.keyBits() < LEAST_RSA;
        if (weak || (one.signature().startsWith("SHA1") && !one.selfSigned())) {
            String how = weak ? one.keyBits() + "-bit RSA" : one.signature();
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "{0}: {1} is weak ({2})",
                            "{0}：{1} 强度不足（{2}）",
                            where,
                            one.called(),
                            how));
        }
        int line = Math.toIntExact(one.line());
        return findings.stream().map(finding -> finding.at(capture, line)).toList();
    }

    private static Optional<Finding> time(Certificate one, String where) {
        String until = HostTime.spoken(one.notAfter());
        String who = where + ": " + one.called();
        String whoZh = where + "：" + one.called();
        if (one.daysLeft() < 0) {
            long days = -one.daysLeft() - 1;
            return Optional.of(
                    Finding.of(
                            Severity.CRITICAL,
                            who
                                    + " expired "
                                    + days
                                    + (days == 1 ? " day" : " days")
                                    + " ago, at "
                                    + until,
                            whoZh + " 已过期 " + days + " 天（" + until + "）"));
        }
        Optional<Severity> soon = severity(one);
        return soon.map(severity ->
                Finding.of(
                        severity,
                        who
                                + " expires in "
                                + one.daysLeft()
                                + (one.daysLeft() == 1 ? " day" : " days")
                                + ", at "
                                + until,
                        whoZh + " 将在 " + one.daysLeft() + " 天后过期（" + until + "）"));
    }

    /// How grave it is that so little time is left; empty when there is enough. A certificate that
    /// was issued for a short time is renewed in the last third of it.
    static Optional<Severity> severity(Certificate one) {
        if (one.daysLeft() < 0) {
            return Optional.of(Severity.CRITICAL);
        }
        boolean isShort = one.lifetimeDays() < 3 * WARNING_DAYS;
        long warning = isShort ? one.lifetimeDays() / 3 : WARNING_DAYS;
        long critical = isShort ? Math.min(CRITICAL_DAYS, one.lifetimeDays() / 6) : CRITICAL_DAYS;
        if (one.daysLeft() < critical) {
            return Optional.of(Severity.CRITICAL);
        }
        return one.daysLeft() < (one.authority() ? AUTHORITY_DAYS : warning)
                ? Optional.of(Severity.WARNING)
                : Optional.empty();
    }

    private static Finding summary(Reading<CertFile.Found> reading) {
        List<CertificateFile> files = reading.value().files();
        if (files.isEmpty()) {
            return Finding.of(
                    Severity.NOTICE,
                    "no configuration that could be seen names a certificate",
                    "可见的配置中没有引用证书");
        }
        long certificates = files.stream().mapToLong(CertificateFile::count).sum();
        Optional<Certificate> first =
                files.stream()
                        .flatMap(file -> file.certificates().stream())
                        .min(Comparator.comparing(Certificate::notAfter));
        boolean healthy =
                first.filter(one -> severity(one).isEmpty()).isPresent()
                        && files.stream().allMatch(CertificateFindings::isFine);
        return Finding.of(
                healthy ? Severity.HEALTHY : Severity.NOTICE,
                certificates
                        + (certificates == 1 ? " certificate in " : " certificates in ")
                        + files.size()
                        + (files.size() == 1 ? " file" : " files")
                        + first.map(one ->
                                        "; the first to end is "
                                                + one.called()
                                                + " at "
                                                + HostTime.spoken(one.notAfter()))
                                .orElse(certificates == 0 ? "" : "; none ends within half a year"),
                files.size()
                        + " 个文件中共有 "
                        + certificates
                        + " 张证书"
                        + first.map(one ->
                                        "；最早到期的是 "
                                                + one.called()
                                                + "，"
                                                + HostTime.spoken(one.notAfter()))
                                .orElse(certificates == 0 ? "" : "；半年内没有到期的"));
    }

    private static boolean isFine(CertificateFile file) {
        return file.state() == CertificateFile.State.READ
                && file.chain() != CertificateFile.Chain.BROKEN
                && file.keyMatches().orElse(true);
    }
}
