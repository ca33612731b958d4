package parley.tools.catalogue.security;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// What is remarkable about who can log in and become root.
final class AccessFindings {
    private static final int MOST_NAMED = 8;

    private AccessFindings() {}

    static List<Finding> of(Reading<Access> reading) {
        Access access = reading.value();
        List<Finding> findings = new ArrayList<>();
        access.sudoersFault()
                .ifPresent(fault ->
                        findings.add(
                                Finding.of(
                                        Severity.WARNING,
                                        "visudo finds a fault in the rules of sudo: " + fault,
                                        "visudo 发现 sudo 规则有问题：" + fault)));
        add(
                findings,
                access,
                Severity.CRITICAL,
                account -> account.isRoot() && !account.user().value().equals("root"),
                Bilingual.of("has the number of root (0) too", "的 UID 也是 0，等同于 root"));
        add(
                findings,
                access,
                Severity.CRITICAL,
                account -> account.password() == Account.PasswordState.NONE,
                Bilingual.of("has no password: anybody may come in as it", "没有密码：任何人都能以其身份登录"));
        add(
                findings,
                access,
                Severity.WARNING,
                account -> account.keys().stream().anyMatch(AuthorizedKey::isWeak),
                Bilingual.of(
                        "lets in a weak key (DSA, or RSA below 2048 bits)",
                        "允许弱密钥登录（DSA 或小于 2048 位的 RSA）"));
        add(
                findings,
                access,
                Severity.NOTICE,
                account -> account.isRoot() && !account.keys().isEmpty(),
                Bilingual.of("can be logged in to by key", "可以用密钥直接登录"));
        add(
                findings,
                access,
                Severity.NOTICE,
                Account::mayDoAnything,
                Bilingual.of("may do anything by sudo", "可以通过 sudo 执行任何命令"));
        findings.add(summary(reading));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static void add(
            List<Finding> findings,
            Access access,
            Severity severity,
            Predicate<Account> which,
            Bilingual what) {
        for (Account account :
                access.accounts().stream().filter(which).limit(MOST_NAMED).toList()) {
            HostText user = account.user();
            findings.add(
                    Finding.of(severity, "{0} {1}", "{0} {1}", user, what)
                            .at(1, Math.toIntExact(account.line())));
        }
    }

    private static Finding summary(Reading<Access> reading) {
        Access access = reading.value();
        boolean partial = reading.status() == Reading.Status.PARTIAL;
        long passwords =
                access.accounts().stream()
                        .filter(one -> one.password() == Account.PasswordState.SET)
                        .count();
        long keys = access.accounts().stream().filter(one -> !one.keys().isEmpty()).count();
        int all = access.accounts().size();
        return Finding.of(
                Severity.NOTICE,
                all
                        + (all == 1 ? " account has" : " accounts have")
                        + " a shell to log in with; "
                        + (partial ? "as far as could be seen, " : "")
                        + passwords
                        + " with a password, "
                        + keys
                        + " with SSH keys; "
                        + access.others()
                        + " more cannot log in",
                all
                        + " 个账号有可登录的 Shell；"
                        + (partial ? "在可见范围内，" : "")
                        + passwords
                        + " 个设有密码，"
                        + keys
                        + " 个有 SSH 密钥；另有 "
                        + access.others()
                        + " 个账号不能登录");
    }
}
