package parley.tools.diagnosis;

import parley.tools.Call;
import parley.tools.Finding.Severity;
import parley.tools.Lead;
import parley.tools.catalogue.certificates.CertEndpoint;
import parley.tools.catalogue.certificates.CertFile;
import parley.tools.catalogue.certificates.CertFile.Found;
import parley.tools.catalogue.certificates.Certificate;
import parley.tools.catalogue.certificates.Endpoint;
import parley.tools.catalogue.host.HostIdentify;
import parley.tools.catalogue.host.HostIdentify.Identity;
import parley.tools.diagnosis.Case.Seen;
import parley.tools.value.Port;
import parley.tools.value.Target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with a certificate: what an endpoint presents, what the files hold, whether the
/// two are the same, and whether the clock that judges them is right.
final class Certificates implements Diagnosis {
    private static final long WRONG_CLOCK = 60_000;

    @Override
    public Symptom symptom() {
        return Symptom.CERTIFICATE;
    }

    /// The endpoint in question: the target, else this host's own port.
    private static Optional<Lead> endpoint(Case about) {
        Optional<Target> target =
                about.target()
                        .or(() ->
                                about.port().isPresent()
                                        ? Probes.address(about.host())
                                        : Optional.empty());
        Optional<Port> port = about.port();
        return target.map(one ->
                new Lead(
                        about.host(),
                        new Call<>(
                                new CertEndpoint(),
                                new CertEndpoint.Arguments(
                                        one, port, Optional.empty(), Optional.empty()))));
    }

    private static Lead files(Case about) {
        return about.lead(
                new CertFile(),
                new CertFile.Arguments(Optional.empty(), Optional.of(CertFile.Scan.WEB)));
    }

    private static Lead clock(Case about) {
        return about.lead(new HostIdentify(), new HostIdentify.Arguments());
    }

    /// The files of this host matter where the endpoint is this host's.
    private static boolean isOwn(Case about) {
        return about.target().isEmpty()
                || about.hosts()
                        .find(about.target().get().value())
                        .filter(about.host()::equals)
                        .isPresent();
    }

    @Override
    public List<Lead> leads(Case about) {
        List<Lead> leads = new ArrayList<>(List.of(clock(about)));
        endpoint(about).ifPresent(leads::add);
        if (isOwn(about)) {
            leads.add(files(about));
        }
        return leads;
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        Branches branches = new Branches(about);
        branches.on(
                clock(about),
                Identity.class,
                "a wrong clock, which makes good certificates look bad",
                "时钟可能不准，使正常的证书显得无效",
                Certificates::judge);
        endpoint(about)
                .ifPresent(lead ->
                        branches.on(
                                lead,
                                Endpoint.class,
                                "a certificate that clients refuse",
                                "可能有客户端不接受的证书",
                                seen -> presented(about, seen)));
        if (isOwn(about)) {
            branches.on(
                    files(about),
                    Found.class,
                    "a certificate file that expired or does not fit",
                    "可能有过期或不匹配的证书文件",
                    seen -> files(about, seen));
        }
        return branches.conclusions();
    }

    /// An address that nobody asked about need not stand in a certificate.
    private static List<Conclusion> presented(Case about, Seen<Endpoint> seen) {
        List<Conclusion> found =
                Borrowed.of(
                        seen,
                        finding ->
                                about.target().isPresent()
                                        || !finding.statement().en().contains("is not for"));
        return found.isEmpty()
                ? List.of(
                        Conclusion.fine(
                                "the certificate that is presented is in order",
                                "服务端出示的证书正常",
                                Citation.of(seen.clue())))
                : found.stream().map(Certificates::renewing).toList();
    }

    /// What is to be done is the same for an old certificate as for one that soon is.
    private static Conclusion renewing(Conclusion one) {
        return one.isCause() && one.statement().en().contains("expire")
                ? one.advising(
                                "renew it where it is issued (certbot, the company's authority),"
                                        + " then reload what serves it; see why the renewal did not"
                                        + " happen by itself",
                                "在签发处（certbot 或公司 CA）续期，然后重新加载使用它的服务；再查自动续期为何没有执行")
                        .disproved("the endpoint shows a later date of expiry", "服务端出示的到期时间更晚")
                : one;
    }

    private static List<Conclusion> judge(Seen<Identity> seen) {
        long offset = Math.abs(seen.value().hostOffsetMs());
        Citation evidence = Citation.of(seen.clue());
        return List.of(
                offset > WRONG_CLOCK
                        ? Conclusion.confirmed(
                                Severity.CRITICAL,
                                "the clock of this host is "
                                        + offset / 1000
                                        + " s off this machine's: certificates are judged by"
                                        + " it",
                                "该主机的时钟与本机相差 " + offset / 1000 + " 秒：证书有效期按它判断",
                                evidence)
                        : Conclusion.fine(
                                "its clock is right to " + offset + " ms",
                                "其时钟误差 " + offset + " 毫秒",
                                evidence));
    }

    private static List<Conclusion> files(Case about, Seen<Found> seen) {
        List<Conclusion> found =
                new ArrayList<>(
                        Borrowed.all(
                                seen,
                                "the certificate files that configurations name are in order",
                                "配置引用的证书文件正常"));
        endpoint(about)
                .flatMap(lead -> about.seen(lead, Endpoint.class))
                .filter(end -> !end.value().chain().isEmpty())
                .flatMap(end -> stale(end, seen))
                .ifPresent(found::add);
        return found.stream().map(Certificates::renewing).toList();
    }

    /// The file was renewed, and the process still shows the old one.
    private static Optional<Conclusion> stale(Seen<Endpoint> end, Seen<Found> files) {
        Certificate shown = end.value().chain().getFirst();
        return files.value().files().stream()
                .flatMap(file -> file.certificates().stream().limit(1))
                .filter(one ->
                        one.subject().equals(shown.subject())
                                && !one.sha256().equals(shown.sha256())
                                && one.notAfter().isAfter(shown.notAfter()))
                .findFirst()
                .map(newer ->
                        Conclusion.confirmed(
                                        Severity.CRITICAL,
                                        "the file was renewed (until "
                                                + newer.notAfter()
                                                + "), but the server still presents the old"
                                                + " certificate: it was not reloaded",
                                        "证书文件已更新（有效至 " + newer.notAfter() + "），但服务仍在出示旧证书：没有重新加载",
                                        Citation.of(files.clue()),
                                        Citation.of(end.clue()))
                                .advising("reload the service that has the port", "重新加载占有该端口的服务")
                                .disproved(
                                        "the endpoint shows the new serial number",
                                        "服务端出示的是新的序列号"));
    }
}
