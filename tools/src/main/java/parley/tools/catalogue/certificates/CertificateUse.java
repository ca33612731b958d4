package parley.tools.catalogue.certificates;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// That a configuration file names a certificate, with its key where it says which.
///
/// Source: `grep -r` below `/etc` for the words of nginx, Apache, HAProxy, Postfix and Dovecot.
/// Only absolute paths count. Exit 1 means that nothing matched, 2 that something could not be
/// read.
record CertificateUse(String config, String certificate, Optional<String> key) {
    private static final String FORM =
            "(^|[[:space:];{])(ssl_certificate|ssl_certificate_key|SSLCertificateFile"
                + "|SSLCertificateKeyFile|smtpd_tls_cert_file|smtpd_tls_key_file|ssl_cert|ssl_key)"
                + "[[:space:]=<\"]+/|[[:space:]]crt[[:space:]]+/";
    private static final Pattern ROW = Pattern.compile("(/[^\\x00]{1,1024})\\x00(.*)");
    private static final Pattern SETTING =
            Pattern.compile("(?:^|[\\s;{])(\\w{3,32})[\\s=<\"]+(/[^\\s;\"]{1,1024})");
    private static final Set<String> CERTIFICATES =
            Set.of(
                    "ssl_certificate",
                    "sslcertificatefile",
                    "smtpd_tls_cert_file",
                    "ssl_cert",
                    "crt");
    private static final Set<String> KEYS =
            Set.of("ssl_certificate_key", "sslcertificatekeyfile", "smtpd_tls_key_file", "ssl_key");

    static Argv search() {
        return Argv.of(
                        "grep",
                        "-R",
                        "-s",
                        "-I",
                        "-Z",
                        "-E",
                        "--exclude-dir=*-available",
                        "--exclude-dir=snippets",
                        "--exclude-dir=alternatives",
                        "-e",
                        FORM,
                        "--",
                        "/etc")
                .betterAsRoot()
                .alsoReadableWhenExit(1, 2);
    }

    /// @throws Unreadable naming the first line that names no file
    static List<CertificateUse> read(List<Capture> captures) throws Unreadable {
        Map<String, List<String>> certificates = new LinkedHashMap<>();
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (Line line : Lines.whole(Captures.number(captures, search()), captures)) {
            Matcher row = line.match(ROW, "a file and a line of it");
            if (row.group(2).strip().startsWith("#")) {
                continue;
            }
            // one line may hold several settings
            Matcher setting = SETTING.matcher(row.group(2));
            while (setting.find()) {
                String word = setting.group(1).toLowerCase(Locale.ROOT);
                if (CERTIFICATES.contains(word)) {
                    certificates
                            .computeIfAbsent(row.group(1), one -> new ArrayList<>())
                            .add(setting.group(2));
                } else if (KEYS.contains(word)) {
                    keys.computeIfAbsent(row.group(1), one -> new ArrayList<>())
                            .add(setting.group(2));
                }
            }
        }
        List<CertificateUse> uses = new ArrayList<>();
        certificates.forEach((config, paths) -> {
            List<String> own = keys.getOrDefault(config, List.of());
            for (int index = 0; index < paths.size(); index++) {
                // as many keys as certificates: they belong together in their order
                Optional<String> key =
                        own.size() == paths.size() ? Optional.of(own.get(index)) : Optional.empty();
                uses.add(new CertificateUse(config, paths.get(index), key));
            }
        });
        return List.copyOf(uses);
    }
}
