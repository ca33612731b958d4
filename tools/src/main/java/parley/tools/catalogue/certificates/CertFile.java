package parley.tools.catalogue.certificates;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.HostClock;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.AbsolutePath;
import parley.tools.value.BadValue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Certificates in files: how long they last, what they are for, whether chain and key fit.
///
/// Source: `sed` prints only what stands between `BEGIN CERTIFICATE` and `END CERTIFICATE`, so that
/// a private key in the same file never leaves the host; `grep` finds which configuration names the
/// file; of a private key only the public half is asked for (`openssl pkey -pubout`). Days are
/// counted by the host's clock. *Empty* means that no configuration names a certificate. A file
/// that may not be read makes the reading partial. Exit 2 of `sed` means that a file was not read.
public final class CertFile implements Observation<CertFile.Arguments, CertFile.Found> {
    private static final int MOST_PATHS = 20;
    private static final int MOST_SCANNED = 100;

    /// Keys are compared for so many files.
    private static final int MOST_KEYS = 8;

    /// Where certificates are looked for when no file is named.
    public enum Scan {
        /// What configurations of servers name.
        WEB,
        /// The host's store of authorities, and what Kubernetes and etcd keep.
        SYSTEM
    }

    public record Arguments(
            @Means(en = "the files, at most 20", zh = "文件，最多 20 个")
                    Optional<List<AbsolutePath>> paths,
            @Means(
                            en =
                                    "instead of files: web (what configurations of servers name,"
                                            + " the default) or system (the host's authorities)",
                            zh = "不指定文件时：web（服务器配置引用的证书，默认）或 system（系统信任的根证书）")
                    Optional<Scan> scan) {
        public Arguments {
            paths = paths.map(List::copyOf);
            if (paths.isPresent() && scan.isPresent()) {
                throw new BadValue(
                        Bilingual.of(
                                "give \"paths\" or \"scan\", not both", "“paths”和“scan”只能给一个"));
            }
            if (paths.filter(list -> list.isEmpty() || list.size() > MOST_PATHS).isPresent()) {
                throw new BadValue(
                        Bilingual.of("give 1 to {0} files", "请给出 1 到 {0} 个文件", MOST_PATHS));
            }
        }

        boolean isSystem() {
            return scan.filter(one -> one == Scan.SYSTEM).isPresent();
        }
    }

    /// The files that were looked at.
    ///
    /// @param now the host's clock, by which days are counted
    public record Found(
            @Means(en = "files", zh = "文件") List<CertificateFile> files,
            @Means(en = "host's clock", zh = "主机时钟") Instant now) {
        public Found {
            files = List.copyOf(files);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "cert.file",
                "certificates",
                Bilingual.of("Certificates in files, and when they end", "检查证书文件与到期时间"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("which certificates on web-1 expire soon", "web-1 上哪些证书快过期了"),
                Bilingual.of(
                        "certificate /etc/ssl/certs/site.pem on web-2",
                        "查看 web-2 上 /etc/ssl/certs/site.pem 证书的到期时间"),
                Bilingual.of("check the certificates on lb-1", "检查 lb-1 的证书"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(
                        "grep -R -s -I -Z -E --exclude-dir=*-available --exclude-dir=snippets"
                            + " --exclude-dir=alternatives -e"
                            + " (^|[[:space:];{])(ssl_certificate|ssl_certificate_key|SSLCertificateFile|SSLCertificateKeyFile|smtpd_tls_cert_file|smtpd_tls_key_file|ssl_cert|ssl_key)[[:space:]=<\"]+/|[[:space:]]crt[[:space:]]+/"
                            + " -- /etc"),
                RootCommand.of(
                        "find /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt"
                            + " /etc/kubernetes/pki /etc/etcd /var/lib/kubelet/pki -maxdepth 2 ("
                            + " -name *.crt -o -name *.pem ) -printf %p\\0"),
                // Whatever the file, only its certificates and its public key are printed.
                RootCommand.of(
                        "sed -n -s -e 1F -e /^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/,/^-----END"
                                + " [A-Z0-9 ]*CERTIFICATE-----/p -- <~/[^ ]*>..."),
                RootCommand.of("openssl pkey -in <~/[^ ]*> -passin pass: -pubout"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    /// The store of authorities where either family keeps it, and cluster certificates.
    static Argv system() {
        return Argv.of(
                        "find",
                        "/etc/ssl/certs/ca-certificates.crt",
                        "/etc/pki/tls/certs/ca-bundle.crt",
                        "/etc/kubernetes/pki",
                        "/etc/etcd",
                        "/var/lib/kubelet/pki",
                        "-maxdepth",
                        "2",
                        "(",
                        "-name",
                        "*.crt",
                        "-o",
                        "-name",
                        "*.pem",
                        ")",
                        "-printf",
                        "%p\\0")
                .betterAsRoot()
                .alsoReadableWhenExit(1);
    }

    static Argv blocks(List<String> paths) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "sed",
                                "-n",
                                "-s",
                                "-e",
                                "1F",
                                "-e",
                                "/^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/,/^-----END [A-Z0-9"
                                        + " ]*CERTIFICATE-----/p",
                                "--"));
        words.addAll(paths);
        return Argv.of(words).betterAsRoot().keeping(4L * 1024 * 1024).alsoReadableWhenExit(2, 4);
    }

    /// Prints the public half only. A key with a passphrase is not opened.
    static Argv publicKey(String key) {
        return Argv.of("openssl", "pkey", "-in", key, "-passin", "pass:", "-pubout")
                .betterAsRoot()
                .alsoReadableWhenExit(1, 127);
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.known(soFar, () -> commands(arguments, soFar));
    }

    private static List<Argv> commands(Arguments arguments, List<Capture> soFar) throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        commands.add(CertificateUse.search());
        if (arguments.isSystem()) {
            commands.add(system());
        }
        if (soFar.size() < commands.size()) {
            return commands;
        }
        List<String> paths = paths(arguments, soFar);
        if (paths.isEmpty()) {
            return commands;
        }
        commands.add(blocks(paths));
        keys(paths, soFar).forEach(key -> commands.add(publicKey(key)));
        return commands;
    }

    /// The files to read, each once, in order.
    static List<String> paths(Arguments arguments, List<Capture> captures) throws Unreadable {
        if (arguments.paths().isPresent()) {
            return arguments.paths().get().stream().map(AbsolutePath::value).distinct().toList();
        }
        List<String> found = new ArrayList<>();
        if (arguments.isSystem()) {
            for (Line row : Lines.rows(Captures.number(captures, system()), captures)) {
                found.add(row.text());
            }
        } else {
            for (CertificateUse use : CertificateUse.read(captures)) {
                found.add(use.certificate());
            }
        }
        return found.stream()
                .filter(path -> path.startsWith("/"))
                .distinct()
                .limit(MOST_SCANNED)
                .toList();
    }

    static List<String> keys(List<String> paths, List<Capture> captures) throws Unreadable {
        return CertificateUse.read(captures).stream()
                .filter(use -> paths.contains(use.certificate()))
                .flatMap(use -> use.key().stream())
                .distinct()
                .limit(MOST_KEYS)
                .toList();
    }

    @Override
    public Reading<Found> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return CertFileReading.of(arguments, captures);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Found> reading) {
        boolean system = arguments.isSystem();
        return CertificateFindings.files(reading, HostClock.commands().size() + (system ? 3 : 2));
    }
}
