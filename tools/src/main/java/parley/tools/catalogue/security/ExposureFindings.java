package parley.tools.catalogue.security;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What is reachable, and what is weak, with the tool that would mend it.
final class ExposureFindings {
    private static final int MOST_NAMED = 8;

    private ExposureFindings() {}

    static List<Finding> of(Reading<Exposure> reading) {
        Exposure exposure = reading.value();
        List<Finding> findings = new ArrayList<>();
        exposure.ssh().ifPresent(ssh -> findings.addAll(ssh(ssh)));
        if (!exposure.unowned().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "programs run as root for everybody, and no package brought them: "
                                    + names(exposure.unowned()),
                            "存在不属于任何软件包的 setuid 程序：" + names(exposure.unowned())));
        }
        if (!exposure.writable().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.CRITICAL,
                            "anybody on the host may change these programs: "
                                    + names(exposure.writable()),
                            "以下程序任何本机用户都可修改：" + names(exposure.writable())));
        }
        findings.add(ports(reading));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static List<Finding> ssh(SshSettings ssh) {
        List<Finding> findings = new ArrayList<>();
        if (ssh.emptyPasswords()) {
            findings.add(
                    Finding.of(
                            Severity.CRITICAL,
                            "the SSH server lets in accounts without a password",
                            "SSH 允许空密码账号登录"));
        }
        if (ssh.rootLogin().value().equals("yes")) {
            findings.add(
                    Finding.of(
                            ssh.passwords() ? Severity.CRITICAL : Severity.WARNING,
                            "root may log in by SSH"
                                    + (ssh.passwords() ? ", also with a password" : ""),
                            "root 可以直接通过 SSH 登录" + (ssh.passwords() ? "，包括用密码" : "")));
        }
        if (ssh.passwords()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "the SSH server lets in with passwords, which can be guessed",
                            "SSH 允许密码登录，可能被猜中"));
        }
        if (!ssh.weak().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "the SSH server offers weak algorithms: " + names(ssh.weak()),
                            "SSH 提供弱算法：" + names(ssh.weak())));
        }
        return findings;
    }

    private static Finding ports(Reading<Exposure> reading) {
        List<OpenPort> ports = reading.value().ports();
        if (ports.isEmpty()) {
            return Finding.of(Severity.HEALTHY, "nothing listens beyond the loopback", "没有对外监听的端口");
        }
        String list =
                ports.stream()
                        .map(ExposureFindings::named)
                        .distinct()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", "));
        return new Finding(
                Severity.NOTICE,
                Bilingual.of(
                        ports.size()
                                + (ports.size() == 1 ? " port is" : " ports are")
                                + " open beyond the loopback: "
                                + list
                                + "; whether a firewall stands before them, net.firewall tells",
                        ports.size() + " 个端口对外开放：" + list + "；前面是否有防火墙，请用 net.firewall 查看"),
                ports.stream()
                        .map(port -> (int) port.line())
                        .map(line -> new Finding.Lines(1, line, line))
                        .toList());
    }

    private static String named(OpenPort port) {
        String who = port.unit().or(port::program).map(HostText::value).orElse("?");
        return port.local() + "/" + port.protocol() + " (" + who + ")";
    }

    private static String names(List<HostText> names) {
        return names.stream()
                .limit(MOST_NAMED)
                .map(HostText::value)
                .collect(Collectors.joining(", "));
    }
}
