package parley.tools.catalogue.certificates;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.certificates.Endpoint.Verify;
import parley.tools.read.HostTime;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with what a server presents.
final class EndpointFindings {
    private EndpointFindings() {}

    /// @param capture which capture the certificates stand in, the first being 1
    static List<Finding> of(CertEndpoint.Arguments arguments, Endpoint endpoint, int capture) {
        String where = endpoint.target() + ":" + endpoint.port();
        if (endpoint.own().isEmpty()) {
            return List.of(unanswered(endpoint, where));
        }
        Certificate own = endpoint.own().get();
        List<Finding> findings = new ArrayList<>();
        for (Certificate one : endpoint.chain()) {
            findings.addAll(CertificateFindings.certificate(one, where, capture));
        }
        int line = Math.toIntExact(own.line());
        if (!endpoint.nameMatches().orElse(true)) {
            findings.add(mismatch(arguments, own, where).at(capture, line));
        }
        verification(endpoint, where).forEach(finding -> findings.add(finding.at(capture, line)));
        findings.add(summary(endpoint, own, where, findings.isEmpty()).at(capture, line));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding unanswered(Endpoint endpoint, String where) {
        String said = endpoint.detail().map(one -> " (" + one + ")").orElse("");
        Bilingual what =
                switch (endpoint.outcome()) {
                    case PRESENTED -> throw new IllegalArgumentException("presented nothing");
                    case NO_ADDRESS ->
                            Bilingual.of(
                                    where + ": this host finds no address for the name",
                                    where + "：该主机查不到此名称的地址");
                    case REFUSED ->
                            Bilingual.of(
                                    where + " refuses connections: nothing accepts there",
                                    where + " 拒绝连接：没有进程在监听");
                    case TIMEOUT ->
                            Bilingual.of(
                                    where + " did not answer within 15 s", where + " 在 15 秒内没有应答");
                    case NO_ROUTE ->
                            Bilingual.of(
                                    where + " cannot be reached: there is no way to it",
                                    where + " 无法到达：没有路由");
                    case BLOCKED ->
                            Bilingual.of(
                                    where + " is blocked by a packet filter", where + " 被包过滤规则拦截");
                    case NO_TLS ->
                            Bilingual.of(
                                    "{0} answers, but presents no certificate{1}",
                                    "{0} 有应答，但没有出示证书{1}", where, said);
                    case FORBIDDEN ->
                            Bilingual.of(
                                    "{0} stands for a cloud's metadata service, which is not"
                                            + " contacted",
                                    "{0} 指向云元数据服务，不予访问", where);
                };
        return new Finding(Severity.CRITICAL, what, List.of());
    }

    private static Finding mismatch(
            CertEndpoint.Arguments arguments, Certificate own, String where) {
        String names =
                own.names().stream()
                        .map(HostText::value)
                        .limit(6)
                        .collect(Collectors.joining(", "));
        return Finding.of(
                Severity.CRITICAL,
                where
                        + ": the certificate is not for "
                        + arguments.expected()
                        + " but for "
                        + (names.isEmpty() ? "no DNS name at all" : names),
                where
                        + "：证书不适用于 "
                        + arguments.expected()
                        + "，其名称为 "
                        + (names.isEmpty() ? "（无）" : names));
    }

    /// What the chain lacks; the times of the certificates were told already.
    private static List<Finding> verification(Endpoint endpoint, String where) {
        String said = endpoint.detail().map(HostText::value).orElse("");
        return switch (endpoint.verify().orElse(Verify.OTHER)) {
            case OK, EXPIRED -> List.of();
            case SELF_SIGNED ->
                    List.of(
                            Finding.of(
                                    Severity.WARNING,
                                    "{0}: the certificate is self-signed; nobody vouches for it",
                                    "{0}：证书为自签名，没有机构为其担保",
                                    where));
            case UNKNOWN_AUTHORITY ->
                    List.of(
                            Finding.of(
                                    Severity.CRITICAL,
                                    "{0}: the chain does not lead to an authority that this host"
                                        + " trusts ({1}): the server leaves out a certificate, or"
                                        + " the authority is not in the host's store",
                                    "{0}：证书链没有通向该主机信任的根证书（{1}）：服务器缺少中间证书，或根证书不在本机信任库中",
                                    where,
                                    said));
            case NOT_YET_VALID ->
                    List.of(
                            Finding.of(
                                    Severity.CRITICAL,
                                    "{0}: the certificate is not valid yet, or the host's clock is"
                                            + " behind",
                                    "{0}：证书尚未生效，或主机时钟偏慢",
                                    where));
            case OTHER ->
                    List.of(
                            Finding.of(
                                    Severity.CRITICAL,
                                    "{0}: the verification failed: {1}",
                                    "{0}：证书验证失败：{1}",
                                    where,
                                    said));
        };
    }

    private static Finding summary(
            Endpoint endpoint, Certificate own, String where, boolean healthy) {
        String protocol = endpoint.protocol().map(HostText::value).orElse("TLS");
        String until = HostTime.spoken(own.notAfter());
        return Finding.of(
                healthy ? Severity.HEALTHY : Severity.NOTICE,
                where
                        + " presents "
                        + own.called()
                        + " over "
                        + protocol
                        + ", valid until "
                        + until
                        + (own.daysLeft() < 0 ? "" : " (" + own.daysLeft() + " days)")
                        + ", SHA-256 "
                        + own.sha256().substring(0, 16),
                where
                        + " 通过 "
                        + protocol
                        + " 出示证书 "
                        + own.called()
                        + "，有效期至 "
                        + until
                        + (own.daysLeft() < 0 ? "" : "（剩 " + own.daysLeft() + " 天）")
                        + "，SHA-256 "
                        + own.sha256().substring(0, 16));
    }
}
