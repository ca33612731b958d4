package parley.tools.catalogue.certificates;

import parley.tools.Bilingual;
import parley.tools.Unreadable;
import parley.tools.read.Line;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The certificates among lines of text: what stands between `BEGIN CERTIFICATE` and `END
/// CERTIFICATE`. Other lines are not looked at.
final class Pem {
    static final Pattern BEGIN =
            Pattern.compile("-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----\\s*");
    static final Pattern END = Pattern.compile("-----END (?:X509 |TRUSTED )?CERTIFICATE-----\\s*");

    /// A certificate, and the line where it begins.
    record Block(X509Certificate certificate, int line) {
        Certificate at(Instant now) throws Unreadable {
            try {
                return Certificate.of(certificate, now, line);
            } catch (GeneralSecurityException | RuntimeException refused) {
                // a provider may refuse a strange key or date with an exception of any kind
                throw new Unreadable(
                        Bilingual.of(
                                "the certificate at line {0} cannot be read",
                                "第 {0} 行的证书无法解析", line));
            }
        }
    }

    private Pem() {}

    /// @throws Unreadable naming the line at which a block begins that is no certificate
    static List<Block> blocks(List<Line> lines) throws Unreadable {
        List<Block> blocks = new ArrayList<>();
        Optional<Line> begin = Optional.empty();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (line.has(BEGIN)) {
                begin = Optional.of(line);
                text.setLength(0);
            } else if (line.has(END)) {
                if (begin.isEmpty()) {
                    throw line.refused("the beginning of a certificate before its end");
                }
                blocks.add(new Block(decoded(begin.get(), text), begin.get().number()));
                begin = Optional.empty();
            } else if (begin.isPresent()) {
                text.append(line.text().strip());
            }
        }
        if (begin.isPresent()) {
            throw begin.get().refused("the end of this certificate");
        }
        return List.copyOf(blocks);
    }

    private static X509Certificate decoded(Line begin, StringBuilder text) throws Unreadable {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.toString());
            if (CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes))
                    instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (GeneralSecurityException | RuntimeException refused) {
            // a decoder may refuse what is no certificate with an exception of any kind
            throw begin.refused("a certificate");
        }
        throw begin.refused("a certificate");
    }
}
