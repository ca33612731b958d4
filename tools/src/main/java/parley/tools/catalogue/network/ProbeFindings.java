package parley.tools.catalogue.network;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.catalogue.network.ProbeAttempt.Outcome;
import parley.tools.catalogue.network.ProbeAttempt.RoundTrip;
import parley.tools.value.HostText;
import parley.tools.value.IpAddress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a probe says: reached or not, where it ended, and what that does and does not mean.
final class ProbeFindings {
    private static final long SERVER_ERROR = 500;
    private static final long CLIENT_ERROR = 400;

    private ProbeFindings() {}

    static List<Finding> of(NetProbe.Arguments arguments, NetProbe.Probe probe) {
        if (probe.attempts().isEmpty()) {
            return List.of(nameless(probe));
        }
        List<Finding> findings = new ArrayList<>();
        // the answer comes first, also when beside it something else is only worth a notice
        boolean mixed = probe.ok() && !probe.attempts().stream().allMatch(ProbeAttempt::succeeded);
        probe.attempts().stream()
                .filter(ProbeAttempt::succeeded)
                .map(attempt -> reached(probe, attempt))
                .map(finding -> mixed ? asked(finding) : finding)
                .forEach(findings::add);
        probe.attempts().stream()
                .filter(attempt -> !attempt.succeeded())
                .map(attempt -> missed(arguments, probe, attempt))
                .forEach(findings::add);
        if (probe.addresses() > probe.attempts().size()) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} has {1} addresses; the first {2} were tried",
                            "{0} 有 {1} 个地址；只探测了前 {2} 个",
                            probe.target(),
                            probe.addresses(),
                            probe.attempts().size()));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding asked(Finding finding) {
        return finding.severity() == Severity.HEALTHY
                ? new Finding(Severity.NOTICE, finding.statement(), finding.lines())
                : finding;
    }

    private static Finding nameless(NetProbe.Probe probe) {
        String name = probe.target().value();
        return probe.outcome() == Outcome.TIMEOUT
                ? Finding.of(
                        Severity.CRITICAL,
                        "looking up {0} took too long: this host's name service does not answer;"
                                + " dns.check says which server",
                        "解析 {0} 超时：该主机的域名服务没有应答；用 dns.check 可看是哪个服务器",
                        name)
                : Finding.of(
                        Severity.CRITICAL,
                        "{0} has no address on this host: the name is unknown, or no name server"
                                + " answered; dns.check tells which",
                        "该主机查不到 {0} 的地址：名称不存在，或域名服务器没有应答；用 dns.check 可区分",
                        name);
    }

    private static Finding reached(NetProbe.Probe probe, ProbeAttempt attempt) {
        Bilingual where = endpoint(probe, attempt.address());
        if (attempt.roundTrip().isPresent()) {
            return echoes(where, attempt, attempt.roundTrip().get());
        }
        if (attempt.httpCode().isPresent()) {
            long code = attempt.httpCode().get();
            String ms = Milliseconds.spoken(attempt.firstByteMs().orElse(0.0));
            return at(
                    attempt,
                    code >= SERVER_ERROR
                            ? Severity.CRITICAL
                            : code >= CLIENT_ERROR ? Severity.WARNING : Severity.HEALTHY,
                    where.en() + " answers HTTP " + code + " after " + ms,
                    where.zh() + "返回 HTTP " + code + "，耗时 " + ms);
        }
        String connected = attempt.connectMs().map(ms -> Milliseconds.spoken(ms)).orElse("");
        String en = connected.isEmpty() ? "" : " (within " + connected + ")";
        String zh = connected.isEmpty() ? "" : "（" + connected + " 内）";
        return attempt.tlsVersion()
                .map(version ->
                        at(
                                attempt,
                                Severity.HEALTHY,
                                where.en() + " speaks " + version + " with a trusted certificate",
                                where.zh() + "使用 " + version + "，证书可信"))
                .orElseGet(() ->
                        at(
                                attempt,
                                Severity.HEALTHY,
                                where.en() + " accepts connections" + en,
                                where.zh() + "可以连接" + zh));
    }

    private static Finding echoes(Bilingual where, ProbeAttempt attempt, RoundTrip times) {
        boolean lossy = times.received() < times.sent();
        String average = Milliseconds.spoken(times.avgMs());
        String worst = Milliseconds.spoken(times.maxMs());
        return at(
                attempt,
                lossy ? Severity.WARNING : Severity.HEALTHY,
                "%s answers %d of %d echoes (%s lost), %s on average, %s at most"
                        .formatted(
                                where.en(),
                                times.received(),
                                times.sent(),
                                times.lossPct(),
                                average,
                                worst),
                "%s应答了 %d/%d 个回显（丢包 %s），平均 %s，最大 %s"
                        .formatted(
                                where.zh(),
                                times.received(),
                                times.sent(),
                                times.lossPct(),
                                average,
                                worst));
    }

    private static Finding missed(
            NetProbe.Arguments arguments, NetProbe.Probe probe, ProbeAttempt attempt) {
        Bilingual where = endpoint(probe, attempt.address());
        Bilingual what = ending(arguments, attempt);
        Optional<String> why =
                attempt.detail()
                        .map(HostText::value)
                        .filter(ignored -> tellsMore(attempt.outcome()));
        return at(
                attempt,
                severity(probe, attempt),
                where.en() + what.en() + why.map(text -> " (" + text + ")").orElse(""),
                where.zh() + what.zh() + why.map(text -> "（" + text + "）").orElse(""));
    }

    /// Programs go on to the next address: a dead one beside a living one of the same family delays
    /// them; of another family it may be meant to be so.
    private static Severity severity(NetProbe.Probe probe, ProbeAttempt attempt) {
        Optional<ProbeAttempt> living =
                probe.attempts().stream().filter(ProbeAttempt::succeeded).findFirst();
        if (living.isEmpty()) {
            return Severity.CRITICAL;
        }
        boolean same = isSix(living.get().address()) == isSix(attempt.address());
        return same ? Severity.WARNING : Severity.NOTICE;
    }

    private static boolean isSix(IpAddress address) {
        return address.value().contains(":");
    }

    private static boolean tellsMore(Outcome outcome) {
        return switch (outcome) {
            case NO_ROUTE, BLOCKED, NO_ANSWER, TLS_ERROR -> true;
            case OK, REFUSED, TIMEOUT, FORBIDDEN -> false;
        };
    }

    private static Bilingual ending(NetProbe.Arguments arguments, ProbeAttempt attempt) {
        return switch (attempt.outcome()) {
            case OK -> throw new IllegalArgumentException("an attempt that succeeded");
            case REFUSED ->
                    Bilingual.of(
                            " refuses: the address answers, but nothing accepts there, or a"
                                    + " firewall rejects it",
                            "拒绝连接：地址有应答，但没有进程接受连接，或被防火墙拒绝");
            case TIMEOUT -> silence(arguments, attempt);
            case NO_ROUTE ->
                    Bilingual.of(
                            " cannot be reached: there is no way to it from this host",
                            "无法到达：该主机没有通往它的路由");
            case BLOCKED ->
                    Bilingual.of(
                            " is blocked: a packet filter forbids sending to it",
                            "被拦截：包过滤规则禁止向它发送");
            case NO_ANSWER ->
                    Bilingual.of(
                            " accepts connections but gives no HTTP answer", "可以连接，但没有给出 HTTP 应答");
            case TLS_ERROR ->
                    attempt.tlsVersion().isPresent()
                            ? Bilingual.of(
                                    " speaks TLS, but its certificate is not to be trusted",
                                    "支持 TLS，但证书不可信")
                            : Bilingual.of(" gives no valid TLS", "的 TLS 握手或证书有误");
            case FORBIDDEN ->
                    Bilingual.of(
                            " is the metadata service of a cloud and was not contacted",
                            "是云元数据服务地址，没有访问");
        };
    }

    private static Bilingual silence(NetProbe.Arguments arguments, ProbeAttempt attempt) {
        long seconds = arguments.seconds();
        return switch (attempt.stage()) {
            case DNS, CONNECT ->
                    Bilingual.of(
                            " does not answer within {0} s: a firewall that drops, a way that is"
                                    + " broken and a host that is down look the same",
                            "在 {0} 秒内没有应答：防火墙丢弃、路径中断或主机宕机都会如此", seconds);
            case ICMP ->
                    Bilingual.of(
                            " answers no echo: many firewalls drop them, so the host need not be"
                                    + " down",
                            "没有应答回显：许多防火墙会丢弃 ICMP，不代表主机宕机");
            case TLS ->
                    Bilingual.of(
                            " accepts connections but does not finish the TLS handshake within {0}"
                                    + " s",
                            "可以连接，但 {0} 秒内没有完成 TLS 握手", seconds);
            case HTTP ->
                    Bilingual.of(
                            " accepts connections but gives no HTTP answer within {0} s",
                            "可以连接，但 {0} 秒内没有给出 HTTP 应答", seconds);
        };
    }

    private static Bilingual endpoint(NetProbe.Probe probe, IpAddress address) {
        String name = probe.target().isAddress() ? "" : probe.target() + " ";
        String plain = probe.target().isAddress() ? address.value() : name + "(" + address + ")";
        return probe.port()
                .map(port -> Bilingual.of("port {0} of {1}", "{1} 的 {0} 端口", port, plain))
                .orElse(Bilingual.of(plain, plain + " "));
    }

    private static Finding at(ProbeAttempt attempt, Severity severity, String en, String zh) {
        return new Finding(severity, Bilingual.of(en, zh), attempt.at().stream().toList());
    }
}
