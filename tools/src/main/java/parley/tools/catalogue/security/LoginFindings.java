package parley.tools.catalogue.security;

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

/// What the logins of a stretch of time say.
final class LoginFindings {
    private static final int MOST_NAMED = 5;

    /// So few failures before a login are a person's typing errors.
    private static final long A_FEW = 5;

    private LoginFindings() {}

    /// @param capture which capture the journal is, the first being 1
    static List<Finding> of(Reading<Logins> reading, int capture) {
        Logins logins = reading.value();
        List<Finding> findings = new ArrayList<>();
        logins.failed().stream()
                .limit(MOST_NAMED)
                .flatMap(source ->
                        failed(source).stream().map(one -> at(one, capture, source.line())))
                .forEach(findings::add);
        logins.ofRoot().stream()
                .limit(MOST_NAMED)
                .map(one -> at(root(one), capture, one.line()))
                .forEach(findings::add);
        logins.sudoRefused().stream()
                .limit(MOST_NAMED)
                .map(one -> at(sudo(one), capture, one.line()))
                .forEach(findings::add);
        if (!logins.newSources().isEmpty()) {
            String names = names(logins.newSources());
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "let in from addresses not seen before: " + names,
                            "有来自此前未出现过的地址的登录：" + names));
        }
        findings.add(summary(reading));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding at(Finding finding, int capture, long line) {
        return finding.at(capture, Math.toIntExact(line));
    }

    private static Optional<Finding> failed(FailedSource source) {
        String first = HostTime.spoken(source.first());
        String names = names(source.users());
        boolean let = source.succeededAfter().isPresent() && source.count() > A_FEW;
        if (!source.isBruteForce() && !let) {
            return Optional.empty();
        }
        String afterwards =
                source.succeededAfter()
                        .map(time -> "; somebody was let in from there at " + HostTime.spoken(time))
                        .orElse("");
        String afterwardsZh =
                source.succeededAfter()
                        .map(time -> "；此后 " + HostTime.spoken(time) + " 有人从该地址登录成功")
                        .orElse("");
        return Optional.of(
                Finding.of(
                        let ? Severity.CRITICAL : Severity.WARNING,
                        "{0} tried to log in {1} times from {2} on, up to {3} times in five minutes"
                                + " (as {4}){5}",
                        "{0} 自 {2} 起尝试登录失败 {1} 次，5 分钟内最多 {3} 次（用户名 {4}）{6}",
                        source.source(),
                        source.count(),
                        first,
                        source.mostInFiveMinutes(),
                        names,
                        afterwards,
                        afterwardsZh));
    }

    private static Finding root(LoginGroup one) {
        return Finding.of(
                Severity.WARNING,
                "root itself was let in from {0} by {1}{2}",
                "root 从 {0} 直接登录（{1}）{3}",
                one.source(),
                one.method(),
                times(one.count()),
                timesZh(one.count()));
    }

    private static Finding sudo(SudoRefusal one) {
        return Finding.of(
                Severity.WARNING,
                "sudo refused {0} ({1}){2}",
                "sudo 拒绝了 {0}（{1}）{3}",
                one.user(),
                one.reason(),
                times(one.count()),
                timesZh(one.count()));
    }

    private static String times(long count) {
        return count == 1 ? "" : ", " + count + " times";
    }

    private static String timesZh(long count) {
        return count == 1 ? "" : "，共 " + count + " 次";
    }

    private static String names(List<HostText> names) {
        return names.stream()
                .limit(MOST_NAMED)
                .map(HostText::value)
                .map(name -> name.isEmpty() ? "(no name)" : name)
                .collect(Collectors.joining(", "));
    }

    private static Finding summary(Reading<Logins> reading) {
        Logins logins = reading.value();
        long accepted = logins.accepted().stream().mapToLong(LoginGroup::count).sum();
        long users = logins.accepted().stream().map(LoginGroup::user).distinct().count();
        long failures = logins.failed().stream().mapToLong(FailedSource::count).sum();
        int now = logins.sessions().size();
        String since = logins.since().map(HostTime::spoken).orElse("");
        boolean partial = reading.status() == Reading.Status.PARTIAL;
        String shortEn =
                reach(logins)
                        .map(from -> "; the journal reaches back to " + from + " only")
                        .orElse("");
        String shortZh = reach(logins).map(from -> "；日志只能追溯到 " + from).orElse("");
        return Finding.of(
                Severity.NOTICE,
                (partial ? "as far as could be seen, " : "")
                        + accepted
                        + (accepted == 1 ? " login of " : " logins of ")
                        + users
                        + (users == 1 ? " user and " : " users and ")
                        + failures
                        + " failed "
                        + (since.isEmpty() ? "since the boot" : "since " + since)
                        + "; "
                        + now
                        + " logged in now"
                        + shortEn,
                (partial ? "在可见范围内，" : "")
                        + (since.isEmpty() ? "本次启动以来" : "自 " + since + " 以来")
                        + "成功登录 "
                        + accepted
                        + " 次（"
                        + users
                        + " 个用户），失败 "
                        + failures
                        + " 次；当前登录 "
                        + now
                        + " 个会话"
                        + shortZh);
    }

    private static Optional<String> reach(Logins logins) {
        return logins.coverageFrom()
                .filter(first -> logins.since().filter(first::isAfter).isPresent())
                .map(HostTime::spoken);
    }
}
