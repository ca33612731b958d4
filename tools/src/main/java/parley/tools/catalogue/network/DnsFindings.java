package parley.tools.catalogue.network;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.network.DnsAnswer.Question;
import parley.tools.catalogue.network.DnsCheck.Resolution;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a resolution says: found or not, and which server is to blame.
final class DnsFindings {
    private static final long SLOW_MS = 500;
    private static final int MOST_NAMED = 5;

    private DnsFindings() {}

    static List<Finding> of(DnsCheck.Arguments arguments, Reading<Resolution> reading) {
        Resolution value = reading.value();
        List<Finding> findings = new ArrayList<>();
        headline(value, findings);
        if (value.configured().isEmpty() && arguments.server().isEmpty()) {
            findings.add(
                    Finding.of(
                            value.nssAnswers().isEmpty() ? Severity.CRITICAL : Severity.NOTICE,
                            "/etc/resolv.conf names no server",
                            "/etc/resolv.conf 没有配置任何域名服务器"));
        }
        boolean resolves = !value.answers().isEmpty() || !value.nssAnswers().isEmpty();
        for (DnsAnswer answer : value.to(Question.NAME)) {
            server(value, answer)
                    .map(finding -> resolves ? milder(finding) : finding)
                    .ifPresent(findings::add);
        }
        contradictions(value, findings);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static void headline(Resolution value, List<Finding> findings) {
        List<HostText> best = value.programsAsked() ? value.nssAnswers() : value.answers();
        String name = value.name().value();
        if (best.isEmpty()) {
            boolean unknown = value.programsAsked() || !value.asked().isEmpty();
            // a name without an address stops programs; one without other records need not
            Severity severity =
                    value.type() == DnsCheck.RecordType.A
                                    || value.type() == DnsCheck.RecordType.AAAA
                            ? Severity.CRITICAL
                            : Severity.WARNING;
            findings.add(
                    unknown
                            ? Finding.of(
                                    severity,
                                    "{0} does not resolve ({1})",
                                    "{0} 无法解析（{1}）",
                                    name,
                                    value.type())
                            : Finding.of(
                                    Severity.NOTICE,
                                    "nobody could be asked for {0}",
                                    "没有可以查询 {0} 的途径",
                                    name));
            return;
        }
        boolean fromFile = !value.inHosts().isEmpty();
        findings.add(
                Finding.of(
                        Severity.HEALTHY,
                        name + " is " + names(best) + (fromFile ? ", from /etc/hosts" : ""),
                        name + " 解析为 " + names(best) + (fromFile ? "（来自 /etc/hosts）" : "")));
    }

    /// A server that fails beside one that answers delays programs, but does not stop them.
    private static Finding milder(Finding finding) {
        return finding.severity() == Severity.CRITICAL
                ? new Finding(Severity.WARNING, finding.statement(), finding.lines())
                : finding;
    }

    private static Optional<Finding> server(Resolution value, DnsAnswer answer) {
        String server = answer.server().value();
        if (answer.found()) {
            return answer.ms()
                    .filter(ms -> ms >= SLOW_MS)
                    .map(ms ->
                            at(
                                    answer,
                                    Severity.WARNING,
                                    server + " answers only after " + ms + " ms",
                                    server + " 耗时 " + ms + " 毫秒才应答"));
        }
        if (answer.refused()) {
            return Optional.of(
                    at(
                            answer,
                            Severity.CRITICAL,
                            "nothing answers on port 53 of " + server + ": it refuses",
                            server + " 的 53 端口拒绝连接：没有域名服务在监听"));
        }
        if (!answer.answered()) {
            return Optional.of(silent(value, answer));
        }
        Bilingual status = meaning(value, answer);
        return Optional.of(
                at(
                        answer,
                        answer.says("NXDOMAIN") || answer.says("NOERROR")
                                ? Severity.WARNING
                                : Severity.CRITICAL,
                        server + " says " + answer.status().orElseThrow() + status.en(),
                        server + " 返回 " + answer.status().orElseThrow() + status.zh()));
    }

    private static Finding silent(Resolution value, DnsAnswer answer) {
        boolean overTcp =
                value.to(Question.OVER_TCP).stream()
                        .anyMatch(one -> one.server().equals(answer.server()) && one.answered());
        String server = answer.server().value();
        return overTcp
                ? at(
                        answer,
                        Severity.CRITICAL,
                        server + " answers over TCP but not over UDP: something drops UDP port 53",
                        server + " 只应答 TCP、不应答 UDP：UDP 53 端口被丢弃")
                : at(
                        answer,
                        Severity.CRITICAL,
                        server + " does not answer within 2 s, neither over UDP nor over TCP",
                        server + " 在 2 秒内没有应答，UDP 和 TCP 都没有");
    }

    private static Bilingual meaning(Resolution value, DnsAnswer answer) {
        boolean works =
                value.to(Question.CONTROL).stream()
                        .anyMatch(
                                one -> one.server().equals(answer.server()) && one.says("NOERROR"));
        boolean unchecked =
                value.to(Question.UNCHECKED).stream()
                        .anyMatch(one -> one.server().equals(answer.server()) && one.found());
        if (answer.says("NXDOMAIN")) {
            return works
                    ? Bilingual.of(
                            ": the name does not exist there, while the server answers others",
                            "：该名称不存在，但服务器能应答其他查询")
                    : Bilingual.of(": the name does not exist there", "：该名称不存在");
        }
        if (answer.says("NOERROR")) {
            return Bilingual.of(
                    " without an answer: the name exists, but has no record of type {0}",
                    "，但没有数据：名称存在，没有 {0} 记录", value.type());
        }
        if (answer.says("SERVFAIL")) {
            if (unchecked) {
                return Bilingual.of(
                        ": without checking signatures it answers, so DNSSEC fails",
                        "：不校验签名时能应答，说明 DNSSEC 校验失败");
            }
            return works
                    ? Bilingual.of(
                            ": it answers others, so the servers of this name fail",
                            "：能应答其他查询，说明该名称的权威服务器有故障")
                    : Bilingual.of(": it cannot answer anything", "：该服务器无法应答任何查询");
        }
        return answer.says("REFUSED")
                ? Bilingual.of(": it does not serve this host", "：它不为该主机提供服务")
                : Bilingual.of("", "");
    }

    private static void contradictions(Resolution value, List<Finding> findings) {
        if (value.disagree()) {
            String said =
                    value.to(Question.NAME).stream()
                            .filter(DnsAnswer::answered)
                            .map(one ->
                                    one.server()
                                            + " → "
                                            + (one.answers().isEmpty()
                                                    ? one.status().orElseThrow().value()
                                                    : names(one.answers())))
                            .collect(Collectors.joining("; "));
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "name servers give different answers: " + said,
                            "域名服务器的应答不一致：" + said));
        }
        if (!value.programsAsked()) {
            return;
        }
        boolean dns = !value.answers().isEmpty();
        if (dns && value.nssAnswers().isEmpty()) {
            findings.add(
                    Finding.of(
                            Severity.CRITICAL,
                            "a name server answers, but programs of this host get nothing: look at"
                                    + " the line hosts: of nsswitch.conf ({0})",
                            "域名服务器有应答，但该主机的程序得不到结果：请检查 nsswitch.conf 的 hosts 行（{0}）",
                            names(value.sources())));
        }
        if (!value.inHosts().isEmpty() && dns && !value.answers().containsAll(value.inHosts())) {
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "/etc/hosts says {0} and hides what DNS says: {1}",
                            "/etc/hosts 写的是 {0}，掩盖了 DNS 的应答：{1}",
                            names(value.inHosts()),
                            names(value.answers())));
        }
    }

    private static String names(List<HostText> texts) {
        return texts.stream()
                        .limit(MOST_NAMED)
                        .map(HostText::value)
                        .collect(Collectors.joining(", "))
                + (texts.size() > MOST_NAMED ? ", …" : "");
    }

    private static Finding at(DnsAnswer answer, Severity severity, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), answer.at().stream().toList());
    }
}
